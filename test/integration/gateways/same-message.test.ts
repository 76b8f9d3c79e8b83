import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../infra/ids.ts";
import { department, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";

let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub();
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** The same request `each` times on each of `connections` at once. */
const hammer = async (
  { connections, each }: { connections: number; each: number },
  send: () => Promise<Answer>,
): Promise<Answer[]> => {
  const line = async (): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let n = 0; n < each; n++) answers.push(await send());
    return answers;
  };
  return (await Promise.all(Array.from({ length: connections }, line))).flat();
};

/** One answer, given again each time; 201 the one time that it was new. */
const expectOneAnswer = (answers: readonly Answer[], headers: readonly string[]): void => {
  const statuses = answers.map((a) => a.status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(answers.length - 1);
  const shown = answers.map((a) => [a.text, ...headers.map((name) => a.header(name))].join("|"));
  expect(new Set(shown).size).toBe(1);
};

test("the same document a thousand times from twenty connections is one case, one record, one answer", async () => {
  const document = xdis91();
  const answers = await hammer({ connections: 20, each: 50 }, () => sender.send(document));
  expectOneAnswer(answers, ["sektorbro-case", "sektorbro-due", "content-type"]);
  const caseId = caseOf(answers[0] as Answer);
  expect(await hub.recordsOf(caseId)).toHaveLength(1);
  expect(await hub.inboxOf(department.gln, caseId)).toHaveLength(1);
});

test("the same attachments from twenty connections at once are kept once and delivered once", async () => {
  const document = xbin01({ attached: [{ id: newId(), bytes: randomBytes(200_000) }] });
  const answers = await hammer({ connections: 20, each: 2 }, () => sender.send(document));
  expectOneAnswer(answers, ["sektorbro-case", "content-type"]);
  const caseId = caseOf(answers[0] as Answer);
  expect(await hub.recordsOf(caseId)).toHaveLength(1);
  const [item] = await hub.inboxOf(department.gln, caseId);
  const out = await (await hub.as(department.gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
  expect(out.status).toBe(200);
});

test("the same refused document from many connections is refused once on record, with one answer", async () => {
  const document = xdis91({ to: { ...department, gln: "5790000999998" } });
  const answers = await hammer({ connections: 20, each: 5 }, () => sender.send(document));
  expect(new Set(answers.map((a) => `${String(a.status)}|${a.text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(422);
  expect(await hub.recordsOf(caseOf(answers[0] as Answer))).toHaveLength(1);
});

test("the same typed question from many connections is one case, told as new once", async () => {
  const question = {
    messageId: "SAMME-1",
    to: { gln: department.gln },
    patient: { cpr: "0303650001", surname: "Prøve-Åsen" },
    subject: "TSH",
    question: "Hvad nu?",
  };
  const answers = await hammer({ connections: 20, each: 5 }, () => sender.post("/v1/advice", question));
  const statuses = answers.map((a) => a.status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  const bodies = answers.map((a) => ({ ...(a.json() as object), duplicate: undefined }));
  for (const body of bodies) expect(body).toEqual(bodies[0]);
});
