import { afterAll, beforeAll, expect, test } from "vitest";
import { department, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { ofClass, sectionsOf, textIn } from "../../support/rendered-page.ts";

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

let hub: GatewayHub;
let sender: HubClient;
let receiver: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub();
  sender = await hub.as(practice.gln);
  receiver = await hub.as(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const pageOf = async (answer: Answer): Promise<Answer> => {
  const [item] = await hub.inboxOf(department.gln, caseOf(answer));
  return receiver.get(`/v1/inbox/${item?.deliveryId ?? ""}`, browser);
};

test("the receiver reads a letter as a page, and it is then fetched", async () => {
  const sent = await sender.send(xdis91({ subject: "Forhøjet TSH", text: "Kære kollega<Break/>Hvad nu?" }));
  const page = await pageOf(sent);
  expect([page.status, page.header("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(ofClass(page.text, "subject").map(textIn)).toEqual(["Forhøjet TSH"]);
  expect(page.text).toContain("Kære kollega<br/>Hvad nu?");
  const changes = (await hub.recordsOf(caseOf(sent))).flatMap(({ deliveries }) => deliveries);
  expect(changes.map(({ change }) => change)).toContain("fetched");
});

test("a letter too large for a message of the bus has a page too", async () => {
  const sent = await sender.send(xdis91({ text: "En lang historie. ".repeat(45_000) }));
  const page = await pageOf(sent);
  expect(page.status).toBe(200);
  expect(page.text.split("En lang historie.").length).toBe(45_001);
}, 60_000);

test("an operator reads why a document was refused, and what could be read of it", async () => {
  const cut = xdis91({ surname: "Prøve-Afkortet" }).subarray(0, -120);
  const answer = await sender.send(cut, { accept: "application/json" });
  const { intake } = answer.json() as { intake: string };
  const page = await hub.operator.get(`/v1/intake/${intake}`, { ...browser, "accept-language": "en" });
  expect(page.header("content-type")).toBe("text/html; charset=utf-8");
  expect(sectionsOf(page.text).get("Problems")).toContain("xml-malformed");
  expect(sectionsOf(page.text).get("Patient")).toContain("Prøve-Afkortet");
});

test("an operator reads what an attachment is, and not its bytes", async () => {
  const bytes = Buffer.alloc(700_000, "abc");
  const sent = await sender.send(
    xbin01({ attached: [{ id: "068dadff-12bb-406d-8c86-083974dc0180", bytes }] }),
    { accept: "application/json" },
  );
  const { intake } = sent.json() as { intake: string };
  const page = await hub.operator.get(`/v1/intake/${intake}?view=page`);
  expect(sectionsOf(page.text).get("Bilag og henvisninger")).toContain("684 kB");
  expect(page.bytes.length).toBeLessThan(30_000);
}, 60_000);
