import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  codeOf,
  eventActivity,
  formFor,
  formOf,
  hospitalForms,
  statisticsOf,
} from "../../../../contracts/codes/fhir-hospital-codes.ts";
import { activityCodes, statisticalCodes } from "../../../../contracts/codes/fhir-messaging.ts";
import { StayEventKind } from "../../../../contracts/messages/discharge-stay.ts";

type Told = Parameters<typeof codeOf>[0];
const told = (
  activity: string,
  { deceased, removes = false }: { deceased?: boolean; removes?: boolean } = {},
): Told => ({
  patient: deceased === undefined ? {} : { deceased },
  history: [
    {
      messageId: "a",
      occurred: "2026-11-23T10:00:00Z",
      activity,
      by: { otherIdentifiers: [] },
      removes,
      added: [],
    },
  ],
});
const plain = ["STAA", "STIN", "STOR", "SLOR", "SLHJ"];

describe("the codes of a notification", () => {
  it("are those of the guide, each of them found by what its message says", () => {
    const codes = hospitalForms.map(({ code }) => code);
    const wanted = [
      ...plain,
      ...plain.map((c) => `RE_${c}`),
      ...plain.map((c) => `AN_${c}`),
      "MORS",
      "AN_MORS",
    ];
    expect(new Set(codes)).toEqual(new Set(wanted));
    for (const { code, activity } of hospitalForms)
      if (activity !== undefined) expect(codeOf(told(activity))).toBe(code);
  });

  it.each([
    ["STAA", "EMER", "in-progress", "admit-emergency"],
    ["STIN", "IMP", "in-progress", "admit-inpatient"],
    ["STOR", "IMP", "onleave", "start-leave-inpatient"],
    ["SLOR", "IMP", "in-progress", "end-leave-inpatient"],
    ["SLHJ", "IMP", "finished", "discharge-inpatient-home"],
    ["SLHJ", "EMER", "finished", "discharge-emergency-home"],
    ["RE_STOR", "IMP", "onleave", "revise-start-leave-inpatient"],
    ["AN_STAA", "EMER", "entered-in-error", "cancel-admit-emergency"],
    ["AN_STIN", "IMP", "entered-in-error", "cancel-admit-inpatient"],
    ["AN_STOR", "IMP", "in-progress", "cancel-start-leave-inpatient"],
    ["AN_SLOR", "IMP", "onleave", "cancel-end-leave-inpatient"],
    ["AN_SLHJ", "IMP", "in-progress", "cancel-discharge-inpatient-home"],
    ["AN_SLHJ", "EMER", "in-progress", "cancel-discharge-emergency-home"],
  ])("%s of class %s is %s with %s (guide, section 4.1)", (code, ofClass, status, activity) => {
    expect(formOf(told(activity))).toMatchObject({ code, class: ofClass, status, activity });
  });

  it("tell of a death beside the activity of the present state, and take it back with the activity before", () => {
    for (const activity of [
      "admit-inpatient",
      "start-leave-inpatient",
      "admit-emergency",
      "discharge-inpatient-home",
    ]) {
      expect(codeOf(told(activity, { deceased: true }))).toBe("MORS");
      expect(codeOf(told(activity, { deceased: false, removes: true }))).toBe("AN_MORS");
    }
    expect(codeOf(told("admit-inpatient", { deceased: false }))).toBe("STIN");
    expect(codeOf(told("cancel-admit-inpatient", { deceased: false, removes: true }))).toBe("AN_STIN");
    expect(codeOf(told("revise-admit-inpatient", { deceased: true }))).toBe("RE_STIN");
  });

  it("are none where the activity is none of a stay", () => {
    expect(codeOf(told("new-message"))).toBeUndefined();
    expect(codeOf({ patient: {}, history: [] })).toBeUndefined();
  });

  it("are found back from the act, the event and where the patient is", () => {
    for (const form of hospitalForms) expect(formFor(form.act, form.event, form.class ?? "IMP")).toBe(form);
    expect(formFor("correct", "dead", "IMP")).toBeUndefined();
    expect(formFor("report", "transferred", "IMP")).toBeUndefined();
  });

  it("name activities and statistics of MedCom's lists, and events of a stay", () => {
    const activities = activityCodes.map(({ code }) => code);
    const statistics = statisticalCodes.map(({ code }) => code);
    for (const form of hospitalForms) {
      if (form.activity !== undefined) {
        expect(activities).toContain(form.activity);
        expect(activities).toContain(eventActivity(form.activity));
      }
      expect(statistics).toContain(form.statistics);
      expect(StayEventKind.options).toContain(form.event);
    }
    const known = hospitalForms.flatMap(({ activity }) => activity ?? []);
    const ofStays = activities.filter((code) => /(admit|leave|discharge)-/.test(code));
    expect(new Set(known)).toEqual(new Set(ofStays));
  });

  it("are counted as the event that they are about", () => {
    expect(statisticsOf(told("cancel-admit-emergency"))).toBe("MCM:FDIS20#AcuteAmbulant");
    expect(statisticsOf(told("revise-end-leave-inpatient"))).toBe("MCM:FDIS20#EndOfLeave");
    expect(statisticsOf(told("admit-inpatient", { deceased: true }))).toBe("MCM:FDIS20#EndHospitalStay");
  });

  it("are told apart by nothing that is missing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...hospitalForms), fc.boolean(), ({ activity, code }, removes) => {
        if (activity !== undefined) expect(codeOf(told(activity, { removes }))).toBe(code);
      }),
    );
  });
});
