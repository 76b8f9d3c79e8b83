import { describe, expect, it } from "vitest";
import { envelopeIdOf } from "../../../../../contracts/derived-ids.ts";
import { AttachmentLetter } from "../../../../../contracts/letter.ts";
import { InboxItem } from "../../../../../contracts/messages/worklist.ts";
import { sha256 } from "../../../../../infra/ids.ts";
import { partyOf, receiverPartyOf } from "../../../../../services/case/directory-view.ts";
import { episodeKey, turnKey } from "../../../../../services/case/thread-keys.ts";
import { project } from "../../../../../services/worklist/core/project.ts";
import { letter, naming, patient, photoObject, scan } from "../../../../support/advice-given.ts";
import { accepted, createTestCases, question, type TestCases } from "../../../../support/case-given.ts";
import { local } from "../../../../support/clock-given.ts";
import { type Kept, listed, projected } from "../../../../support/memory-index.ts";
import { organisation, who } from "../../../../support/region-view.ts";

const scores = (kept: Kept, key: string): Record<string, string> => Object.fromEntries(kept.get(key) ?? []);
const ms = (localTime: string): string => String(Date.parse(local(localTime)));

const start = async (messageId = "M-1", change: object = {}) => {
  const cases = createTestCases();
  const order = { type: "advice.ask", by: who.practice, payload: question(messageId, change) };
  const { caseId } = accepted(await cases.send(order));
  const say = (verb: string, by: string, rest: object = { text: "Ja" }) =>
    cases.send({ type: `advice.${verb}`, by, payload: { caseId, ...rest } });
  return { cases, caseId, say };
};
const [unit, asker] = [who.endocrinology, who.practice];
const turnOf = (from: string, to: string): string =>
  `thread:${turnKey(letter(asker, unit), { from, to }, sha256)}`;

describe("the inbox", () => {
  it("lists a delivery as waiting, by when it was owed, and as open until it is settled", async () => {
    const { cases, caseId } = await start();
    const id = `${caseId}.1.0`;
    const kept = projected(cases.records());
    expect(scores(kept, `inbox:${unit}`)).toEqual({ [id]: ms("2026-11-23 10:15") });
    expect(scores(kept, `open:${unit}`)).toEqual({ [id]: ms("2026-11-23 10:15") });
    const { item, ...rest } = scores(kept, `delivery:${id}`);
    expect(rest).toEqual({ status: "waiting", to: unit });
    expect(InboxItem.parse(JSON.parse(item ?? ""))).toEqual({
      deliveryId: id,
      caseId,
      from: asker,
      standard: "oioxml",
      documentType: "XDIS91",
      at: "2026-11-23T09:15:00.000Z",
      status: "waiting",
    });
    expect(kept.get(`envelope:${envelopeIdOf(id)}`)?.get("")).toBe(id);
  });

  it("keeps a document that was fetched open, and one that was settled only in the whole list", async () => {
    const { cases, caseId } = await start();
    const id = `${caseId}.1.0`;
    await cases.send({ type: "delivery.markFetched", by: unit, payload: { deliveryId: id } });
    const fetched = projected(cases.records());
    expect(fetched.get(`open:${unit}`)?.has(id)).toBe(true);
    expect(fetched.get(`delivery:${id}`)?.get("status")).toBe("fetched");
    await cases.send({ type: "delivery.settle", by: unit, payload: { deliveryId: id, outcome: "negative" } });
    const failed = projected(cases.records());
    expect(failed.get(`open:${unit}`)).toBeUndefined();
    expect(failed.get(`inbox:${unit}`)?.has(id)).toBe(true);
    expect(failed.get(`delivery:${id}`)?.get("status")).toBe("failed");
  });

  it("tells nothing about a citizen", async () => {
    const { cases } = await start();
    const told = JSON.stringify(listed(projected(cases.records())));
    expect(told).not.toContain(patient.cpr);
    expect(told).not.toContain(patient.surname);
    expect(told).not.toContain("Hvad nu?");
  });
});

