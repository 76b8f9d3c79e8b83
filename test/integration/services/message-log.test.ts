import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LoggedMessage, MessagePage, MessageView } from "../../../contracts/messages/message-log.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { indexCaughtUp } from "../../../infra/nats/index-reach.ts";
import { indexPrefixes } from "../../../infra/redis/index-names.ts";
import { createProjections } from "../../../infra/redis/projections.ts";
import { startMessageLog } from "../../../services/message-log/main.ts";
import { eventually } from "../../support/eventually.ts";
import { department, freshCpr, freshId, practice, xdis91 } from "../../support/golden-samples.ts";
import { caseOf, type GatewayHub, type HubClient, startGatewayHub } from "../../support/hub-client.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
let receiver: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, undefined, [startMessageLog]);
  [sender, receiver] = [await hub.as(practice.gln), await hub.as(department.gln)];
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

type Json = { status: number; json: () => unknown };
const page = (answer: Json): LoggedMessage[] => {
  expect(answer.status).toBe(200);
  return MessagePage.parse(answer.json()).items;
};
const log = async (by: HubClient, query: string): Promise<LoggedMessage[]> =>
  page(await by.get(`/v1/messages?${query}`));

describe("a letter that was taken", () => {
  const [letterId, citizen] = [freshId("BREV"), freshCpr()];
  let caseId: string;
  let intakeId: string;
  beforeAll(async () => {
    const answer = await sender.send(xdis91({ letterId, cpr: citizen }));
    caseId = caseOf(answer);
    intakeId = answer.header("sektorbro-intake") ?? "";
  });
  const sinceThen = (): string => `after=${caseId}.1`;

  test("is found by its number, its original and its case, as what came in and what goes out", async () => {
    for (const key of [`messageId=${letterId}`, `caseId=${caseId}`]) {
      const items = await log(sender, `${key}&${sinceThen()}`);
      expect(items.map(({ direction, type }) => `${direction} ${type}`).toSorted()).toEqual([
        "in XDIS91",
        "out XDIS91",
      ]);
    }
    expect(await log(sender, `intakeId=${intakeId}`)).toMatchObject([
      { id: `${caseId}.1`, status: "accepted", from: { gln: practice.gln } },
    ]);
  });

  test("is told hop by hop, up to the receiver's receipt", async () => {
    const deliveryId = `${caseId}.1.0`;
    const { envelopeIds } = MessageView.parse((await sender.get(`/v1/messages/${deliveryId}`)).json());
    expect(await log(receiver, `envelopeId=${envelopeIds[0] ?? ""}&${sinceThen()}`)).toMatchObject([
      { id: deliveryId, status: "waiting" },
    ]);
    await receiver.get(`/v1/inbox/${deliveryId}`);
    await receiver.post(`/v1/inbox/${deliveryId}/receipt`, { outcome: "positive" });
    const view = MessageView.parse((await receiver.get(`/v1/messages/${deliveryId}`)).json());
    expect(view.hops.map(({ station, subtype }) => [station, subtype])).toEqual([
      ["AP-MSH", "msg-received"],
      ["AP-MSH", "msg-sent"],
      ["EUA", "msg-received-and-finalized"],
    ]);
    expect(view.status).toBe("acknowledged");
    const settled = await log(receiver, `caseId=${caseId}&status=acknowledged&after=${caseId}.3`);
    expect(settled).toMatchObject([{ id: deliveryId }]);
  });

  test("is found by its citizen in a body, and by the original's id in an address", async () => {
    const found = page(await sender.post("/v1/messages/search", { patient: { cpr: citizen }, caseId }));
    expect(found.length).toBe(2);
    const others = await sender.post("/v1/messages/search", { patient: { cpr: "0101010101" }, caseId });
    expect(page(others)).toEqual([]);
    const view = MessageView.parse((await sender.get(`/v1/messages/${intakeId}`)).json());
    const [envelope = ""] = view.envelopeIds;
    expect(await log(sender, `envelopeId=${envelope}&direction=in`)).toMatchObject([{ id: `${caseId}.1` }]);
    expect(view).toMatchObject({
      id: `${caseId}.1`,
      intakeId,
      messageIds: [letterId, `letter:${practice.gln}:${letterId}`],
    });
  });

  test("does not exist to others", async () => {
    const stranger = await hub.as(who.cardiology);
    expect(await log(stranger, `caseId=${caseId}`)).toEqual([]);
    expect((await stranger.get(`/v1/messages/${caseId}.1`)).status).toBe(404);
  });
});

describe("a document that became nothing", () => {
  test("is a dead letter of its sender, and in the log", async () => {
    const answer = await sender.send(xdis91().subarray(0, 900));
    const intakeId = answer.header("sektorbro-intake") ?? "";
    const dead = await eventually(async () => {
      const found = (await sender.get("/v1/dead-letters")).json() as { items: { id: string }[] };
      return found.items.find(({ id }) => id === intakeId);
    }, "the dead letter");
    expect(dead).toMatchObject({
      kind: "unreadable",
      state: "open",
      from: practice.gln,
      code: "xml-malformed",
    });
    expect(await log(sender, `intakeId=${intakeId}`)).toMatchObject([{ id: intakeId, status: "unreadable" }]);
    expect(((await receiver.get("/v1/dead-letters")).json() as { items: object[] }).items).toEqual([]);
  });
});

describe("the export", () => {
  const span = "from=2000-01-01T00:00:00.000Z&to=2100-01-01T00:00:00.000Z";

  test("is a line for each hop, of the letter and of what could not be read", async () => {
    const answer = await hub.operator.get(`/v1/messages/export?${span}`);
    expect(answer.status).toBe(200);
    const events = answer.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; outcome: string });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.filter(({ outcome }) => outcome === "8").length).toBeGreaterThan(0);
    expect(answer.text).not.toContain("urn:oid:1.2.208.176.1.2");
    const withPatient = await hub.operator.get(`/v1/messages/export?${span}&patient=true`);
    expect(withPatient.text).toContain("urn:oid:1.2.208.176.1.2");
    expect(withPatient.text.trimEnd().split("\n").length).toBe(events.length);
  });

  test("begins and ends when it is told to, and is an operator's alone", async () => {
    const early = "from=2000-01-01T00:00:00.000Z&to=2000-01-02T00:00:00.000Z";
    const late = "from=2099-01-01T00:00:00.000Z&to=2100-01-01T00:00:00.000Z";
    for (const when of [early, late])
      expect((await hub.operator.get(`/v1/messages/export?${when}`)).text).toBe("");
    expect((await sender.get(`/v1/messages/export?${span}`)).status).toBe(403);
  });
});

test("the log that is made anew is the same to the byte, and stands beside no other index", async () => {
  const { jsm, layout, redis, bus } = hub.platform;
  const projections = createProjections(redis, indexPrefixes["message-log"]);
  await indexCaughtUp({ jsm, layout, projections }, 5_000);
  const before = await projections.fingerprint();
  const lists = await hub.platform.projections.fingerprint();
  await bus.request(commandSubject("message-log.rebuild"), "{}", 20_000);
  expect(await projections.fingerprint()).toEqual(before);
  expect(await hub.platform.projections.fingerprint()).toEqual(lists);
});
