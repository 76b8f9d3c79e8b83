import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../../contracts/errors.ts";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { startFhir } from "../../../gateways/fhir/main.ts";
import { startFolders } from "../../../gateways/folder/main.ts";
import { newId } from "../../../infra/ids.ts";
import { indexCaughtUp } from "../../../infra/nats/index-reach.ts";
import { localOf } from "../../../infra/nats/local.ts";
import { organisation } from "../../support/envelope-hub.ts";
import { eventually } from "../../support/eventually.ts";
import { partnerAt } from "../../support/folder-hub.ts";
import { type GatewayHub, startGatewayHub } from "../../support/hub-client.ts";
import {
  aMessage,
  asSent,
  type Kind,
  kinds,
  type Message,
  mediaTypeOf,
  receiverOf,
  rows,
  type Said,
  saidIn,
  senderOf,
  town,
  ward,
} from "../../support/outcome-rows.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

let hub: GatewayHub;
let root: TempDir;
beforeAll(async () => {
  root = await tempDir();
  for (const kind of kinds) await mkdir(join(root.path, senderOf(kind)), { recursive: true });
  hub = await startGatewayHub(undefined, undefined, [
    startFhir,
    (platform) =>
      startFolders(platform, { root: root.path, pollMs: 50, settleMs: 50, maxDocumentBytes: 1024 * 1024 }),
  ]);
  const organisations = [
    { ...organisation(ward, "department", "vans"), channels: [fhirBare] },
    { ...organisation(town, "municipality", "vans"), channels: [fhirBare] },
  ];
  const file = { format: "sektorbro-directory", version: 1, organisations };
  expect((await hub.operator.post("/v1/directory/import", file)).status).toBe(200);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await root[Symbol.asyncDispose]();
});
const fhirBare = { standard: "fhir", transport: "inbox", accepts: ["*"], sendsReceipts: true } as const;

type Sent = { key: string; kind: Kind; bytes: Uint8Array };
/** A way in: what is said to each of several documents, by their keys. A fault is `undefined`. */
type Door = {
  takes: (kind: Kind) => boolean;
  send: (documents: readonly Sent[]) => Promise<Map<string, Said | undefined>>;
};

const overHttp = (path: string, takes: Door["takes"]): Door => ({
  takes,
  send: async (documents) => {
    const said = new Map<string, Said | undefined>();
    for (const { key, kind, bytes } of documents) {
      const client = await hub.as(senderOf(kind));
      const answer = await client.sendTo(path, bytes, { "content-type": mediaTypeOf(kind) });
      said.set(key, answer.status === 503 ? undefined : saidIn([answer.text], answer.status === 422));
    }
    return said;
  },
});

const named = async (gln: string, folder: "receipts" | "refused", key: string): Promise<string[]> => {
  const dir = join(root.path, gln, folder);
  const names = (await readdir(dir)).filter((name) => name.startsWith(`${key}-`));
  return Promise.all(names.map((name) => readFile(join(dir, name), "latin1")));
};

const byFolder: Door = {
  takes: () => true,
  send: async (documents) => {
    for (const { key, kind, bytes } of documents)
      await partnerAt(root.path, senderOf(kind)).put(`${key}.xml`, bytes);
    const said = new Map<string, Said | undefined>();
    for (const { key, kind } of documents) {
      const gln = senderOf(kind);
      const came = await eventually(async () => {
        if ((await partnerAt(root.path, gln).names("in")).includes(`${key}.xml`)) return undefined;
        const [receipts, refused] = [await named(gln, "receipts", key), await named(gln, "refused", key)];
        return receipts.length + refused.length === 0 ? undefined : saidIn(receipts, refused.length > 0);
      }, `what came of ${key}`);
      said.set(key, came);
    }
    return said;
  },
};

const doors: readonly [string, Door][] = [
  ["/v1/messages", overHttp("/v1/messages", () => true)],
  ["/fhir/$process-message", overHttp("/fhir/$process-message", (kind) => kind === "fhir")],
  ["a drop folder", byFolder],
];

type First = { message: Message; outer: string; sent: Sent };
let counter = 0;
const keyOf = (): string => `d${String(++counter)}x`;
const firstOf = (kind: Kind, isWrong: boolean): First => {
  const [message, outer] = [aMessage(kind, isWrong), newId()];
  return { message, outer, sent: { key: keyOf(), kind, bytes: asSent(message, outer) } };
};
const owedTo = async (gln: string): Promise<number> => {
  const page = await hub.query<{ items: InboxItem[] }>("worklist.inbox", gln, {
    gln,
    limit: 500,
    show: "all",
  });
  return page.status === "ok" ? page.value.items.length : -1;
};

