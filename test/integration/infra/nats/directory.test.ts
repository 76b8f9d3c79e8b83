import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Organisation } from "../../../../contracts/messages/directory.ts";
import { type DirectoryStore, openDirectory } from "../../../../infra/nats/directory.ts";
import { openIndexDigest } from "../../../../infra/nats/index-key.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";

let nats: NatsServer;
let nc: NatsConnection;
beforeAll(async () => {
  nats = await startNatsServer();
  nc = await connect({ servers: nats.url });
});
afterAll(async () => {
  await nc.close();
  await nats[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const jsm = await jetstreamManager(nc);
  for await (const stream of jsm.streams.list()) await jsm.streams.delete(stream.config.name);
});

const organisation = (n: number, change: object = {}): Organisation =>
  Organisation.parse({
    gln: `57900001${String(n).padStart(5, "0")}`,
    name: `Prøve ${n}`,
    kind: "practice",
    channels: [{ standard: "json", transport: "inbox", accepts: ["*"] }],
    validFrom: "2026-01-01",
    ...change,
  });
const at = "2026-11-23T09:15:00.000Z";
const change = (organisations: Organisation[], changedBy = "Drift") => ({
  changedBy,
  changedAt: at,
  organisations,
  registrations: [],
});
const faults: unknown[] = [];
const open = () => openDirectory(jetstream(nc), 1, (error) => faults.push(error));

/** An organisation whose own entry the server refuses, though the change that holds it is small: it packs to nothing. */
const tooLarge = (n: number): Organisation =>
  organisation(n, {
    offers: [
      {
        service: "prevention",
        topic: "smoking",
        validFrom: "2026-01-01",
        description: { da: "a".repeat(1_000), en: "b".repeat(1_000) },
      },
    ],
  });
const limitEntries = async (bytes: number): Promise<void> => {
  const jsm = await jetstreamManager(nc);
  await jsm.streams.update("KV_directory", { max_msg_size: bytes });
};

test("a change of which an entry cannot be written is in force as a whole, at once and for everybody", async () => {
  const [store, other] = [await open(), await open()];
  await limitEntries(1_500);
  faults.length = 0;
  await store.change(change([organisation(1), tooLarge(2), organisation(3)]));
  await store.settled();
  expect(faults.length).toBeGreaterThan(0);
  expect(store.all().map(({ name }) => name)).toEqual(["Prøve 1", "Prøve 2", "Prøve 3"]);
  await eventually(() => Promise.resolve(other.all().length === 3 ? true : undefined), "the other sees it");
  expect(await store.history(organisation(2).gln)).toEqual([]);
  [store, other].forEach((one) => {
    one.stop();
  });

  await limitEntries(-1);
  const later = await open();
  expect(later.all().map(({ name }) => name)).toEqual(["Prøve 1", "Prøve 2", "Prøve 3"]);
  expect(await later.history(organisation(2).gln)).toMatchObject([{ changedBy: "Drift", changedAt: at }]);
  later.stop();
});

test("the next change first ends one that was left in the midst, and wins where both name somebody", async () => {
  const store = await open();
  await limitEntries(1_500);
  await store.change(change([tooLarge(2), organisation(3)], "A"));
  await limitEntries(-1);
  await store.change(change([organisation(3, { name: "Nyt navn" })], "B"));
  await store.settled();
  expect(store.all().map(({ name }) => name)).toEqual(["Prøve 2", "Nyt navn"]);
  expect((await store.history(organisation(3).gln)).map(({ changedBy }) => changedBy)).toEqual(["B", "A"]);
  store.stop();
});

test("a change that cannot be kept changes nothing, and is a fault", async () => {
  const store = await open();
  await store.change(change([organisation(1)]));
  await limitEntries(64);
  await expect(
    store.change(change([organisation(1, { name: "Andet" }), organisation(2)])),
  ).rejects.toMatchObject({
    name: "Fault",
  });
  await limitEntries(-1);
  const other = await open();
  for (const one of [store, other]) {
    expect(one.all().map(({ name }) => name)).toEqual(["Prøve 1"]);
    one.stop();
  }
});

test("many that change at once all have their way, one after the other", async () => {
  const stores = await Promise.all([open(), open(), open()]);
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      (stores[n % 3] as DirectoryStore).change(
        change([organisation(n), organisation(99, { name: `v${n}` })], `D${n}`),
      ),
    ),
  );
  for (const store of stores) {
    await eventually(() => Promise.resolve(store.all().length === 13 ? true : undefined), "all is seen");
    store.stop();
  }
  expect(await stores[0].history(organisation(99).gln)).toHaveLength(12);
});

test("what did not change has no new version, and 64 versions are kept", async () => {
  const store = await open();
  for (let n = 0; n < 66; n++)
    await store.change(change([organisation(1, { name: `v${n}` }), organisation(2)]));
  const history = await store.history(organisation(1).gln);
  expect([history.length, history[0]?.organisation.name]).toEqual([64, "v65"]);
  expect(await store.history(organisation(2).gln)).toHaveLength(1);
  store.stop();
});

test("a store of the first release is read, and told to keep more versions", async () => {
  const kv = await new Kvm(jetstream(nc)).create("directory", { history: 5 });
  await kv.put(organisation(1).gln, JSON.stringify(organisation(1)));
  const store = await open();
  expect(store.organisation(organisation(1).gln)).toEqual(organisation(1));
  expect(await store.history(organisation(1).gln)).toMatchObject([{ changedBy: "operator" }]);
  for (let n = 0; n < 7; n++) await store.change(change([organisation(1, { name: `v${n}` })]));
  expect(await store.history(organisation(1).gln)).toHaveLength(8);
  store.stop();
});

test("registrations are kept by hash, and those of a change under way count at once", async () => {
  const store = await open();
  const one = { patient: "a".repeat(64), with: [{ gln: organisation(1).gln, validFrom: "2026-01-01" }] };
  await store.change({ ...change([]), registrations: [one] });
  expect(await store.registered(one.patient)).toEqual(one.with);
  expect(await store.registered("b".repeat(64))).toEqual([]);
  await limitEntries(1_500);
  await store.change({ ...change([tooLarge(2)]), registrations: [{ ...one, with: [] }] });
  await store.settled();
  expect(await store.registered(one.patient)).toEqual([]);
  store.stop();
});

test("all processes hash with one key, made once; a setting is another", async () => {
  const digests = await Promise.all(
    Array.from({ length: 6 }, () => openIndexDigest(jetstream(nc), 1, undefined)),
  );
  expect(new Set(digests.map((digest) => digest("0404650010"))).size).toBe(1);
  const later = await openIndexDigest(jetstream(nc), 1, undefined);
  expect(later("0404650010")).toBe(digests[0]?.("0404650010"));
  const configured = await openIndexDigest(jetstream(nc), 1, "x".repeat(32));
  expect(configured("0404650010")).not.toBe(later("0404650010"));
});
