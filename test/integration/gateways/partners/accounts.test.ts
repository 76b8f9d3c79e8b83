import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import {
  connect,
  headers,
  type NatsConnection,
  nkeyAuthenticator,
  nkeys,
  type Subscription,
} from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DirectoryFile } from "../../../../contracts/messages/directory.ts";
import { commandSubject } from "../../../../contracts/subjects.ts";
import { startOioxml } from "../../../../gateways/oioxml/main.ts";
import { startPartners } from "../../../../gateways/partners/main.ts";
import { accountsText } from "../../../../infra/nats/partner-accounts.ts";
import { openPlatform, type Part, type Platform } from "../../../../infra/platform.ts";
import { startAdvice } from "../../../../services/advice/main.ts";
import { startDelivery } from "../../../../services/delivery/main.ts";
import { startDirectory } from "../../../../services/directory/main.ts";
import { startWorklist } from "../../../../services/worklist/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const [practice, department] = ["5790000100019", "5790000200016"];
const keyPairs = { hub: nkeys.createUser(), practice: nkeys.createUser(), department: nkeys.createUser() };
const publicOf = (name: keyof typeof keyPairs): string => keyPairs[name].getPublicKey();

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
let seeds = "";
const parts: Part[] = [];
const partners: NatsConnection[] = [];

/** A partner's own program: its key, and inboxes that begin as it may hear them. */
const partner = async (name: "practice" | "department", gln: string): Promise<NatsConnection> => {
  const nc = await connect({
    servers: nats.url,
    authenticator: nkeyAuthenticator(keyPairs[name].getSeed()),
    inboxPrefix: `_INBOX_${gln}`,
    reconnect: false,
  });
  partners.push(nc);
  return nc;
};

beforeAll(async () => {
  const text = await readFile("services/directory/region.json", "utf8");
  const file = DirectoryFile.parse(JSON.parse(text));
  const keys = {
    hub: [publicOf("hub")],
    system: [],
    partners: [
      { gln: practice, nkeys: [publicOf("practice")] },
      { gln: department, nkeys: [publicOf("department")] },
    ],
  };
  nats = await startNatsServer({ config: accountsText(keys, { organisations: file.organisations }) });
  redis = await startRedisServer();
  seeds = await mkdtemp(join(tmpdir(), "sb-seeds-"));
  const credentials = join(seeds, "hub.nk");
  await writeFile(credentials, new TextDecoder().decode(keyPairs.hub.getSeed()), { mode: 0o600 });
  platform = await openPlatform({
    ...{ natsUrl: nats.url, redisUrl: redis.path, natsProof: { credentials } },
    ...{ layout: { streams: 4, replicas: 1 }, log: runLog() },
  });
  const starts = [startDirectory, startAdvice, startDelivery, startWorklist, startOioxml, startPartners];
  for (const start of starts) parts.push(await start(platform));
  await platform.bus.ask(commandSubject("directory.import"), {
    ...{ id: "region", type: "directory.import", version: 1, time: new Date().toISOString() },
    ...{ sender: "operator", payload: { file } },
  });
});

afterAll(async () => {
  for (const nc of partners) await nc.close();
  for (const part of parts.toReversed()) await part.stop();
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
  await rm(seeds, { recursive: true, force: true });
});

const question = async (): Promise<object> => {
  const text = await readFile("contracts/examples/advice/valid/ask-a-unit.json", "utf8");
  const { message } = JSON.parse(text) as { message: object };
  return { ...message, to: { gln: department } };
};

const asked = async (
  nc: NatsConnection,
  subject: string,
  value: unknown,
): Promise<Record<string, unknown>> => {
  const reply = await nc.request(subject, JSON.stringify(value), { timeout: 8_000 });
  return JSON.parse(reply.string()) as Record<string, unknown>;
};

/** What the server says of what it does not allow. A core publish has no answer: the refusal comes by itself. */
const refusedOf = async (nc: NatsConnection, work: () => void): Promise<string> => {
  const heard: string[] = [];
  const listening = (async () => {
    for await (const status of nc.status()) {
      if (status.type === "error") heard.push(status.error.message);
      if (heard.length > 0) return;
    }
  })();
  work();
  await nc.flush();
  await eventually(() => Promise.resolve(heard[0]), "a refusal", 3_000).catch(() => undefined);
  void listening;
  return heard[0] ?? "";
};

