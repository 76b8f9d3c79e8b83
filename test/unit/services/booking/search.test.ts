import { beforeEach, describe, expect, it } from "vitest";
import type { SlotSearchAnswer } from "../../../../contracts/messages/booking-slot.ts";
import { bookingRules } from "../../../../services/booking/core/rules.ts";
import { createSearch } from "../../../../services/booking/search.ts";
import { localDateTimeOf } from "../../../../services/case/clock-zone.ts";
import type { DirectoryView } from "../../../../services/case/directory-view.ts";
import { gp, otherGp, otherVisitation, visitation } from "../../../support/booking-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { listed, projected } from "../../../support/memory-index.ts";
import { changed, regionWith, who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});

const patient = { cpr: "0107364006", surname: "Prøvesen" };
let count = 0;
const publish = async (start: string, change: object = {}, by: string = visitation): Promise<string> =>
  accepted(
    await cases.send({
      type: "booking.publish",
      by,
      payload: {
        messageId: `S-${String(++count)}`,
        speciality: "kardiologi",
        start: local(start),
        lengthMinutes: 30,
        places: 1,
        place: "Indgang 4",
        ...change,
      },
    }),
  ).caseId;
const take = (type: string, slotId: string, by: string = gp) =>
  cases.send({ type, by, payload: { messageId: `B-${String(++count)}`, slotId, patient } });

/** The index as it stands after every record so far. */
const search = async (
  query: object = {},
  more: { viewer?: string; at?: string; directory?: DirectoryView } = {},
): Promise<SlotSearchAnswer> => {
  const { viewer = gp, at = "2026-11-23 10:15", directory = cases.ports.directory } = more;
  const kept = projected(cases.records());
  const find = createSearch({
    now: () => local(at),
    localTime: localDateTimeOf,
    directory,
    rules: bookingRules,
    page: (key, after, limit) => {
      const members = [...(kept.get(key) ?? new Map<string, string>())]
        .sort(([a, s], [b, t]) => Number(s) - Number(t) || (a < b ? -1 : 1))
        .map(([member]) => member);
      const from = after === undefined ? 0 : members.indexOf(after) + 1;
      return Promise.resolve(members.slice(from, from + limit));
    },
    hgetall: (key) => Promise.resolve(Object.fromEntries(kept.get(key) ?? [])),
  });
  const envelope = { id: "q", type: "booking.search", version: 1, time: local(at), sender: viewer };
  const reply = await find({ ...envelope, payload: query });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};
const ids = async (...args: Parameters<typeof search>): Promise<string[]> =>
  (await search(...args)).slots.map(({ slotId }) => slotId);

describe("a search", () => {
  it("finds open places, earliest first, the same day and the next", async () => {
    const second = await publish("2026-11-24 09:00");
    const first = await publish("2026-11-23 15:00");
    await publish("2026-11-25 00:00");
    const answer = await search();
    expect(answer.slots.map(({ slotId }) => slotId)).toEqual([first, second]);
    expect(answer).toMatchObject({
      before: local("2026-11-25 00:00"),
      slots: [{ open: 1, inTime: true }, {}],
    });
    expect(answer.instead).toBeUndefined();
  });

  it("shows how many places are open, and nothing of who has the others", async () => {
    const slotId = await publish("2026-11-24 09:00", { places: 3 });
    await take("booking.bookDirectly", slotId, otherGp);
    await take("booking.hold", slotId, otherGp);
    const answer = await search();
    expect(answer.slots).toMatchObject([{ slotId, open: 1 }]);
    expect(JSON.stringify(answer)).not.toContain(otherGp);
    expect(answer.slots[0]).not.toHaveProperty("places");
  });

  it("counts a hold that ran out as open, before any alarm has rung", async () => {
    const slotId = await publish("2026-11-24 09:00");
    await take("booking.hold", slotId);
    expect(await ids({}, { at: "2026-11-23 10:24" })).toEqual([]);
    expect(await ids({}, { at: "2026-11-23 10:25" })).toEqual([slotId]);
  });

  it("finds no slot that is full, was taken back, has begun or is over", async () => {
    const full = await publish("2026-11-24 09:00");
    await take("booking.bookDirectly", full);
    const back = await publish("2026-11-24 09:00");
    await cases.send({
      type: "booking.cancelSlot",
      by: visitation,
      payload: { caseId: back, reason: "Syg" },
    });
    await publish("2026-11-23 10:20");
    expect(await ids({}, { at: "2026-11-23 10:20" })).toEqual([]);
  });

  it("follows what the visitation changed", async () => {
    const slotId = await publish("2026-11-24 09:00");
    const change = { caseId: slotId, places: 4, place: "Indgang 9", instructions: "Faste fra midnat" };
    await cases.send({ type: "booking.changeSlot", by: visitation, payload: change });
    expect((await search()).slots).toMatchObject([
      { open: 4, place: "Indgang 9", instructions: "Faste fra midnat" },
    ]);
  });

  it("is by speciality, hospital and the citizen's municipality", async () => {
    const heart = await publish("2026-11-24 09:00");
    const lungs = await publish("2026-11-24 10:00", { speciality: "med_lungesygdomme" });
    const other = await publish("2026-11-24 11:00", { municipalities: ["0891"] }, otherVisitation);
    expect(await ids()).toEqual([heart, lungs, other]);
    expect(await ids({ speciality: "med_lungesygdomme" })).toEqual([lungs]);
    expect(await ids({ hospital: who.otherHospital })).toEqual([other]);
    expect(await ids({ hospital: who.region })).toEqual([heart, lungs, other]);
    expect(await ids({ municipality: "0890" })).toEqual([heart, lungs]);
    expect(await ids({ limit: 1 })).toEqual([heart]);
  });

  it("shows slots of a region to its practices alone", async () => {
    const slotId = await publish("2026-11-24 09:00", { regions: [who.region] });
    expect(await ids()).toEqual([slotId]);
    const directory = regionWith(changed(otherGp, { authority: [] }));
    expect(await ids({}, { viewer: otherGp, directory })).toEqual([]);
  });

  it("finds a slot behind more than a page of others", async () => {
    for (let i = 0; i < 205; i++) await publish("2026-11-23 15:00", { municipalities: ["0891"] });
    const slotId = await publish("2026-11-24 09:00");
    expect(await ids({ municipality: "0890" })).toEqual([slotId]);
  });
});