describe.each(doors)("by %s", (_, door) => {
  const firsts = kinds
    .filter((kind) => door.takes(kind))
    .flatMap((kind) => [firstOf(kind, false), firstOf(kind, true)]);

  test("every row of both tables is answered by what came of the first, and done once", async () => {
    // The list is a moment behind what the test before this one sent.
    await indexCaughtUp(hub.platform, 5_000);
    const before = (await owedTo(receiverOf("oioxml"))) + (await owedTo(town.gln));
    const said = await door.send(firsts.map(({ sent }) => sent));
    for (const { sent, message } of firsts)
      expect([sent.kind, said.get(sent.key)]).toEqual([sent.kind, message.isWrong ? "negative" : "positive"]);
    const after = firsts.flatMap(({ message, outer }) =>
      rows
        .filter(({ of }) => of(message.kind))
        .map((row) => ({
          row,
          message,
          sent: { key: keyOf(), kind: message.kind, bytes: row.make(message, outer) },
        })),
    );
    const answers = await door.send(after.map(({ sent }) => sent));
    const seen = after.map(({ row, message, sent }) => ({
      kind: message.kind,
      first: message.isWrong ? "refused" : "accepted",
      after: row.name,
      said: answers.get(sent.key),
    }));
    const wanted = after.map(({ row, message }) => ({
      kind: message.kind,
      first: message.isWrong ? "refused" : "accepted",
      after: row.name,
      said: message.isWrong ? "negative" : row.said(message.kind),
    }));
    expect(seen).toEqual(wanted);
    const accepted = firsts.filter(({ message }) => !message.isWrong).length;
    const owed = async () => (await owedTo(receiverOf("oioxml"))) + (await owedTo(town.gln)) - before;
    await eventually(async () => ((await owed()) >= accepted ? true : undefined), "the inboxes");
    expect(await owed()).toBe(accepted);
  });

  test("a fault leaves nothing that blocks the next copy, in the same envelope or in a new one", async () => {
    const mine = firsts
      .filter(({ message }) => !message.isWrong)
      .map(({ message: { kind } }) => firstOf(kind, false));
    let met = 0;
    const mended = localOf(hub.platform.nc).serve(commandSubject("advice.*"), () => {
      met += 1;
      return Promise.reject(new Fault("journal-unavailable"));
    });
    const sending = door.send(mine.map(({ sent }) => sent));
    // A folder waits until the fault is over; a caller is told of it.
    const first = door === byFolder ? undefined : await sending;
    await eventually(() => Promise.resolve(met > 0 ? true : undefined), "the fault");
    mended();
    if (first !== undefined) expect([...first.values()].filter((said) => said !== undefined)).toEqual([]);
    await sending;
    const again = mine.map(({ message, outer, sent }) => ({
      ...sent,
      key: keyOf(),
      bytes: asSent(message, outer),
    }));
    const renewed = mine.map(({ message, sent }) => ({
      ...sent,
      key: keyOf(),
      bytes: asSent(message, newId()),
    }));
    for (const copies of [again, renewed]) {
      const said = await door.send(copies);
      expect(copies.map(({ kind, key }) => [kind, said.get(key)])).toEqual(
        copies.map(({ kind }) => [kind, "positive"]),
      );
    }
  });
});

// Last, for the index is made anew after it.
describe.each(doors)("by %s", (_, door) => {
  test.each(["nats", "redis"] as const)(
    "while %s is away nothing is remembered of what comes",
    async (server) => {
      const mine = kinds.filter((kind) => door.takes(kind)).map((kind) => firstOf(kind, false));
      await hub[server].kill();
      const sending = door.send(mine.map(({ sent }) => sent));
      // A folder waits until the fault is over; a caller is told of it.
      const first = door === byFolder ? undefined : await sending;
      if (first !== undefined) expect([...first.values()].filter((said) => said !== undefined)).toEqual([]);
      await hub[server].restart();
      await sending;
      const copies = mine.map(({ message, outer, sent }) => ({ ...sent, bytes: asSent(message, outer) }));
      const said = await eventually(
        async () => {
          const tried = await door.send(copies.map((copy) => ({ ...copy, key: keyOf() })));
          return [...tried.values()].includes(undefined) ? undefined : [...tried.values()];
        },
        "the hub to take documents again",
        20_000,
      );
      expect(said).toEqual(copies.map(() => "positive"));
    },
  );
});
