import { describe, expect, it } from "vitest";
import { fhirTypeOfFact } from "../../../../../contracts/codes/fact-documents.ts";
import { codeOf } from "../../../../../contracts/codes/fhir-hospital-codes.ts";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import type { HospitalNotification } from "../../../../../contracts/fhir/hospital-notification.ts";
import { DischargeFact } from "../../../../../contracts/messages/discharge-facts.ts";
import { hospitalMessageOf } from "../../../../../gateways/fhir/families/hospital-out.ts";
import { ids, told as toldBy } from "../../../../support/fhir-hospital-course.ts";
import { base, type Event, hospital, sound, times, world } from "../../../../support/fhir-hospital-told.ts";
import { organisation, who } from "../../../../support/region-view.ts";

const codeAfter = async (...events: Event[]): Promise<string | undefined> => {
  const { tell } = world();
  let message: HospitalNotification | undefined;
  for (const event of events) message = await tell(event);
  return message === undefined ? undefined : codeOf(message);
};

describe("an event of a stay, told to a municipality that speaks FHIR", () => {
  it.each([
    [["acute-ambulant"], "STAA"],
    [["admitted"], "STIN"],
    [["admitted", "leave-started"], "STOR"],
    [["admitted", "leave-started", "leave-ended"], "SLOR"],
    [["admitted", "discharged"], "SLHJ"],
    [["acute-ambulant", "discharged"], "SLHJ"],
    [["admitted", "transferred"], "STIN"],
    [["admitted", "dead"], "MORS"],
    [["admitted", "leave-started", "dead"], "MORS"],
  ] as const)("%j is %s", async (events, code) => {
    expect(await codeAfter(...events)).toBe(code);
  });

  it("names both parties, the citizen, the stay and what went before", async () => {
    const { tell } = world();
    const first = await tell("admitted");
    const second = await tell("leave-started");
    expect(second).toMatchObject({
      sender: { gln: hospital, sor: organisation(hospital).identifiers.sor },
      receiver: { gln: who.municipality },
      patient: { cpr: "0107560106", surname: "Prøvesen", givenNames: ["Åse"] },
      stay: {
        status: "onleave",
        class: "IMP",
        start: times.admitted,
        leave: { start: times["leave-started"] },
        episodes: [{ value: "65528acd-a12c-4d85-b701-6f4b12eec2bc" }],
      },
      history: [
        { messageId: first?.messageId, activity: "admit-inpatient" },
        {
          messageId: second?.messageId,
          activity: "start-leave-inpatient",
          earlier: { kind: "message", messageId: first?.messageId },
        },
      ],
    });
    expect(second?.messageId).not.toBe(first?.messageId);
  });

  it("tells a whole leave when it is over, and the end of a stay with its beginning", async () => {
    const { tell } = world();
    await tell("admitted");
    await tell("leave-started");
    expect((await tell("leave-ended"))?.stay.leave).toEqual({
      start: times["leave-started"],
      end: times["leave-ended"],
    });
    const home = await tell("discharged");
    expect(home?.stay).toMatchObject({ start: times.admitted, end: times.discharged, status: "finished" });
    expect(home?.stay).not.toHaveProperty("leave");
  });

  it("of a patient who was not admitted is of the class EMER until the end", async () => {
    const { tell } = world();
    await tell("acute-ambulant");
    const home = await tell("discharged");
    expect(home?.stay).toMatchObject({ class: "EMER", start: times["acute-ambulant"] });
    expect(home?.history.at(-1)?.activity).toBe("discharge-emergency-home");
  });

  it("tells a death with the state that the patient was in", async () => {
    const { tell } = world();
    await tell("admitted");
    await tell("leave-started");
    const dead = await tell("dead");
    expect(dead?.patient.deceased).toBe(true);
    expect(dead?.history.at(-1)?.activity).toBe("start-leave-inpatient");
    expect(dead?.stay).toMatchObject({ status: "finished", end: times.dead, leave: {} });
  });

  it("begins with the first that is known of it, when nobody told of its beginning", async () => {
    const { tell } = world();
    expect((await tell("discharged"))?.stay).toMatchObject({
      start: times.discharged,
      end: times.discharged,
    });
    expect((await world().tell("leave-ended"))?.stay.leave).toEqual({
      start: times["leave-ended"],
      end: times["leave-ended"],
    });
  });

  it("asks the municipality for its report when the stay begins, and nobody else, and not again", async () => {
    const { tell, last } = world();
    const asked = await tell("admitted");
    expect(asked?.admissionReport).toMatchObject({ wanted: true, recipient: { gln: hospital } });
    expect(last(who.practice)?.admissionReport).toBeUndefined();
    expect((await tell("transferred"))?.admissionReport).toBeUndefined();
    const { tell: silent } = world();
    expect((await silent("admitted", { wantsReport: false }))?.admissionReport).toBeUndefined();
  });
});

