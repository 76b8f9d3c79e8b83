import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DischargeCommand } from "../../../../../contracts/messages/discharge.ts";
import { createLetterCases, throughXml } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { organisation, who } from "../../../../support/region-view.ts";
import { codesOf, opened, statusOf } from "../../../../support/stay-cases.ts";
import { fromWard, xdis14, xdis17, xdis20 } from "../../../../support/stay-letters.ts";

const corrected = { status: "corrected", letterId: "ADV0000000099", authorised: "2026-11-23T12:00:00" };
const cancelled = { status: "cancelled", letterId: "ADV0000000098", authorised: "2026-11-23T13:00:00" };

describe("a notification", () => {
  it.each([xdis20(), xdis17(), xdis20(corrected), xdis17(corrected), xdis20(cancelled), xdis17(cancelled)])(
    "(%#) is a command that the service takes, as it was printed and read",
    async (letter) => {
      const { hub } = await opened(xdis20());
      const { type, payload, notes } = hub.read(throughXml(letter));
      const plain = JSON.parse(JSON.stringify(payload)) as unknown;
      expect(DischargeCommand.safeParse({ type, id: "1", payload: plain }).error).toBeUndefined();
      expect(notes).toEqual([]);
    },
  );

  it("of an admission opens a stay, wants a report, and reaches the municipality as it was written", async () => {
    const stay = await opened(xdis20());
    expect(statusOf(stay)).toBe("admitted");
    expect(stay.hub.read(xdis20())).toMatchObject({
      type: "discharge.notify",
      payload: { event: "admitted", wantsReport: true, occurredAt: "2026-11-20T08:30:00.000Z" },
    });
    const [owed, ...more] = stay.hub.owedTo(oio.municipality, stay.caseId);
    expect([owed?.documentType, more]).toEqual(["XDIS20", []]);
    expect(owed?.parties).toBeUndefined();
  });

  it("of a discharge ends the stay of its id, and of a death tells that", async () => {
    const stay = await opened(xdis20(), xdis17());
    expect(statusOf(stay)).toBe("discharged");
    expect(stay.hub.cases.records(stay.caseId)).toHaveLength(2);
    const dead = await opened(xdis20(), xdis17({ patient: { cpr: "0107560106", status: "doed" } }));
    expect(statusOf(dead)).toBe("dead");
  });

  it("that comes twice is one", async () => {
    for (const letter of [xdis20(), xdis17(), xdis20(corrected), xdis17(cancelled)]) {
      const { hub, caseId } = await opened(xdis20(), xdis17(), letter);
      const records = hub.cases.records(caseId).length;
      expect(await hub.sent(letter)).toMatchObject({ caseId, duplicate: true });
      expect(hub.cases.records(caseId)).toHaveLength(records);
    }
  });

  it("that is corrected moves the event, the last correction first", async () => {
    const { hub, caseId } = await opened(xdis20(), xdis17());
    await hub.sent(xdis17({ ...corrected, authorised: "2026-11-23T14:00:00", at: "2026-11-23T12:30" }));
    await hub.sent(xdis17({ ...corrected, at: "2026-11-23T11:15" }));
    const facts = hub.view(caseId).records.flatMap((record) => record.facts);
    expect(facts.filter(({ type }) => type === "StayEventCorrected")).toMatchObject([
      { event: "discharged", occurredAt: "2026-11-23T11:30:00.000Z" },
      { event: "discharged", occurredAt: "2026-11-23T10:15:00.000Z" },
    ]);
    expect(statusOf({ hub, caseId })).toBe("discharged");
  });

  it("that is cancelled undoes the event", async () => {
    expect(statusOf(await opened(xdis20(), xdis17(), xdis17(cancelled)))).toBe("admitted");
    expect(statusOf(await opened(xdis20(), xdis20(cancelled)))).toBe("cancelled");
  });

  it("may be told anew after it was cancelled", async () => {
    const again = xdis17({
      letterId: "ADV0000000097",
      authorised: "2026-11-23T15:00:00",
      at: "2026-11-23T14:30",
    });
    const stay = await opened(xdis20(), xdis17(), xdis17(cancelled), again);
    expect(statusOf(stay)).toBe("discharged");
    const late = { ...cancelled, letterId: "ADV0000000096", authorised: "2026-11-23T16:00:00" };
    await stay.hub.sent(xdis17(late));
    expect(statusOf(stay)).toBe("admitted");
  });

  it("that its cancellation overtook stays cancelled", async () => {
    expect(statusOf(await opened(xdis20(), xdis17(cancelled), xdis17()))).toBe("admitted");
  });

  it("whose correction is a death tells the death, and a correction takes none back in silence", async () => {
    const doed = { patient: { cpr: "0107560106", status: "doed" } };
    const stay = await opened(xdis20(), xdis17(), xdis17({ ...corrected, ...doed }));
    expect(statusOf(stay)).toBe("dead");
    const alive = xdis17({ ...corrected, letterId: "ADV3" });
    expect(codesOf(stay.hub, alive)).toEqual(["death-stands"]);
    await stay.hub.sent(alive);
    expect(statusOf(stay)).toBe("dead");
  });

  it("of a discharge whose admission nobody told of opens the stay at its end, and says so", async () => {
    const stay = await opened(xdis17());
    expect(statusOf(stay)).toBe("discharged");
    expect(codesOf(createLetterCases(), xdis17())).toEqual(["admission-unknown"]);
    expect(codesOf(createLetterCases(), xdis17(cancelled))).toEqual([]);
    await stay.hub.sent(xdis20());
    expect(statusOf(stay)).toBe("discharged");
  });

  it("says in its notes what the stay has no field for", async () => {
    const { hub } = await opened(xdis20());
    const went = (status: string) => codesOf(hub, xdis17({ patient: { cpr: "0107560106", status } }));
    expect(went("flyttet_til_sygehus")).toEqual(["moved-elsewhere"]);
    expect(went("flyttet_til_sygehusafd")).toEqual(["moved-elsewhere"]);
    expect(went("udskrevet_til_andet")).toEqual(["discharged-elsewhere"]);
    expect(went("uoplyst")).toEqual([]);
    expect(codesOf(hub, xdis20({ answerTo: "5790000143054" }))).toEqual(["answer-elsewhere"]);
  });

  it("of a discharge under an id of its own ends the only stay that it can", async () => {
    const own = xdis17({ notificationId: "ANDET-1" });
    const stay = await opened(xdis20());
    expect(codesOf(stay.hub, own)).toEqual(["stay-guessed"]);
    expect(await stay.hub.sent(own)).toMatchObject({ caseId: stay.caseId });
    expect(statusOf(stay)).toBe("discharged");
    expect(await stay.hub.sent(own)).toMatchObject({ caseId: stay.caseId, duplicate: true });
    const moved = xdis17({ ...corrected, notificationId: "ANDET-1", at: "2026-11-23T11:00" });
    expect(await stay.hub.sent(moved)).toMatchObject({
      caseId: stay.caseId,
      facts: expect.arrayContaining(["StayEventCorrected"]) as unknown,
    });
  });

  it("of a discharge before that stay began, or when two are open, ends none of them", async () => {
    const early = await opened(xdis20());
    const before = xdis17({ notificationId: "ANDET-1", at: "2026-11-19T10:00" });
    expect((await early.hub.sent(before)).caseId).not.toBe(early.caseId);
    const two = await opened(xdis20(), xdis20({ notificationId: "ANDET-2", letterId: "ADV2" }));
    const third = await two.hub.sent(xdis17({ notificationId: "ANDET-3" }));
    expect(statusOf({ hub: two.hub, caseId: third.caseId })).toBe("discharged");
    expect(statusOf(two)).toBe("admitted");
  });

  it("of another hospital under the same id is about another stay", async () => {
    const stay = await opened(xdis20());
    const other = xdis17(fromWard(who.endocrinology));
    expect((await stay.hub.sent(other)).caseId).not.toBe(stay.caseId);
    expect(statusOf(stay)).toBe("admitted");
  });

  it("leads to the same stay in whatever order all of them come", async () => {
    const all = [
      xdis20(),
      xdis17(),
      xdis20({ ...corrected, at: "2026-11-20T08:00" }),
      xdis17({ ...corrected, letterId: "ADV0000000095", at: "2026-11-23T11:15" }),
    ];
    const order = fc.shuffledSubarray(all, { minLength: all.length });
    await fc.assert(
      fc.asyncProperty(order, async (letters) => {
        const stay = await opened(...letters, ...letters);
        expect(statusOf(stay)).toBe("discharged");
        expect(stay.hub.cases.records(stay.caseId)).toHaveLength(all.length);
        const events = stay.hub.cases.state(stay.caseId);
        expect(events.parties).toContain(oio.municipality);
      }),
      { numRuns: 24 },
    );
  });
});

