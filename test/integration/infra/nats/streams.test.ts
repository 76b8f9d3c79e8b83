import { DiscardPolicy, jetstreamManager, StorageType } from "@nats-io/jetstream";
import { expect, test } from "vitest";
import { shards } from "../../../../contracts/derived-ids.ts";
import { connectNats } from "../../../../infra/nats/connection.ts";
import {
  ensureStreams,
  intakeStreams,
  journalStreams,
  recordVersionKey,
  StoreNewer,
  StreamMissing,
  streamIndexOf,
} from "../../../../infra/nats/streams.ts";
import { startNatsServer } from "../../../support/nats-server.ts";

const layout = { streams: 2, replicas: 1 };
const wanted = [...journalStreams(layout), ...intakeStreams(layout)];

test("streams are made as they are declared, and made once", async () => {
  await using server = await startNatsServer();
  const nc = await connectNats(server.url, "test");
  const jsm = await jetstreamManager(nc);
  expect(await ensureStreams(jsm, wanted)).toEqual([]);
  expect(await ensureStreams(jsm, wanted)).toEqual([]);
  for (const stream of [...journalStreams(layout), ...intakeStreams(layout)])
    expect((await jsm.streams.info(stream.name)).config).toMatchObject(stream);
  await nc.close();
});

test("a stream that was made with other flags is named, with each flag that differs", async () => {
  await using server = await startNatsServer();
  const nc = await connectNats(server.url, "test");
  const jsm = await jetstreamManager(nc);
  const [first, second] = journalStreams(layout);
  await jsm.streams.add({
    name: first?.name ?? "",
    subjects: first?.subjects ?? [],
    storage: StorageType.Memory,
    discard: DiscardPolicy.Old,
    allow_direct: false,
    deny_delete: false,
  });
  await jsm.streams.add({ ...second, name: second?.name ?? "", subjects: ["case.40.>"] });
  expect(await ensureStreams(jsm, wanted)).toEqual([
    "JOURNAL_0: storage, discard, allow_direct, deny_delete",
    "JOURNAL_1: subjects",
  ]);
  await nc.close();
});

test("a stream that was there before and is gone is a loss, and is not made anew", async () => {
  await using server = await startNatsServer();
  const nc = await connectNats(server.url, "test");
  const jsm = await jetstreamManager(nc);
  const names = wanted.map(({ name }) => name);
  await ensureStreams(jsm, wanted);
  await jsm.streams.delete("JOURNAL_1");
  await expect(ensureStreams(jsm, wanted, names)).rejects.toThrow(StreamMissing);
  await expect(jsm.streams.info("JOURNAL_1")).rejects.toThrow();
  await nc.close();
});

test("a journal that a newer release has written to is left as it is", async () => {
  await using server = await startNatsServer();
  const nc = await connectNats(server.url, "test");
  const jsm = await jetstreamManager(nc);
  const metadata = { [recordVersionKey]: "2" };
  await jsm.streams.add({ ...journalStreams(layout)[0], name: "JOURNAL_0", metadata });
  await expect(ensureStreams(jsm, wanted)).rejects.toThrow(StoreNewer);
  await expect(jsm.streams.info("JOURNAL_1")).rejects.toThrow();
  expect((await jsm.streams.info("JOURNAL_0")).config.metadata).toMatchObject(metadata);
  await nc.close();
});

test("a journal that says nothing of its records is of the first version, and says it from then on", async () => {
  await using server = await startNatsServer();
  const nc = await connectNats(server.url, "test");
  const jsm = await jetstreamManager(nc);
  for (const { metadata: _said, ...stream } of journalStreams(layout)) await jsm.streams.add(stream);
  expect(await ensureStreams(jsm, wanted)).toEqual([]);
  for (const { name } of journalStreams(layout))
    expect((await jsm.streams.info(name)).config.metadata).toMatchObject({ [recordVersionKey]: "1" });
  await nc.close();
});

test.each([1, 2, 4, 7, 64])(
  "over %i streams every shard is in exactly one, the one it is looked for in",
  (streams) => {
    const laid = { streams, replicas: 1 };
    const made = journalStreams(laid);
    for (let n = 0; n < shards; n++) {
      const shard = String(n).padStart(2, "0");
      const holding = made.filter(({ subjects }) => subjects.includes(`case.${shard}.>`));
      expect(holding.map(({ name }) => name)).toEqual([`JOURNAL_${String(streamIndexOf(shard, laid))}`]);
    }
  },
);
