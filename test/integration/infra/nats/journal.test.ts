import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shardOf } from "../../../../contracts/derived-ids.ts";
import { type ErrorCode, Fault } from "../../../../contracts/errors.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { newId } from "../../../../infra/ids.ts";
import { streamIndexOf } from "../../../../infra/nats/streams.ts";
import { openPlatform, type Platform } from "../../../../infra/platform.ts";
import { bareRecord as record } from "../../../support/bare-record.ts";
import { eventually } from "../../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const layout = { streams: 4, replicas: 1 };
let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
beforeAll(async () => {
  [nats, redis] = await Promise.all([startNatsServer(), startRedisServer()]);
  platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
});
afterAll(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const codeOf = (work: Promise<unknown>): Promise<ErrorCode | "none"> =>
  work.then(
    () => "none" as const,
    (error: unknown) => {
      if (error instanceof Fault) return error.code;
      throw error;
    },
  );

describe("the journal on JetStream", () => {
  test("a record is appended only after the record that its decision was based on", async () => {
    const { journal } = platform;
    const caseId = newId();
    const first = await journal.append(record(caseId, 1), 0);
    if (first.kind !== "appended") throw new Error("conflict");
    expect(await journal.append(record(caseId, 1), 0)).toEqual({ kind: "conflict" });
    expect(await journal.append(record(caseId, 2), first.seq + 7)).toEqual({ kind: "conflict" });
    const second = await journal.append(record(caseId, 2), first.seq);
    expect(second.kind).toBe("appended");
    expect((await journal.load(caseId)).map((r) => r.record.meta.no)).toEqual([1, 2]);
  });

  test("of many that append at once, one does", async () => {
    const caseId = newId();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => platform.journal.append(record(caseId, 1), 0)),
    );
    expect(results.filter((r) => r.kind === "appended")).toHaveLength(1);
    expect(await platform.journal.load(caseId)).toHaveLength(1);
  });

  test("a case is loaded in order, whole or after a sequence, among records of others", async () => {
    const caseIds = Array.from({ length: 8 }, newId);
    const last = new Map<string, number>();
    for (let no = 1; no <= 5; no++)
      for (const caseId of caseIds) {
        const result = await platform.journal.append(record(caseId, no), last.get(caseId) ?? 0);
        if (result.kind !== "appended") throw new Error("conflict");
        last.set(caseId, result.seq);
      }
    for (const caseId of caseIds) {
      const loaded = await platform.journal.load(caseId);
      expect(loaded.map((r) => r.record)).toEqual([1, 2, 3, 4, 5].map((no) => record(caseId, no)));
      const seqs = loaded.map((r) => r.seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      const after = await platform.journal.load(caseId, "advice", seqs[2]);
      expect(after.map((r) => r.record.meta.no)).toEqual([4, 5]);
    }
  });

  test("a case is found without its family, and not under another", async () => {
    const caseId = newId();
    await platform.journal.append(record(caseId, 1, "attachment"), 0);
    expect(await platform.journal.load(caseId)).toHaveLength(1);
    expect(await platform.journal.load(caseId, "attachment")).toHaveLength(1);
    expect(await platform.journal.load(caseId, "advice")).toEqual([]);
    expect(await platform.journal.load(newId())).toEqual([]);
  });

  test("what was appended is on disk: a server killed at once gives it back", async () => {
    const caseId = newId();
    await platform.journal.append(record(caseId, 1), 0);
    await nats.kill();
    await nats.restart();
    // A request that was sent into the outage would wait for its own time-out.
    await eventually(() => platform.nc.rtt(), "the connection is back");
    expect(await platform.journal.load(caseId)).toHaveLength(1);
  });
});