describe("the answer of a municipality", () => {
  it("belongs to the stay whose notification it answers, and reaches its ward as it was written", async () => {
    const { hub, caseId } = await opened(xdis20());
    expect(hub.read(throughXml(xdis14()))).toEqual({
      type: "discharge.answerAdmission",
      payload: { caseId, contacts: xdis14().contacts },
      notes: [],
    });
    const reply = await hub.sent(xdis14());
    expect(reply).toMatchObject({ caseId, facts: ["AdmissionAnswered"] });
    expect(hub.owedTo(oio.department, caseId).map(({ documentType }) => documentType)).toEqual(["XDIS14"]);
    expect(await hub.sent(xdis14())).toEqual({ ...reply, duplicate: true });
  });

  it("of one of two stays under the same id goes to the hospital that it is written to", async () => {
    const { hub, caseId } = await opened(
      xdis20(),
      xdis20({ ...fromWard(who.endocrinology), letterId: "ADV9" }),
    );
    const { identifier } = xdis20(fromWard(who.endocrinology)).sender;
    const toOther = xdis14({ receiver: { gln: who.endocrinology, identifier } });
    expect(hub.read(toOther)).toMatchObject({ payload: { caseId } });
    expect(hub.read(xdis14())).not.toMatchObject({ payload: { caseId } });
  });

  it("may go to where the notification wants answers", async () => {
    const { hub, caseId } = await opened(xdis20({ answerTo: who.endocrinology }));
    const { identifier } = xdis20(fromWard(who.endocrinology)).sender;
    expect(hub.read(xdis14({ receiver: { gln: who.endocrinology, identifier } }))).toMatchObject({
      type: "discharge.answerAdmission",
      payload: { caseId },
    });
  });

  it("to a notification that never came here goes as correspondence, with every contact in it", () => {
    const { type, payload, notes } = createLetterCases().read(xdis14());
    expect(type).toBe("advice.receiveLetter");
    expect(notes.map(({ code }) => code)).toEqual(["stay-not-known"]);
    const text = JSON.stringify(payload);
    for (const { names, phone, hours } of xdis14().contacts)
      for (const said of [...names, phone, hours]) if (said !== undefined) expect(text).toContain(said);
    expect(createLetterCases().read(xdis14({ contacts: [] })).payload).toMatchObject({
      letter: { texts: [["Ingen kontakt oplyst."]] },
    });
  });

  it("is given by the made-up municipality that speaks OIOXML alone", () => {
    expect(organisation(oio.municipality).channels.map(({ standard }) => standard)).toEqual(["oioxml"]);
  });
});
