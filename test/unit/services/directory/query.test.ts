import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DirectoryHistory,
  DirectoryPage,
  RegisteredGp,
} from "../../../../contracts/messages/directory-query.ts";
import { sha256 } from "../../../../infra/ids.ts";
import { citizenKey, registrationsByCitizen } from "../../../../services/directory/core/registrations.ts";
import { createDirectoryQueries } from "../../../../services/directory/query.ts";
import { now } from "../../../support/advice-given.ts";
import { changed, organisation, regionWith, who } from "../../../support/region-view.ts";

const directory = regionWith();
const today = "2026-11-23";
const registrations = registrationsByCitizen(
  [
    { cpr: "0404650010", gln: who.practice, validFrom: "2020-01-01", validTo: "2026-12-31" },
    { cpr: "0404650010", gln: who.otherPractice, validFrom: "2027-01-01" },
    { alternativeId: "040465AB01", gln: who.nobody, validFrom: "2020-01-01" },
  ],
  sha256,
);
const renamed = changed(who.practice, { name: "Lægerne i Åparken" });
const handle = createDirectoryQueries({
  directory,
  history: (gln) =>
    Promise.resolve(
      gln === who.practice
        ? [
            { organisation: renamed, changedBy: "Drift B", changedAt: now },
            {
              organisation: organisation(who.practice),
              changedBy: "Drift A",
              changedAt: "2026-01-01T00:00:00.000Z",
            },
          ]
        : [],
    ),
  registered: (citizen) =>
    Promise.resolve(registrations.find(({ patient }) => patient === citizen)?.with ?? []),
  digest: sha256,
  today: () => today,
});
const ask = (type: string, viewer: string, payload: unknown) =>
  handle({ id: "q", type: `directory.${type}`, version: 1, time: now, sender: viewer, payload });
const find = async (payload: object, viewer: string = who.practice): Promise<DirectoryPage> => {
  const reply = await ask("find", viewer, payload);
  if (reply.status !== "ok") throw new Error(reply.code);
  return DirectoryPage.parse(reply.value);
};
const glns = async (payload: object) => (await find(payload)).organisations.map(({ gln }) => gln);
const one = async (gln: string, viewer: string, more: object = {}) =>
  (await find({ q: gln, ...more }, viewer)).organisations.find((o) => o.gln === gln);

describe("the directory", () => {
  it("tells what a municipality offers smokers, and not what the next one does", async () => {
    const smoking = { offer: "prevention", topic: "smoking" };
    expect(await glns({ ...smoking, municipality: "0890" })).toEqual(["5790000311033"]);
    expect(await glns({ ...smoking, municipality: "0891" })).toEqual(["5790000311040"]);
    expect(await glns(smoking)).toEqual(["5790000311033", "5790000311040", "5790000311057"]);
    expect(await glns({ offer: "prevention", topic: "alcohol", municipality: "0890" })).toEqual([]);
    expect(await glns({ offer: "acute-nursing", topic: "smoking" })).toEqual([]);
  });

  it("tells who does acute nursing on 31 December 2026, and who from 1 January 2027", async () => {
    const nursing = { offer: "acute-nursing", municipality: "0890" };
    expect(await glns({ ...nursing, date: "2026-12-31" })).toEqual([who.acuteTeam]);
    expect(await glns({ ...nursing, date: "2027-01-01" })).toEqual(["5790000410101"]);
    expect(await glns(nursing)).toEqual([who.acuteTeam]);
    const authority = async (date: string) => (await one(who.acuteTeam, who.practice, { date }))?.authority;
    expect(await authority("2026-12-31")).toMatchObject([{ gln: who.municipality }]);
    expect(await authority("2027-01-01")).toMatchObject([{ gln: who.region }]);
  });

  it("is searched by name, by words anywhere, by speciality, and by who is in a municipality", async () => {
    expect(await glns({ name: "åparken" })).toEqual([who.practice]);
    expect(await glns({ q: "NORDFJORD endokrinologisk" })).toEqual([who.endocrinology]);
    expect(await glns({ speciality: "kardiologi", offer: "advice" })).toEqual([
      who.cardiology,
      who.cardiologyClinic,
    ]);
    expect(await glns({ municipality: "0890" })).toContain(who.municipality);
    expect(await glns({ name: "åparken", offer: "advice" })).toEqual([]);
    expect(await glns({ q: "ingen med dette navn" })).toEqual([]);
  });

  it("shows opening hours, closing days and who answers instead until it is over", async () => {
    const practice = await one(who.practice, who.municipality);
    expect(practice?.openingHours.length).toBeGreaterThan(0);
    expect(practice?.substitutes).toMatchObject([{ gln: who.otherPractice, validTo: "2026-12-23" }]);
    expect((await one(who.practice, who.municipality, { date: "2026-12-24" }))?.substitutes).toEqual([]);
  });

  it("shows a number behind the public one to those it is meant for and to its owner, and to nobody else", async () => {
    const numbers = async (viewer: string) => (await one(who.practice, viewer))?.directNumbers.length;
    for (const viewer of [
      who.practice,
      who.acuteTeam,
      who.municipality,
      who.hospital,
      who.endocrinology,
      who.outOfHours,
    ])
      expect([viewer, await numbers(viewer)]).toEqual([viewer, 1]);
    for (const viewer of [who.otherPractice, who.region, who.nobody, "operator"])
      expect([viewer, await numbers(viewer)]).toEqual([viewer, 0]);
    expect(JSON.stringify(await find({}, who.otherPractice))).not.toContain("20109001");
    expect(JSON.stringify(await find({}))).not.toContain("visibleTo");
  });

  it("page by page shows everything once, in order", async () => {
    const whole = await glns({});
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await find({ limit, ...(cursor === undefined ? {} : { cursor }) });
          seen.push(...page.organisations.map(({ gln }) => gln));
          cursor = page.next;
        } while (cursor !== undefined);
        expect(seen).toEqual(whole);
      }),
    );
  });

  it("refuses what is no question", async () => {
    for (const payload of [
      { offer: "haircuts" },
      { municipality: "9999999" },
      { date: "i dag" },
      { limit: 0 },
    ])
      expect(await ask("find", who.practice, payload)).toEqual({
        status: "refused",
        code: "message-invalid",
      });
    expect(await ask("everything", who.practice, {})).toEqual({ status: "refused", code: "message-invalid" });
    expect(await handle("x")).toEqual({ status: "refused", code: "message-invalid" });
  });
});