describe("the timers", () => {
  const timersOf = async (work: (s: Awaited<ReturnType<typeof start>>) => Promise<unknown>) => {
    const started = await start();
    await work(started);
    const own = Object.entries(scores(projected(started.cases.records()), "timers"));
    return Object.fromEntries(
      own
        .filter(([member]) => member.includes("|ADVICE-MSG.1"))
        .map(([member, score]) => [member.slice(-1), score]),
    );
  };

  it("are two a clock: for its warning and for its breach", async () => {
    expect(await timersOf(() => Promise.resolve())).toEqual({
      w: ms("2026-11-25 16:00"),
      b: ms("2026-11-26 16:00"),
    });
  });

  it("are out of sight while the clock is paused, and come back with its new times", async () => {
    expect(await timersOf(({ say }) => say("requestInformation", unit))).toEqual({
      w: "Infinity",
      b: "Infinity",
    });
    const resumed = await timersOf(async ({ say, cases }) => {
      await say("requestInformation", unit);
      cases.at("2026-11-24 10:00");
      await say("giveInformation", asker);
    });
    expect(resumed).toEqual({ w: ms("2026-11-26 16:00"), b: ms("2026-11-27 16:00") });
  });

  it("do not bring back a warning that was given", async () => {
    const resumed = await timersOf(async ({ say, cases, caseId }) => {
      cases.at("2026-11-25 16:00");
      await cases.ring(caseId, "ADVICE-MSG.1");
      await say("requestInformation", unit);
      await say("giveInformation", asker);
    });
    expect(resumed).toEqual({ b: ms("2026-11-26 16:00") });
  });

  it.each([
    ["answered", (s: Awaited<ReturnType<typeof start>>) => s.say("answer", unit)],
    ["withdrawn", (s: Awaited<ReturnType<typeof start>>) => s.say("withdraw", asker, { reason: "x" })],
    [
      "breached",
      async ({ cases, caseId }: Awaited<ReturnType<typeof start>>) => {
        cases.at("2026-11-26 16:01");
        await cases.ring(caseId, "ADVICE-MSG.1");
        await cases.ring(caseId, "ADVICE-MSG.1");
      },
    ],
  ])("are gone when the question is %s", async (_how, work) => {
    expect(await timersOf(work)).toEqual({});
  });
});

describe("the threads", () => {
  it("find the case by its episode of care, from either side, and by who owes a letter", async () => {
    const { cases, caseId } = await start("M-1", { episodeOfCareId: "E1" });
    const kept = projected(cases.records());
    const key = episodeKey({ ...letter(unit, asker), episodeOfCareId: "E1" }, sha256);
    expect(scores(kept, `thread:${key ?? ""}`)).toEqual({ [caseId]: ms("2026-11-23 10:15") });
    expect(scores(kept, turnOf(unit, asker))).toHaveProperty(caseId);
    expect(kept.get(turnOf(asker, unit))).toBeUndefined();
  });

  it("know that the asker owes the information that was asked for, until it is given", async () => {
    const { cases, say, caseId } = await start();
    await say("requestInformation", unit);
    expect(projected(cases.records()).get(turnOf(asker, unit))?.has(caseId)).toBe(true);
    await say("giveInformation", asker);
    const kept = projected(cases.records());
    expect(kept.get(turnOf(asker, unit))).toBeUndefined();
    expect(kept.get(turnOf(unit, asker))?.has(caseId)).toBe(true);
  });

  it.each(["answer", "decline", "withdraw"])("know that nobody owes anything after: %s", async (verb) => {
    const { cases, say } = await start();
    await say("requestInformation", unit);
    await (verb === "withdraw" ? say(verb, asker, { reason: "x" }) : say(verb, unit));
    const kept = projected(cases.records());
    expect([kept.get(turnOf(unit, asker)), kept.get(turnOf(asker, unit))]).toEqual([undefined, undefined]);
    // The episode of care, and the thread under which the hub tells of the case by FHIR.
    expect([...kept.keys()].filter((key) => key.startsWith("thread:"))).toHaveLength(2);
  });

  it("know that a follow-up is owed an answer", async () => {
    const { cases, say, caseId } = await start();
    await say("answer", unit);
    await say("askFollowUp", asker);
    expect(projected(cases.records()).get(turnOf(unit, asker))?.has(caseId)).toBe(true);
  });

  it("know that the new unit owes the answer after a redirection, and the former one nothing", async () => {
    const { cases, say, caseId } = await start();
    await say("redirect", unit, { to: { gln: who.cardiology }, reason: "x" });
    const kept = projected(cases.records());
    expect(kept.get(turnOf(who.cardiology, asker))?.has(caseId)).toBe(true);
    expect(kept.get(turnOf(unit, asker))).toBeUndefined();
  });
});