describe("a partner on NATS", () => {
  test("without a key of the server's, nobody is let in", async () => {
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/Authorization/i);
    const stranger = nkeyAuthenticator(nkeys.createUser().getSeed());
    await expect(connect({ servers: nats.url, authenticator: stranger, reconnect: false })).rejects.toThrow(
      /Authorization/i,
    );
  });

  test("commands as itself, gets the same answer again, and its inbox is its own", async () => {
    const nc = await partner("practice", practice);
    const order = { id: "q-1", payload: await question() };
    const first = await asked(nc, `from.${practice}.cmd.advice.ask`, order);
    expect(first).toMatchObject({ status: "accepted", duplicate: false });
    expect(await asked(nc, `from.${practice}.cmd.advice.ask`, order)).toMatchObject({
      ...{ status: "accepted", duplicate: true, caseId: first["caseId"] },
    });
    const there = await partner("department", department);
    const waits = async () => {
      const page = await asked(there, `from.${department}.qry.worklist.inbox`, { id: "1", payload: {} });
      return JSON.stringify(page).includes(String(first["caseId"])) ? true : undefined;
    };
    expect(await eventually(waits, "the question in the inbox")).toBe(true);
    // It asks for another's inbox: it gets its own.
    const mine = await asked(nc, `from.${practice}.qry.worklist.inbox`, {
      id: "2",
      payload: { gln: department },
    });
    expect(JSON.stringify(mine)).not.toContain(`"to":"${department}"`);
  });

  test("sends a document of a standard, and gets that standard's receipt", async () => {
    const nc = await partner("practice", practice);
    const letter = await readFile("contracts/examples/demo/question.xml");
    const of = headers();
    of.set("content-type", "application/xml");
    const reply = await nc.request(`from.${practice}.doc`, letter, { timeout: 10_000, headers: of });
    expect(reply.headers?.get("sektorbro-status")).toBe("201");
    expect(reply.string()).toContain("XCTL03");
    // The same letter from somebody whom it does not name as its sender.
    const other = await partner("department", department);
    const refused = await other.request(`from.${department}.doc`, letter, { timeout: 10_000, headers: of });
    expect(refused.headers?.get("sektorbro-status")).toBe("422");
  });

  test("is not believed when it names another sender, and may command nothing of those who run the hub", async () => {
    const nc = await partner("practice", practice);
    const payload = await question();
    for (const sender of [department, "operator", "hub"])
      expect(await asked(nc, `from.${practice}.cmd.advice.ask`, { id: "s", sender, payload })).toMatchObject({
        ...{ status: "refused", code: "sender-not-authorised" },
      });
    for (const type of ["directory.import", "delivery.pauseReceiver", "agreement.publish"])
      expect(await asked(nc, `from.${practice}.cmd.${type}`, { id: "o", payload: {} })).toMatchObject({
        ...{ status: "refused", code: "sender-not-authorised" },
      });
    for (const extra of [{ intake: "x" }, { written: {} }, { type: "advice.answer" }])
      expect(
        await asked(nc, `from.${practice}.cmd.advice.ask`, { id: "e", payload, ...extra }),
      ).toMatchObject({
        ...{ status: "refused", code: "message-invalid" },
      });
  });

  test.each([
    ["as another partner", `from.${department}.cmd.advice.ask`],
    ["a command of the hub's own", "cmd.directory.import"],
    ["a query as anybody", "qry.worklist.case"],
    ["into the journal", "case.00.advice.6f1d2c3b-0000-4000-8000-000000000000"],
    ["into INTAKE", "intake.00.oioxml.x"],
    ["to another partner", `partner.${department}.in`],
    ["an event", "evt.worklist.changed"],
    ["an order to carry a document", "doc.push.carry"],
    ["to JetStream", "$JS.API.STREAM.NAMES"],
    ["a purge", "$JS.API.STREAM.PURGE.JOURNAL_0"],
    ["into the directory", "$KV.DIRECTORY.x"],
  ])("does not publish %s (%s)", async (_what, subject) => {
    const nc = await partner("practice", practice);
    expect(
      await refusedOf(nc, () => {
        nc.publish(subject, "{}");
      }),
    ).toMatch(/permissions violation/i);
  });

  test.each([
    ["another's deliveries", `partner.${department}.in`],
    ["everybody's deliveries", "partner.>"],
    ["the journal", "case.>"],
    ["originals", "intake.>"],
    ["commands", "cmd.>"],
    ["other partners' commands", "from.>"],
    ["another's inbox", `_INBOX_${department}.>`],
    ["the hub's inboxes", "_INBOX.>"],
    ["events", "evt.>"],
    ["everything", ">"],
  ])("does not hear %s (%s)", async (_what, subject) => {
    const nc = await partner("practice", practice);
    let opened: Subscription | undefined;
    const refused = await refusedOf(nc, () => {
      opened = nc.subscribe(subject, { callback: () => undefined });
    });
    expect(refused).toMatch(/permissions violation/i);
    opened?.unsubscribe();
  });

  test("cannot list streams", async () => {
    const nc = await partner("practice", practice);
    await expect(jetstreamManager(nc, { timeout: 1_500 })).rejects.toThrow();
  });

  test("cannot have the hub write for it where it may not: an answer goes to its own inbox or nowhere", async () => {
    const nc = await partner("practice", practice);
    const journal = `case.00.advice.${crypto.randomUUID()}`;
    const heard: string[] = [];
    const watch = ["case.>", `partner.${department}.>`, `_INBOX_${department}.>`].map((subject) =>
      platform.nc.subscribe(subject, { callback: (_error, { subject: on }) => void heard.push(on) }),
    );
    await platform.nc.flush();
    const bad = JSON.stringify({ id: "", payload: {} });
    for (const reply of [
      journal,
      `partner.${department}.in`,
      `_INBOX_${department}.x`,
      "cmd.directory.import",
    ])
      nc.publish(`from.${practice}.cmd.advice.ask`, bad, { reply });
    // One that is answered, after those: when it is, they have been looked at.
    await asked(nc, `from.${practice}.cmd.advice.ask`, { id: "", payload: {} });
    expect(heard).toEqual([]);
    for (const one of watch) one.unsubscribe();
  });

  test("answers what it is asked on its own subject", async () => {
    const nc = await partner("department", department);
    const heard = nc.subscribe(`partner.${department}.in`, {
      callback: (_error, message) => void message.respond("yes"),
    });
    await nc.flush();
    expect((await platform.nc.request(`partner.${department}.in`, "?", { timeout: 3_000 })).string()).toBe(
      "yes",
    );
    heard.unsubscribe();
  });
});