describe("the practice that a citizen is registered with", () => {
  const registered = async (patient: object, more: object = {}) => {
    const reply = await ask("registeredGp", who.hospital, { patient, ...more });
    if (reply.status !== "ok") throw new Error(reply.code);
    return RegisteredGp.parse(reply.value);
  };
  it("is told as of a day, with what the caller may see of it", async () => {
    expect(await registered({ cpr: "0404650010" })).toMatchObject({
      known: true,
      date: today,
      gln: who.practice,
      validTo: "2026-12-31",
      practice: { name: "Lægehuset Åparken", directNumbers: [{ number: "20109001" }] },
    });
    expect(await registered({ cpr: "0404650010" }, { date: "2027-01-01" })).toMatchObject({
      gln: who.otherPractice,
    });
  });

  it("is not known for others, nor before the first day", async () => {
    expect(await registered({ cpr: "0107364006" })).toEqual({ known: false, date: today });
    expect(await registered({ cpr: "0404650010" }, { date: "2019-12-31" })).toMatchObject({ known: false });
  });

  it("is told by its number alone when the directory does not know it any more", async () => {
    const found = await registered({ alternativeId: "040465AB01" });
    expect(found).toMatchObject({ known: true, gln: who.nobody });
    expect(found).not.toHaveProperty("practice");
  });

  it("is not told to whom the directory does not know", async () => {
    for (const viewer of [who.nobody, "operator", ""])
      expect(await ask("registeredGp", viewer, { patient: { cpr: "0404650010" } })).toMatchObject({
        status: "refused",
      });
  });

  it("is kept under a key that another hub's key does not give", () => {
    const patient = { cpr: "0404650010" };
    expect(citizenKey(patient, (text) => sha256(`other|${text}`))).not.toBe(citizenKey(patient, sha256));
    expect(JSON.stringify(registrations)).not.toContain("0404650010");
  });
});

describe("the history of an organisation", () => {
  it("tells who changed what and when, newest first", async () => {
    const reply = await ask("history", "operator", { gln: who.practice });
    expect(reply).toMatchObject({
      status: "ok",
      value: {
        gln: who.practice,
        versions: [
          {
            changedBy: "Drift B",
            changedAt: now,
            changed: ["name"],
            organisation: { name: "Lægerne i Åparken" },
          },
          { changedBy: "Drift A", changed: [] },
        ],
      },
    });
    if (reply.status === "ok") expect(DirectoryHistory.parse(reply.value)).toBeDefined();
  });

  it("is for those who run the hub, for itself and for its whole, and for nobody else", async () => {
    expect(await ask("history", who.practice, { gln: who.practice })).toMatchObject({ status: "ok" });
    expect(await ask("history", who.hospital, { gln: who.endocrinology })).toMatchObject({ status: "ok" });
    for (const viewer of [who.otherPractice, who.hospital, who.nobody])
      expect(await ask("history", viewer, { gln: who.practice })).toEqual({
        status: "refused",
        code: "sender-not-authorised",
      });
  });
});
