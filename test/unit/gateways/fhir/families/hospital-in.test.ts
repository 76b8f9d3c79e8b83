import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DischargeCommand } from "../../../../../contracts/messages/discharge.ts";
import { fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { createHospitalCases } from "../../../../support/fhir-hospital-cases.ts";
import {
  alive,
  at,
  codes,
  died,
  hubAfter,
  ids,
  payloadOf,
  revised,
  statusAfter,
  step,
  takenBack,
  told,
} from "../../../../support/fhir-hospital-course.ts";

describe("a notification is a command that the service takes", () => {
  it.each([
    ...codes.map((code) => told(code)),
    ...codes.map((code) => revised(code)),
    ...codes.map((code) => takenBack(code)),
    ...codes.map((code) => died(code)),
    alive("STIN"),
  ])("(%#)", (message) => {
    const hub = createHospitalCases();
    const { type, payload, notes } = hub.read(message);
    const plain = JSON.parse(JSON.stringify(payload)) as unknown;
    expect(DischargeCommand.safeParse({ type, id: "1", payload: plain }).error).toBeUndefined();
    expect(notes).toEqual([]);
  });
});

describe("each code", () => {
  it.each([
    ["STAA", "acute-ambulant", "2026-11-20T06:00:00.000Z"],
    ["STIN", "admitted", "2026-11-20T08:00:00.000Z"],
    ["STOR", "leave-started", "2026-11-21T09:00:00.000Z"],
    ["SLOR", "leave-ended", "2026-11-22T17:00:00.000Z"],
    ["SLHJ", "discharged", "2026-11-23T09:00:00.000Z"],
  ] as const)("%s tells of %s at the time of the stay, not of the message", (code, event, occurredAt) => {
    expect(createHospitalCases().read(told(code))).toMatchObject({
      type: "discharge.notify",
      payload: {
        event,
        occurredAt,
        messageId: ids[code],
        department: fhirParties.department.gln,
        municipality: fhirParties.municipality.gln,
        patient: { cpr: "0101650001", surname: "Prøve-Åsen", givenName: "Ægidia" },
      },
    });
  });

  it.each(codes)("RE_%s corrects the message that told it, by the history", (code) => {
    expect(createHospitalCases().read(revised(code))).toMatchObject({
      type: "discharge.correct",
      payload: { corrects: ids[code], messageId: uuid(2000), issuedAt: "2026-11-24T07:00:00.000Z" },
    });
  });

  it.each(codes)("AN_%s takes that message back", (code) => {
    expect(createHospitalCases().read(takenBack(code))).toMatchObject({
      type: "discharge.cancel",
      payload: { cancels: ids[code], messageId: uuid(3000) },
    });
  });

  it("MORS tells a death in whatever state the patient was, and AN_MORS takes it back", async () => {
    for (const code of codes)
      expect(payloadOf(died(code))).toMatchObject({ event: "dead", occurredAt: "2026-11-24T05:00:00.000Z" });
    const { hub } = await hubAfter(told("STIN"), died("STIN"));
    expect(hub.read(alive("STIN"))).toMatchObject({
      type: "discharge.cancel",
      payload: { cancels: uuid(4000) },
    });
  });
});

describe("a stay by its notifications", () => {
  it.each([
    [["STAA"], "acuteAmbulant"],
    [["STAA", "STIN"], "admitted"],
    [["STIN", "STOR"], "onLeave"],
    [["STIN", "STOR", "SLOR"], "admitted"],
    [["STIN", "STOR", "SLOR", "SLHJ"], "discharged"],
    [["STIN", "STOR", "SLHJ"], "discharged"],
    [["SLHJ"], "discharged"],
    [["STOR"], "onLeave"],
  ] as const)("%j leaves the patient %s", async (given, status) => {
    expect(await statusAfter(...given.map((code) => told(code)))).toBe(status);
  });

  it.each([
    ["STAA", "cancelled"],
    ["STIN", "cancelled"],
  ] as const)("%s that is taken back never was", async (code, status) => {
    expect(await statusAfter(told(code), takenBack(code))).toBe(status);
    expect(await statusAfter(takenBack(code), told(code))).toBe(status);
  });

  it("goes back where it was when a leave, its end or a discharge is taken back", async () => {
    const [stin, stor, slor, slhj] = [told("STIN"), told("STOR"), told("SLOR"), told("SLHJ")];
    expect(await statusAfter(stin, stor, takenBack("STOR"))).toBe("admitted");
    expect(await statusAfter(stin, stor, slor, takenBack("SLOR"))).toBe("onLeave");
    expect(await statusAfter(stin, slhj, takenBack("SLHJ"))).toBe("admitted");
  });

  it("of someone who dies on leave ends, and goes on where it was when that was wrong", async () => {
    const onLeave = [told("STIN"), told("STOR")];
    expect(await statusAfter(...onLeave, died("STOR"))).toBe("dead");
    expect(await statusAfter(...onLeave, died("STOR"), alive("STOR"))).toBe("onLeave");
  });

  it("of someone who is dead on arrival has its admission and its death at one time", async () => {
    const arrived = told("STIN", { start: at.STIN });
    expect(await statusAfter(arrived, died("STIN", { end: at.STIN }))).toBe("dead");
    expect(await statusAfter(died("STIN", { end: at.STIN }), arrived)).toBe("dead");
  });

  it("moves an event that is corrected, and the correction stands when the event is taken back after it", async () => {
    const { hub, caseId } = await hubAfter(
      told("STIN"),
      told("SLHJ"),
      revised("SLHJ", { end: "2026-11-23T14:00:00+01:00" }),
    );
    const facts = hub.view(caseId).records.flatMap((record) => record.facts);
    expect(facts.find(({ type }) => type === "StayEventCorrected")).toMatchObject({
      event: "discharged",
      corrects: ids.SLHJ,
      occurredAt: "2026-11-23T13:00:00.000Z",
    });
    expect(hub.view(caseId).status).toBe("discharged");
    await hub.sent(takenBack("SLHJ"));
    expect(hub.view(caseId).status).toBe("admitted");
  });

  it("told out of order is where the time says: a late admission to the ward is history (TEK_STIN_B)", async () => {
    const staa = told("STAA");
    const slhj = told("SLHJ", {
      activity: "discharge-emergency-home",
      class: "EMER",
      history: [step("STAA")],
    });
    const late = told("STIN");
    expect(await statusAfter(staa, slhj, late)).toBe("discharged");
  });

  it("is the same in whatever order all its messages come, each once or twice", async () => {
    const all = [
      told("STAA"),
      told("STIN"),
      told("STOR"),
      told("SLOR"),
      told("SLHJ"),
      revised("SLHJ", { end: "2026-11-23T14:00:00+01:00" }),
      takenBack("SLOR"),
    ];
    const want = await statusAfter(...all);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (messages) => {
        const { hub, caseId } = await hubAfter(...messages, ...messages);
        expect(hub.view(caseId).status).toBe(want);
        expect(hub.cases.records(caseId)).toHaveLength(all.length);
      }),
      { numRuns: 25 },
    );
  });

  it("takes a message that comes twice once, and answers the same (TEK_DUB)", async () => {
    for (const message of [told("STIN"), revised("STIN"), takenBack("STIN"), died("STIN")]) {
      const { hub, caseId } = await hubAfter(told("STIN"), message);
      const records = hub.cases.records(caseId).length;
      expect(
        await hub.sent({ ...message, bundleId: uuid(9), created: "2026-11-24T09:00:00Z" }),
      ).toMatchObject({
        caseId,
        duplicate: true,
      });
      expect(hub.cases.records(caseId)).toHaveLength(records);
    }
  });
});