const attach = (cases: TestCases, letterId = "BILAG1") =>
  cases.send({
    type: "attachment.receive",
    by: asker,
    payload: {
      standard: "oioxml",
      letter: AttachmentLetter.parse({
        letterId,
        authorised: "2026-11-23T10:14",
        statisticalCode: "XBIN01",
        sender: partyOf(organisation(asker)),
        receiver: receiverPartyOf(organisation(unit)),
        about: { kind: "system" },
        objects: [photoObject, scan],
      }),
    },
  });
const join = (cases: TestCases, caseId: string, attachmentCaseId: string) =>
  cases.send({
    type: "advice.joinAttachments",
    by: "hub",
    payload: { caseId, attachmentCaseId, sender: asker, objects: [photoObject] },
  });
const receive = (cases: TestCases, letterId: string, referring = photoObject.objectId) =>
  cases.send({
    type: "advice.receiveLetter",
    by: asker,
    payload: { letter: letter(asker, unit, { letterId, ...naming(referring) }), standard: "oioxml" },
  });

describe("attachments that travel by themselves", () => {
  it("are awaited from the letter that names them until they are joined", async () => {
    const cases = createTestCases();
    const { caseId } = accepted(await receive(cases, "B1", photoObject.objectId.toUpperCase()));
    const field = `${asker}|${photoObject.objectId}|${caseId}`;
    const waiting = projected(cases.records());
    expect(scores(waiting, "attachments:awaited")).toEqual({ [field]: "" });
    expect(scores(waiting, "attachments:revision")).toEqual({ "": "1" });
    const { caseId: attachmentCaseId } = accepted(await attach(cases));
    const both = projected(cases.records());
    expect(Object.keys(scores(both, `attachment:${asker}|${photoObject.objectId}`))).toEqual([
      JSON.stringify({ caseId: attachmentCaseId, object: photoObject }),
    ]);
    expect(scores(both, "attachments:revision")).toEqual({ "": "2" });
    await join(cases, caseId, attachmentCaseId);
    expect(projected(cases.records()).get("attachments:awaited")).toBeUndefined();
  });

  it("are not awaited when the letter brings them itself, nor when it is passed on with them", async () => {
    const photo = { ...photoObject, description: "Foto" };
    const { cases, say } = await start("M-1", { attachments: [photo] });
    expect(projected(cases.records()).get("attachments:awaited")).toBeUndefined();
    await say("redirect", unit, { to: { gln: who.cardiology }, reason: "x" });
    expect(projected(cases.records()).get("attachments:awaited")).toBeUndefined();
  });
});

describe("records that mean nothing to the read models but what they are found by", () => {
  it("are refusals, pointers and notes without a letter", async () => {
    const { cases, say, caseId } = await start();
    await say("answer", asker);
    cases.threadIs(() => caseId);
    await receive(cases, "B9");
    const [refusal, pointer] = [cases.records(caseId)[1], cases.records().find((r) => r.caseId !== caseId)];
    expect(refusal?.meta.outcome).toBe("refused");
    expect(pointer?.facts).toMatchObject([{ type: "RoutedToCase" }]);
    const writes = [refusal, pointer].map((record) => (record === undefined ? [] : project(record, sha256)));
    expect(writes[0]).toEqual([]);
    expect(writes[1]?.map(([command, key]) => `${command} ${key.slice(0, 3)}`)).toEqual(["ZADD id:"]);
  });
});