describe("a correction or a cancellation, told in FHIR", () => {
  it.each([
    ["acute-ambulant", "RE_STAA", "AN_STAA"],
    ["admitted", "RE_STIN", "AN_STIN"],
    ["leave-started", "RE_STOR", "AN_STOR"],
    ["leave-ended", "RE_SLOR", "AN_SLOR"],
    ["discharged", "RE_SLHJ", "AN_SLHJ"],
  ] as const)("of %s is %s, and %s", async (event, revise, cancel) => {
    const course = (["admitted", "leave-started", "leave-ended", "discharged"] as const).slice();
    const events = event === "acute-ambulant" ? [event] : course.slice(0, course.indexOf(event) + 1);
    const { tell, correct, cancel: takeBack } = world();
    for (const one of events) await tell(one);
    const corrected = await correct(event, times[event].replace(":00:00.", ":20:00."));
    expect(corrected && codeOf(corrected)).toBe(revise);
    expect(corrected?.history.at(-1)).toMatchObject({ removes: false });
    const cancelled = await takeBack(event);
    expect(cancelled && codeOf(cancelled)).toBe(cancel);
    expect(cancelled?.history.at(-1)).toMatchObject({
      removes: true,
      earlier: { kind: "message", messageId: corrected?.messageId },
    });
  });

  it("of a leave's end goes back on leave, and of a discharge has no end", async () => {
    const { tell, cancel } = world();
    await tell("admitted");
    await tell("leave-started");
    await tell("leave-ended");
    const back = await cancel("leave-ended");
    expect(back?.stay).toMatchObject({ status: "onleave", leave: { start: times["leave-started"] } });
    expect(back?.stay.leave).not.toHaveProperty("end");
    const { tell: other, cancel: undo } = world();
    await other("admitted");
    await other("discharged");
    expect((await undo("discharged"))?.stay).not.toHaveProperty("end");
  });

  it("of a death is the death with its new time, and taken back the state before", async () => {
    const { tell, correct, cancel } = world();
    await tell("admitted");
    await tell("dead");
    const again = await correct("dead", "2026-11-24T04:00:00.000Z");
    expect(again && codeOf(again)).toBe("MORS");
    expect(again?.stay.end).toBe("2026-11-24T04:00:00.000Z");
    const alive = await cancel("dead");
    expect(alive && codeOf(alive)).toBe("AN_MORS");
    expect(alive).toMatchObject({ patient: { deceased: false }, stay: { status: "in-progress" } });
    expect(alive?.stay).not.toHaveProperty("end");
  });
});

describe("what has no form in the standard", () => {
  it("is told in words: a patient whom another hospital took over, and what takes back what nobody told", async () => {
    const { hub } = world();
    const { caseId } = await hub.does("discharge.notify", hospital, {
      ...base,
      messageId: "away",
      event: "transferred",
      occurredAt: times.transferred,
      department: who.geriatrics,
      from: hospital,
    });
    await hub.does("discharge.cancel", hospital, { ...base, messageId: "an", cancels: "never" });
    const owed = hub.owedTo(who.municipality, caseId);
    expect(owed.map(({ documentType }) => documentType)).toEqual(["XDIS91", "XDIS91"]);
    expect(owed.map(hub.told)).toEqual([undefined, undefined]);
  });

  it("is every fact of a stay that is no event: whoever takes nothing but FHIR is not owed it", () => {
    const types = DischargeFact.options.map((option) => option.shape.type.value);
    const notified = types.filter((type) => fhirTypeOfFact({ type, event: "admitted" } as { type: string }));
    expect(notified).toEqual(["StayEventReported", "StayEventCorrected", "StayEventCancelled"]);
  });
});

describe("a notification that came as one", () => {
  it("reaches its receiver as it was written, and the practice hears of it from the hub", async () => {
    const { hub } = world();
    const message = toldBy("STIN");
    const { caseId } = await hub.sent(message);
    const [owed] = hub.owedTo(who.municipality, caseId);
    expect(owed && hub.told(owed)).toEqual(message);
  });

  it("has the messages before it in the history of what the hub tells the same receiver later", async () => {
    const { hub } = world();
    const message = toldBy("STIN");
    const { caseId } = await hub.sent(message);
    await hub.does("discharge.notify", message.sender.gln, {
      messageId: "json-1",
      stayId: (hub.read(toldBy("SLHJ")).payload as { stayId: string }).stayId,
      patient: { cpr: message.patient.cpr },
      municipality: who.municipality,
      event: "discharged",
      occurredAt: times.discharged,
      department: message.sender.gln,
    });
    const owed = hub.owedTo(who.municipality, caseId).at(-1);
    const later = owed && sound(hub.told(owed));
    expect(later?.history.map(({ messageId }) => messageId)[0]).toBe(ids.STIN);
    expect(later?.history.at(-1)?.earlier).toEqual({ kind: "message", messageId: ids.STIN });
    expect(later?.stay.episodes).toEqual(message.stay.episodes);
  });

  it("names a letter as what went before, where the receiver was told by one", async () => {
    const { hub, tell } = world();
    await hub.does("discharge.notify", hospital, {
      ...base,
      messageId: "away",
      event: "transferred",
      occurredAt: "2026-11-19T08:00:00.000Z",
      department: who.geriatrics,
      from: hospital,
    });
    const message = await tell("admitted");
    expect(message?.history).toMatchObject([
      {
        activity: "admit-inpatient",
        earlier: { kind: "letter", value: expect.stringMatching(/^\d{13}#[0-9A-Z]{14}$/) as unknown },
      },
    ]);
  });

  it("names the sender's own number of what it takes back, where the receiver was told of nothing", async () => {
    const { hub, tell, cancel } = world();
    await tell("admitted");
    await cancel("admitted");
    const caseId = hub.cases.records()[0]?.caseId ?? "";
    const owed = hub.owedTo(who.municipality, caseId).at(-1);
    const records = hub.cases
      .records(caseId)
      .map((record, at) => (at === 0 ? { ...record, deliveries: [] } : record));
    const record = records.at(-1);
    if (owed === undefined || record === undefined) throw new Error("nothing is owed");
    const message = sound(hospitalMessageOf({ records, record, owed, uuidOf }));
    expect(message?.history).toMatchObject([
      {
        activity: "cancel-admit-inpatient",
        removes: true,
        earlier: { kind: "letter", value: `${hospital}#admitted` },
      },
    ]);
  });
});
