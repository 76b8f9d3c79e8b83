import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { caseIdFor } from "../../../infra/ids.ts";
import { eventually } from "../../support/eventually.ts";
import {
  department,
  freshCpr,
  freshEpisode,
  freshId,
  otherPractice,
  practice,
  type Wish,
  xdis91,
} from "../../support/golden-samples.ts";
import { caseOf, type GatewayHub, startGatewayHub } from "../../support/hub-client.ts";

let hub: GatewayHub;
beforeAll(async () => {
  // What is told here is what happens once a hub has waited long enough for its index.
  hub = await startGatewayHub(undefined, undefined, [], undefined, { limits: { indexPatienceMs: 0 } });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const reply = { from: department, to: practice } as const;

/** Sends a letter as its sender, and gives its case once its receiver's inbox has it: then the index knows it too. */
const deliver = async (wish: Wish): Promise<string> => {
  const answer = await (await hub.as((wish.from ?? practice).gln)).send(xdis91(wish));
  expect(answer.status, answer.text).toBe(201);
  const caseId = caseOf(answer);
  await hub.inboxOf((wish.to ?? department).gln, caseId);
  return caseId;
};
const factsOf = async (caseId: string): Promise<string[]> =>
  (await hub.recordsOf(caseId)).flatMap((r) => r.facts.map((f) => f.type));
const anew = (): { cpr: string; episode: string } => ({ cpr: freshCpr(), episode: freshEpisode() });

describe("a letter finds its thread", () => {
  test("a reply with the episode of care answers the question, whatever its capitals", async () => {
    const { cpr, episode } = { cpr: freshCpr(), episode: "4f1c2b7a9d3e4c5f8a6b0c1d2e3f4a5b" };
    const caseId = await deliver({ cpr, episode });
    expect(await deliver({ ...reply, cpr, episode: episode.toUpperCase() })).toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked", "AdviceAnswered"]);
    expect(await deliver({ cpr, episode })).toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked", "AdviceAnswered", "FollowUpAsked"]);
  });

  test("a reply without episode of care answers the question by parties and patient", async () => {
    const { cpr, episode } = anew();
    const caseId = await deliver({ cpr, episode });
    expect(await deliver({ ...reply, cpr, episode: null })).toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked", "AdviceAnswered"]);
  });

  test("a letter about another patient is another case, also under the same episode of care", async () => {
    const { cpr, episode } = anew();
    const caseId = await deliver({ cpr, episode });
    expect(await deliver({ ...reply, cpr: freshCpr(), episode: null })).not.toBe(caseId);
    expect(await deliver({ ...reply, cpr: freshCpr(), episode })).not.toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked"]);
  });

  test("a letter of other parties is another case, also under the same episode of care", async () => {
    const { cpr, episode } = anew();
    const caseId = await deliver({ cpr, episode });
    expect(await deliver({ from: otherPractice, cpr, episode })).not.toBe(caseId);
    expect(await deliver({ from: department, to: otherPractice, cpr, episode: null })).not.toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked"]);
  });

  test("a corrected letter under its own number is added to the case of the first", async () => {
    const wish = { ...anew(), letterId: freshId("BREV") };
    const caseId = await deliver(wish);
    expect(await deliver({ ...wish, corrected: true, text: "Rettet" })).toBe(caseId);
    expect(await factsOf(caseId)).toEqual(["AdviceAsked", "LetterAdded"]);
  });

  test("a letter sent on a thread shows its own case id as the thread's", async () => {
    const wish = { ...anew(), letterId: freshId("SVAR") };
    const caseId = await deliver({ ...wish, letterId: freshId("BREV") });
    await deliver({ ...reply, ...wish });
    const pointer = caseIdFor(department.gln, wish.letterId);
    expect(await hub.recordsOf(pointer)).toMatchObject([{ facts: [{ type: "RoutedToCase", caseId }] }]);
    const seen = await (await hub.as(practice.gln)).get(`/v1/cases/${pointer}`);
    expect((seen.json() as CaseView).caseId).toBe(caseId);
  });
});

describe("a letter and an index that changes", () => {
  test("a resent reply meets the same case when the index is empty, and when it says another", async () => {
    const wish = { ...anew(), letterId: freshId("SVAR") };
    const { cpr, episode } = wish;
    const caseId = await deliver({ cpr, episode });
    const document = xdis91({ ...reply, ...wish });
    const sender = await hub.as(department.gln);
    const first = await sender.send(document);
    expect([first.status, caseOf(first)]).toEqual([201, caseId]);
    await hub.platform.redis.flushall();
    const resent = await sender.send(document);
    expect([resent.status, caseOf(resent)]).toEqual([200, caseId]);
    expect(resent.bytes).toEqual(first.bytes);
    await hub.inboxOf(practice.gln, caseId);
    // The newest case of a thread wins: a question that was sent while nothing was known becomes it.
    await hub.redis.kill();
    const newer = await (await hub.as(practice.gln)).send(xdis91({ cpr, episode }));
    expect(newer.status).toBe(201);
    await hub.redis.restart();
    await hub.inboxOf(department.gln, caseOf(newer));
    expect(caseOf(newer)).not.toBe(caseId);
    const again = await sender.send(document);
    expect([again.status, caseOf(again)]).toEqual([200, caseId]);
    expect(again.bytes).toEqual(first.bytes);
  });

  test("a reply while Redis is down opens a case of its own, and is delivered when Redis is back", async () => {
    const { cpr, episode } = anew();
    const caseId = await deliver({ cpr, episode });
    await hub.redis.kill();
    const document = xdis91({ ...reply, cpr, episode });
    const sender = await hub.as(department.gln);
    const answer = await sender.send(document);
    expect(answer.status, answer.text).toBe(201);
    const own = caseOf(answer);
    expect(own).not.toBe(caseId);
    await hub.redis.restart();
    const [item] = await hub.inboxOf(practice.gln, own);
    const fetched = await (await hub.as(practice.gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
    expect(fetched.text).toContain(cpr);
    const resent = await sender.send(document);
    expect([resent.status, caseOf(resent)]).toEqual([200, own]);
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", department.gln, {
        gln: department.gln,
        limit: 500,
      });
      return inbox.status === "ok" && inbox.value.items.some((i) => i.caseId === caseId) ? true : undefined;
    }, "the question is in the inbox again");
  });
});
