import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeadLetter, SentAgainMany } from "../../../contracts/messages/dead-letters.ts";
import { intakeOf, lostQuestion, shownTo, stepsOf } from "../../support/dead-letter-scenes.ts";
import { eventually } from "../../support/eventually.ts";
import { department, otherPractice, practice, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, { receiptSeconds: 2, resends: 0, fetchSeconds: 60 });
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const nobody = { ...department, gln: "5790000999998" };
const shown = (id: string, by: HubClient = hub.operator): Promise<DeadLetter> => shownTo(by, id);

/** A letter to an address that nobody has. */
const refusedLetter = async (): Promise<{ id: string; answer: Answer }> => {
  const answer = await sender.send(xdis91({ to: nobody }));
  expect(answer.status).toBe(422);
  return { id: intakeOf(answer), answer };
};

const correct = (id: string, document: Uint8Array, by: HubClient = hub.operator): Promise<Answer> =>
  by.sendTo(`/v1/dead-letters/${id}/send-again`, document, { "content-type": "application/xml" });

describe("a document that was refused", () => {
  test("is there with its reason, the place of it, its original and that its sender was told", async () => {
    const document = xdis91({ to: nobody });
    const answer = await sender.send(document);
    const told = await eventually(async () => {
      const letter = await shown(intakeOf(answer));
      return letter.told === undefined ? undefined : letter;
    }, "the note that its sender was told");
    expect(told).toMatchObject({
      kind: "refused",
      state: "open",
      code: "receiver-unknown",
      from: practice.gln,
      standard: "oioxml",
      type: "XDIS91",
      told: { how: "answered" },
    });
    expect(told.problems.map(({ path }) => path)).not.toEqual([]);
    expect(stepsOf(told)).toEqual(["came", "refused", "told"]);
    const original = await hub.operator.get(told.original ?? "");
    expect(original.bytes).toEqual(Buffer.from(document));
  });

  test("is corrected and accepted, as a document of its own; each step says who, when and why", async () => {
    const { id } = await refusedLetter();
    const corrected = xdis91();
    const answer = await correct(id, corrected);
    expect([answer.status, answer.text]).toMatchObject([200, expect.stringContaining("sent-again")]);
    const letter = answer.json() as DeadLetter;
    const [step] = letter.history.slice(-1);
    expect(step).toMatchObject({ what: "sentAgain", by: "operator", person: "5790000999998" });
    const as = step?.as ?? "";
    const kept = await hub.platform.intake.original(as);
    expect([kept?.corrects, kept?.sender, Buffer.from(kept?.bytes ?? [])]).toEqual([
      id,
      practice.gln,
      Buffer.from(corrected),
    ]);
    // It was taken as if its sender had sent it: the receiver finds it.
    const again = await sender.send(corrected);
    expect(again.status).toBe(200);
    expect(await hub.inboxOf(department.gln, caseOf(again))).toHaveLength(1);
    // The same correction once more is the same document.
    expect((await correct(id, corrected)).status).toBe(200);
    expect(await hub.recordsOf(caseOf(again))).toHaveLength(1);
    // The refusal stands where it was.
    expect((await shown(id)).code).toBe("receiver-unknown");
  });

  test("stays refused where only the bytes are read again, and is open still", async () => {
    const { id } = await refusedLetter();
    const answer = await hub.operator.post(`/v1/dead-letters/${id}/send-again`, {
      reason: "Adressen er oprettet",
    });
    expect([answer.status, answer.json()]).toMatchObject([
      422,
      { code: "receiver-unknown", duplicate: true },
    ]);
    const letter = await shown(id);
    expect([letter.state, letter.history.at(-1)]).toMatchObject([
      "open",
      { what: "readAgain", reason: "Adressen er oprettet", code: "receiver-unknown" },
    ]);
  });

  test("is corrected wrongly: that is a dead letter too, which names the one that it corrects", async () => {
    const { id } = await refusedLetter();
    const answer = await correct(id, xdis91({ to: nobody }));
    expect([answer.status, answer.json()]).toMatchObject([422, { code: "receiver-unknown" }]);
    const first = await shown(id);
    expect(await shown(first.history.at(-1)?.as ?? "")).toMatchObject({ state: "open", corrects: id });
  });

  test("is closed with a reason and still found; it is its sender's and the operator's alone", async () => {
    const { id } = await refusedLetter();
    const stranger = await hub.as(who.cardiology);
    expect((await stranger.get(`/v1/dead-letters/${id}`)).json()).toMatchObject({
      code: "dead-letter-unknown",
    });
    const closing = await stranger.post(`/v1/dead-letters/${id}/close`, { reason: "x" });
    expect([closing.status, closing.json()]).toMatchObject([404, { code: "dead-letter-unknown" }]);
    const without = await sender.post(`/v1/dead-letters/${id}/close`, {});
    expect([without.status, without.json()]).toMatchObject([422, { problems: [{ path: "reason" }] }]);
    const closed = await sender.post(`/v1/dead-letters/${id}/close`, { reason: "Ringet op i stedet" });
    expect(closed.json()).toMatchObject({ state: "closed" });
    expect(await shown(id)).toMatchObject({ state: "closed", kind: "refused", code: "receiver-unknown" });
    expect((await shown(id)).history.at(-1)).toMatchObject({
      what: "closed",
      by: practice.gln,
      reason: "Ringet op i stedet",
    });
  });

  test("that nobody can read is unreadable, and its original is there to read", async () => {
    const broken = Buffer.from("<Emessage>not closed");
    const answer = await sender.send(broken);
    expect(await shown(intakeOf(answer), sender)).toMatchObject({
      kind: "unreadable",
      code: "xml-malformed",
    });
    const original = await sender.get(`/v1/dead-letters/${intakeOf(answer)}/original`);
    expect(original.bytes).toEqual(broken);
  });

  test("is shown and closed while the index is away", async () => {
    const { id } = await refusedLetter();
    await hub.redis.kill();
    try {
      expect(await shown(id)).toMatchObject({ state: "open" });
      const closed = await hub.operator.post(`/v1/dead-letters/${id}/close`, { reason: "Dublet" });
      expect(closed.json()).toMatchObject({ state: "closed" });
    } finally {
      await hub.redis.restart();
      const isTaking = async () => ((await sender.send(xdis91())).status === 201 ? true : undefined);
      await eventually(isTaking, "the hub to take documents again", 20_000);
    }
  });

  test("is not there where a document was taken", async () => {
    const taken = await sender.send(xdis91());
    const answer = await hub.operator.get(`/v1/dead-letters/${intakeOf(taken)}`);
    expect([answer.status, answer.json()]).toMatchObject([404, { code: "dead-letter-unknown" }]);
  });
});

