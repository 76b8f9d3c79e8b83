import { expect, test } from "vitest";
import { newId } from "../../../../infra/ids.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { startNatsServer } from "../../../support/nats-server.ts";
import { startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const at = "2026-11-23T10:00:00.000Z";
const document = {
  bytes: new Uint8Array([1]),
  mediaType: "application/xml",
  standard: "oioxml",
  sender: "5790000100019",
  speaksFor: ["5790000100019"],
  transport: "http",
  receivedAt: at,
};

const open = async () => {
  const [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  const platform = await openPlatform({
    natsUrl: nats.url,
    redisUrl: redis.path,
    layout: { streams: 4, replicas: 1 },
    log: runLog(),
  });
  return {
    nats,
    platform,
    [Symbol.asyncDispose]: async () => {
      await platform.close();
      await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
    },
  };
};

const toldOf = ({ intake }: Platform, id: string): Promise<string> =>
  eventually(async () => (await intake.history(id))?.told?.how, "the note");

test("many answers that left are noted in a few writes, and each is found again by its document", async () => {
  await using hub = await open();
  const { intake, told, jsm } = hub.platform;
  const ids = Array.from({ length: 200 }, () => newId());
  await Promise.all(ids.map((id) => intake.append(id, document)));
  for (const id of ids) told.note({ intake: id, at, how: "answered" });
  for (const id of ids) expect(await toldOf(hub.platform, id)).toBe("answered");
  const streams = await Promise.all([0, 1, 2, 3].map((i) => jsm.streams.info(`INTAKE_${String(i)}`)));
  const written = streams.reduce((sum, { state }) => sum + state.messages, 0);
  expect(written).toBeLessThanOrEqual(ids.length + 8);
});

test("what could not be noted while the store was away is noted when it is back", async () => {
  await using hub = await open();
  const { intake, told } = hub.platform;
  const id = newId();
  await intake.append(id, document);
  await hub.nats.kill();
  told.note({ intake: id, at, how: "placed" });
  await hub.nats.restart();
  expect(await toldOf(hub.platform, id)).toBe("placed");
});

test("a document's own history has the document, why it was refused and each step, in their order", async () => {
  await using hub = await open();
  const { intake } = hub.platform;
  const id = newId();
  await intake.append(id, { ...document, corrects: "other" });
  const refused = { intake: id, sender: document.sender, at, code: "xml-malformed", problems: [] };
  await intake.noteRefusal(refused);
  const acted = { at, commandId: "c", by: "operator", reason: "Ringet" };
  await intake.noteStep(id, { step: "readAgain", ...acted, status: "refused" });
  await intake.noteStep(id, { step: "closed", ...acted });
  expect(await intake.history(id)).toMatchObject({
    document: { intake: id, sender: document.sender, standard: "oioxml", corrects: "other", receivedAt: at },
    refused,
    steps: [{ step: "readAgain" }, { step: "closed" }],
  });
  expect(await intake.history(newId())).toBeUndefined();
});