describe("what failed is told by its class", () => {
  test("a record larger than the server takes, or than a stream, is parked and leaves the case as it was", async () => {
    const caseId = newId();
    const first = await platform.journal.append(record(caseId, 1), 0);
    const seq = first.kind === "appended" ? first.seq : 0;
    const grown = (bytes: number): CaseRecord => ({
      ...record(caseId, 2),
      facts: [Object.assign({ type: "Grown" }, { text: "x".repeat(bytes) })],
    });
    const most = platform.nc.info?.max_payload ?? 0;
    expect(await codeOf(platform.journal.append(grown(most), seq))).toBe("record-too-large");
    // Within the limit but for the headers beside it, which the server counts too.
    const rest = most - JSON.stringify(grown(0)).length;
    expect(await codeOf(platform.journal.append(grown(rest), seq))).toBe("record-too-large");
    const stream = `JOURNAL_${String(streamIndexOf(shardOf(caseId), layout))}`;
    const { config } = await platform.jsm.streams.info(stream);
    await platform.jsm.streams.update(stream, { ...config, max_msg_size: 10_000 });
    expect(await codeOf(platform.journal.append(grown(20_000), seq))).toBe("record-too-large");
    await platform.jsm.streams.update(stream, config);
    expect(new Fault("record-too-large").fate).toBe("park");
    expect((await platform.journal.load(caseId)).map(({ record: { meta } }) => meta.no)).toEqual([1]);
    // The connection that it was not sent over still is one.
    expect(await platform.journal.append(record(newId(), 1), 0)).toMatchObject({ kind: "appended" });
  });

  test("a stream that is full refuses the new record and keeps the old", async () => {
    const caseId = newId();
    const small = { streams: 1, replicas: 1 };
    await using server = await startNatsServer();
    const other = await openPlatform({
      natsUrl: server.url,
      redisUrl: redis.path,
      layout: small,
      log: runLog(),
    });
    await other.journal.append(record(caseId, 1), 0);
    const { config, state } = await other.jsm.streams.info("JOURNAL_0");
    await other.jsm.streams.update("JOURNAL_0", { ...config, max_bytes: state.bytes + 10 });
    expect(await codeOf(other.journal.append(record(newId(), 1), 0))).toBe("journal-full");
    expect(await other.journal.load(caseId)).toHaveLength(1);
    await other.close();
  });

  test("a stream that is not there is unavailable: the record was surely not stored", async () => {
    await using server = await startNatsServer();
    const small = { streams: 1, replicas: 1 };
    const other = await openPlatform({
      natsUrl: server.url,
      redisUrl: redis.path,
      layout: small,
      log: runLog(),
    });
    await other.jsm.streams.delete("JOURNAL_0");
    expect(await codeOf(other.journal.append(record(newId(), 1), 0))).toBe("journal-unavailable");
    expect(new Fault("journal-unavailable").fate).toBe("retry");
    await other.close();
  });

  test("a server that hangs is a time-out: the record may be stored, and the fate is to ask", async () => {
    const caseId = newId();
    process.kill(nats.pid(), "SIGSTOP");
    const code = await codeOf(platform.journal.append(record(caseId, 1), 0));
    process.kill(nats.pid(), "SIGCONT");
    expect([code, new Fault("journal-timeout").fate]).toEqual(["journal-timeout", "ask"]);
    // It was stored after all: whoever asks again under the same expectation is told so.
    await eventually(
      async () => ((await platform.journal.load(caseId)).length === 1 ? true : undefined),
      "the record that timed out",
    );
    expect(await platform.journal.append(record(caseId, 1), 0)).toEqual({ kind: "conflict" });
  });

  test("a server that is down refuses reading and writing by fault, never by a wrong answer", async () => {
    const caseId = newId();
    await platform.journal.append(record(caseId, 1), 0);
    await nats.kill();
    const codes = await Promise.all([
      codeOf(platform.journal.append(record(caseId, 2), 0)),
      codeOf(platform.journal.load(caseId)),
      codeOf(platform.objects.put(Buffer.from("x"))),
      codeOf(platform.objects.get("sha256-x")),
    ]);
    await nats.restart();
    for (const code of codes) expect(code).toMatch(/^journal-(timeout|unavailable)$/);
    await eventually(() => platform.nc.rtt(), "the connection is back");
    expect(await platform.journal.load(caseId)).toHaveLength(1);
  });
});
