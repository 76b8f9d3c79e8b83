import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { partnerCommands } from "../../../contracts/codes/partner-calls.ts";
import { partnerInbox } from "../../../contracts/subjects.ts";
import { startFhir } from "../../../gateways/fhir/main.ts";
import { startOioxml } from "../../../gateways/oioxml/main.ts";
import { startPartners } from "../../../gateways/partners/main.ts";
import { answerTo, spelled, spoiltBytes, type Wire } from "../../fuzz/live/http-bytes.ts";
import { mutate as mutateJson } from "../../support/fhir-mutations.ts";
import { howOften } from "../../support/how-often.ts";
import { pick } from "../../support/mutation-parts.ts";
import { mutate as mutateXml, randomOf } from "../../support/oioxml-mutations.ts";
import { who } from "../../support/region-view.ts";
import { type RestHub, startRestHub } from "../../support/rest-hub.ts";
import { startTestHub } from "../../support/test-platform.ts";

const many = howOften("SEKTORBRO_SPOILT_BYTES", { short: 150, long: 20_000 });
const seed = Number(process.env["SEKTORBRO_SPOILT_SEED"] ?? Date.now() % 1_000_000_007);
const limitMs = 20_000;
const abreast = 10;
const letter = readFileSync("contracts/examples/demo/question.xml");
const { message: ask } = z
  .object({ message: z.looseObject({}) })
  .parse(JSON.parse(readFileSync("contracts/examples/advice/valid/ask-a-unit.json", "utf8")));

let hub: RestHub;
beforeAll(async () => {
  hub = await startRestHub();
}, 120_000);
afterAll(() => hub[Symbol.asyncDispose]());

const requests = (token: string): [Wire, ...Wire[]] => {
  const headers = ["host: 127.0.0.1", "connection: close", `authorization: Bearer ${token}`];
  const nothing = Buffer.alloc(0);
  const sent = (path: string, type: string, body: Buffer): Wire => ({
    line: `POST ${path} HTTP/1.1`,
    headers: [...headers, `content-type: ${type}`, `content-length: ${String(body.length)}`],
    body,
  });
  const json = Buffer.from(JSON.stringify(ask));
  return [
    { line: "GET /v1/worklist HTTP/1.1", headers, body: nothing },
    { line: "GET /v1/inbox?show=all HTTP/1.1", headers, body: nothing },
    sent("/v1/messages", "application/xml", letter),
    sent("/v1/advice", "application/json", json),
    sent("/v1/search", "application/json", Buffer.from('{"messageId":"a"}')),
    sent(
      "/fhir/$process-message",
      "application/fhir+json",
      readFileSync("contracts/examples/fhir/care-communication.json"),
    ),
  ];
};

test(`bytes on the port that are no request get an answer of 4xx or an end, never a fault of the hub (seed ${String(seed)})`, async () => {
  const random = randomOf(seed);
  const port = Number(new URL(hub.url).port);
  const wires = requests(await hub.token(who.practice));
  const statuses = new Map<string, number>();
  const one = async (): Promise<void> => {
    const bytes = spoiltBytes(pick(random, wires), random);
    const heard = await answerTo(port, bytes, limitMs);
    const status =
      /^HTTP\/1\.1 (\d{3})/.exec(heard.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, ""))?.[1] ?? "none";
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    // 505: a version of HTTP that is not spoken, which is the caller's fault all the same.
    if (status.startsWith("5") && status !== "505")
      throw new Error(`${status} for\n${Buffer.from(bytes).toString("latin1").slice(0, 600)}`);
    expect(heard).not.toMatch(/\bat \S+ \(|node:internal|node_modules/);
  };
  for (let n = 0; n < many; n += abreast) await Promise.all(Array.from({ length: abreast }, one));
  process.stderr.write(`\n ${String(many)} requests: ${JSON.stringify(Object.fromEntries(statuses))}\n`);
  expect((await fetch(`${hub.url}/health`)).status).toBe(200);
  // The very requests that were spoilt are good when they are not.
  const [whole] = wires;
  const good = await answerTo(port, spelled(whole), limitMs, limitMs);
  expect(good).toMatch(/^HTTP\/1\.1 200/);
  expect([...statuses.keys()].filter((status) => status.startsWith("4")).length).toBeGreaterThan(1);
}, 1_800_000);

test(`what a partner publishes on NATS is answered, whatever it is (seed ${String(seed)})`, async () => {
  await using nats = await startTestHub({ starts: [startPartners, startOioxml, startFhir] });
  const { nc } = nats.platform;
  const random = randomOf(seed + 1);
  const gln = who.practice;
  const types = [...partnerCommands];
  const waiting = new Map<string, (text: string) => void>();
  const inbox = nc.subscribe(`${partnerInbox(gln)}.*`, {
    callback: (_, message) => waiting.get(message.subject)?.(message.string()),
  });
  for (let n = 0; n < many; n++) {
    const isDocument = random() < 0.2;
    const subject = isDocument ? `from.${gln}.doc` : `from.${gln}.cmd.${pick(random, types)}`;
    const call = Buffer.from(JSON.stringify({ id: `spoilt-${String(n)}`, payload: ask }));
    const bytes = isDocument ? mutateXml(letter, random).bytes : mutateJson(call, random).bytes;
    const reply = `${partnerInbox(gln)}.${String(n)}`;
    const heard = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`input ${String(n)} on ${subject} has no answer`));
      }, limitMs);
      waiting.set(reply, (text) => {
        clearTimeout(timer);
        resolve(text);
      });
    });
    nc.publish(subject, bytes.slice(0, 200_000), { reply });
    expect(await heard).not.toContain("internal-error");
    waiting.delete(reply);
  }
  inbox.unsubscribe();
}, 1_800_000);