describe("when there is no time, the same day or the next", () => {
  it("says what to do instead: whom to phone, and the acute team of the municipality", async () => {
    const answer = await search({ hospital: who.hospital, municipality: "0890" });
    expect(answer).toEqual({
      slots: [],
      before: local("2026-11-25 00:00"),
      instead: {
        acuteRoute: [
          { gln: visitation, name: "Regionshospitalet Nordfjord, Hospitalsvisitationen", phone: "70109011" },
        ],
        acuteTeam: { gln: who.acuteTeam, name: "Akutteam Nordfjord", phone: "90000039" },
      },
    });
  });

  it("names every visitation when no hospital was asked for, and no acute team without a municipality", async () => {
    const { instead } = await search();
    expect(instead?.acuteRoute.map(({ gln }) => gln)).toEqual([visitation, otherVisitation]);
    expect(instead?.acuteTeam).toBeUndefined();
  });

  it("names the region's acute nursing from 1 January 2027 on, by the directory", async () => {
    const teamOn = async (at: string) =>
      (await search({ municipality: "0890" }, { at })).instead?.acuteTeam?.gln;
    expect(await teamOn("2026-12-31 23:59")).toBe(who.acuteTeam);
    expect(await teamOn("2027-01-01 00:00")).toBe("5790000410101");
  });

  it("on a Friday a Saturday is in time, and a Monday is shown only when asked for, and is not", async () => {
    const monday = await publish("2026-11-30 09:00");
    expect(await search({}, { at: "2026-11-27 15:00" })).toMatchObject({ slots: [], instead: {} });
    const later = await search({ to: local("2026-12-01 00:00") }, { at: "2026-11-27 15:00" });
    expect(later).toMatchObject({
      slots: [{ slotId: monday, inTime: false }],
      instead: { acuteRoute: [{}, {}] },
    });
    const saturday = await publish("2026-11-28 09:00");
    const answer = await search({}, { at: "2026-11-27 15:00" });
    expect(answer.slots.map(({ slotId }) => slotId)).toEqual([saturday]);
    expect(answer.instead).toBeUndefined();
  });

  it("counts from the need when that arose earlier", async () => {
    await publish("2026-11-24 09:00");
    expect(await ids({ needAt: local("2026-11-22 20:00") })).toEqual([]);
  });
});

describe("the index of slots", () => {
  it("keeps nothing of a slot that is over, and nobody's number", async () => {
    const slotId = await publish("2026-11-24 09:00");
    await take("booking.bookDirectly", slotId);
    await take("booking.hold", await publish("2026-11-24 09:00"), otherGp);
    cases.at("2026-11-24 09:30");
    await cases.send({ type: "booking.ring", by: "hub", payload: { caseId: slotId, alarmId: "ended" } });
    const kept = projected(cases.records());
    expect(kept.has(`slot:${slotId}`)).toBe(false);
    expect([...(kept.get("slots:*") ?? [])]).toHaveLength(1);
    const ours = [...kept].filter(([key]) => key.startsWith("slot"));
    expect(JSON.stringify(ours)).not.toContain(patient.cpr);
  });

  it("is the same whichever slot's records come first", async () => {
    const [one, two] = [await publish("2026-11-24 09:00"), await publish("2026-11-24 10:00")];
    await take("booking.hold", two);
    await take("booking.bookDirectly", one);
    const slotKeys = (records: ReturnType<TestCases["records"]>) =>
      JSON.stringify(listed(new Map([...projected(records)].filter(([key]) => key.startsWith("slot")))));
    const records = cases.records();
    const mixed = records.toSorted((a, b) => (a.caseId < b.caseId ? 1 : -1));
    expect(slotKeys(mixed)).toBe(slotKeys(records));
  });
});

describe("a question that is no search", () => {
  it.each([{}, { type: "booking.other" }, { type: "booking.search", payload: { limit: 0 } }])(
    "is refused",
    async (change) => {
      const find = createSearch({
        now: () => local("2026-11-23 10:15"),
        localTime: localDateTimeOf,
        directory: cases.ports.directory,
        rules: bookingRules,
        page: () => Promise.resolve([]),
        hgetall: () => Promise.resolve({}),
      });
      const envelope = { id: "q", version: 1, time: local("2026-11-23 10:15"), sender: gp, payload: {} };
      expect(await find({ ...envelope, ...change })).toEqual({ status: "refused", code: "message-invalid" });
    },
  );
});