test("two hundred are sent again at once, each answered on its own", async () => {
  const broken = await Promise.all(
    Array.from({ length: 198 }, async (_, i) => intakeOf(await sender.send(Buffer.from(`<a>${String(i)}`)))),
  );
  const { id: lost } = await lostQuestion(hub);
  const ids = [...broken, lost, "no-such-letter"];
  const answer = await hub.operator.post("/v1/dead-letters/send-again", { ids, reason: "Ny udgave" });
  const { results } = answer.json() as SentAgainMany;
  expect(results.map(({ id }) => id)).toEqual(ids);
  expect(new Set(results.slice(0, 198).map(({ code }) => code))).toEqual(new Set(["xml-malformed"]));
  expect(results.slice(198)).toMatchObject([
    { id: lost, status: "refused", code: "wrong-state" },
    { status: "refused", code: "dead-letter-unknown" },
  ]);
  expect((await shown(broken[0] ?? "")).history.at(-1)).toMatchObject({
    what: "readAgain",
    reason: "Ny udgave",
  });
});

test("the other practice learns nothing of it", async () => {
  const { id } = await refusedLetter();
  const other = await hub.as(otherPractice.gln);
  const answer = await other.post("/v1/dead-letters/send-again", { ids: [id] });
  expect(answer.json()).toMatchObject({ results: [{ status: "refused", code: "dead-letter-unknown" }] });
  expect(stepsOf(await shown(id))).not.toContain("readAgain");
});
