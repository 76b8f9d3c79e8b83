import { describe, expect, it } from "vitest";
import { RequestAdmissionReport } from "../../../../../contracts/messages/discharge-stay.ts";
import { AskWishedVisit } from "../../../../../contracts/messages/discharge-summary.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { askAdmissionReport } from "../../../../../services/coordination/core/ask-admission-report.ts";
import { askHomeVisit } from "../../../../../services/coordination/core/ask-home-visit.ts";
import { now } from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";

const stay = (status: string, fact: { type: string }): CaseRecord => ({
  version: 1,
  caseId,
  family: "discharge",
  facts: [fact],
  deliveries: [],
  clocks: [],
  meta: {
    no: 3,
    at: now,
    commandId: "c-3",
    commandType: "x.y",
    digest: "d",
    actor: who.hospital,
    outcome: "accepted",
    status,
  },
});

describe("a message on a stay in hospital", () => {
  it.each(["StayEventReported", "StayEventCorrected", "StayEventCancelled"])(
    "has the municipality's report asked for after a %s, by a command that fits its contract",
    (type) => {
      for (const status of ["acuteAmbulant", "admitted", "onLeave"])
        expect(askAdmissionReport.concerns(stay(status, { type }))).toBe(true);
      const [order, ...more] = askAdmissionReport.ordersOf([stay("admitted", { type })], []);
      expect(more).toEqual([]);
      expect(order).toEqual({ type: "discharge.requestAdmissionReport", payload: { caseId } });
      expect(RequestAdmissionReport.safeParse(order?.payload).error).toBeUndefined();
    },
  );

  it("sets nothing off once the patient has left, and other records of the stay never do", () => {
    for (const status of ["discharged", "summarySent", "transferred", "dead", "cancelled"])
      expect(askAdmissionReport.concerns(stay(status, { type: "StayEventReported" }))).toBe(false);
    for (const type of ["AdmissionReportRequested", "AdmissionReportSent", "StayAssessed"])
      expect(askAdmissionReport.concerns(stay("admitted", { type }))).toBe(false);
  });
});

describe("a discharge summary", () => {
  const sent = (change: object = {}) => ({ type: "SummarySent", summaryId: "epi-1", ...change });
  const wish = { asksHomeVisit: { reason: [], at: now, consent: { given: true, notedBy: "A" } } };

  it("that wishes for a home visit has it asked for, by a command that fits its contract", () => {
    const record = stay("summarySent", sent(wish));
    expect(askHomeVisit.concerns(record)).toBe(true);
    const [order, ...more] = askHomeVisit.ordersOf([record], []);
    expect(more).toEqual([]);
    expect(order).toEqual({ type: "discharge.askWishedVisit", payload: { caseId, summaryId: "epi-1" } });
    expect(AskWishedVisit.safeParse(order?.payload).error).toBeUndefined();
  });

  it("that wishes for none sets nothing off, and a visit that was asked for otherwise neither", () => {
    expect(askHomeVisit.concerns(stay("summarySent", sent()))).toBe(false);
    expect(askHomeVisit.concerns(stay("discharged", { type: "HomeVisitAsked" }))).toBe(false);
  });
});
