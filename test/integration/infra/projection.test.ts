import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RebuildProgress } from "../../../contracts/messages/rebuild.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { openPlatform, type Part, type Platform } from "../../../infra/platform.ts";
import { logSetAside, startProjection } from "../../../infra/projection.ts";
import { createProjections, type Projections } from "../../../infra/redis/projections.ts";
import { setAsideCounts } from "../../../infra/redis/set-aside.ts";
import { createProjector } from "../../../services/case/projector.ts";
import { eventually } from "../../support/eventually.ts";
import { type NatsServer, startNatsServer } from "../../support/nats-server.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { runLog } from "../../support/run-log.ts";

let nats: NatsServer;
let redis: RedisServer;
let platform: Platform;
beforeEach(async () => {
  [nats, redis] = await Promise.all([startNatsServer({ syncAlways: false }), startRedisServer()]);
  const layout = { streams: 2, replicas: 1 };
  platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
});
afterEach(async () => {
  await platform.close();
  await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
});

const shardsOfBoth = ["00", "63"];
let made = 0;
const publish = async (texts: readonly string[]): Promise<void> => {
  await Promise.all(
    texts.map((text) => {
      const n = ++made;
      return platform.js.publish(`case.${shardsOfBoth[n % 2] ?? ""}.advice.${String(n)}`, text);
    }),
  );
};
const texts = (count: number, version = 1): string[] =>
  Array.from({ length: count }, () =>
    JSON.stringify({ version, facts: [], meta: {}, caseId: String(++made) }),
  );

type Kept = Part & { index: Projections; count: () => Promise<number>; swaps: () => number };
type Options = {
  beside?: () => Promise<unknown>;
  throwsOn?: (record: CaseRecord) => boolean;
  anyVersion?: boolean;
};
/** Keeps a hash with a field for each record. */
const kept = ({
  beside = () => Promise.resolve(),
  throwsOn = () => false,
  anyVersion = false,
}: Options = {}): Kept => {
  const index = createProjections(platform.redis);
  let swaps = 0;
  const part = startProjection(platform, {
    name: "worklist",
    restMs: 0,
    projectorOn: (ports, which) =>
      createProjector({
        index: ports,
        mark: { key: "layout", value: "1" },
        read: ({ record, data }) =>
          anyVersion ? (JSON.parse(new TextDecoder().decode(data)) as CaseRecord) : record(),
        writesOf: async () => {
          if (which === "beside") await beside();
          return (record) => {
            if (throwsOn(record)) throw new Error("a projection that throws");
            return [["HSET", "kept", record.caseId, "1"]];
          };
        },
        onSetAside: logSetAside(platform.log, "worklist"),
      }),
    onSwapped: () => {
      swaps += 1;
    },
  });
  const count = async (): Promise<number> => Object.keys(await index.hgetall("kept")).length;
  return { ...part, index, count, swaps: () => swaps };
};
const holds = (one: Kept, count: number): Promise<true> =>
  eventually(
    async () => ((await one.count()) === count ? (true as const) : undefined),
    `${String(count)} records`,
    20_000,
  );
const ask = (what: "rebuild" | "rebuild-progress"): Promise<unknown> =>
  platform.bus.ask(commandSubject(`worklist.${what}`), {}, 20_000);
const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    wait: () => opened,
    open: () => {
      open();
    },
  };
};

describe("a rebuild", () => {
  test("is made beside the index that answers, which goes on, and takes its place when it is whole", async () => {
    const held = gate();
    const one = kept({ beside: held.wait });
    await publish(texts(500));
    await holds(one, 500);
    const rebuilding = ask("rebuild");
    await publish(texts(100));
    await holds(one, 600);
    const before = await one.index.prefix();
    expect(one.swaps()).toBe(0);
    held.open();
    const { sha256 } = (await rebuilding) as { sha256: string };
    expect(one.swaps()).toBe(1);
    expect(await one.index.prefix()).not.toBe(before);
    expect(await one.count()).toBe(600);
    expect((await one.index.fingerprint()).sha256).toBe(sha256);
    await publish(texts(10));
    await holds(one, 610);
    await one.stop();
  });

  test("tells how far it is", async () => {
    const held = gate();
    const one = kept({ beside: held.wait });
    await publish(texts(300));
    await holds(one, 300);
    expect(await ask("rebuild-progress")).toBeNull();
    const rebuilding = ask("rebuild");
    const progress = await eventually(async () => (await ask("rebuild-progress")) ?? undefined, "it tells");
    expect(RebuildProgress.parse(progress)).toMatchObject({ done: 0, total: 300 });
    held.open();
    await rebuilding;
    expect(await ask("rebuild-progress")).toBeNull();
    await one.stop();
  });

  test("is never less than what it takes the place of, while writers write", async () => {
    const one = kept();
    await publish(texts(2_000));
    await holds(one, 2_000);
    let [writing, written, least] = [true, 2_000, 2_000];
    const writer = (async () => {
      while (writing) {
        await publish(texts(40));
        written += 40;
      }
    })();
    const reader = (async () => {
      while (writing) {
        const count = await one.count();
        expect(count).toBeGreaterThanOrEqual(least);
        least = count;
      }
    })();
    for (let n = 0; n < 3; n++) await ask("rebuild");
    writing = false;
    await Promise.all([writer, reader]);
    await holds(one, written);
    expect(one.swaps()).toBe(3);
    await one.stop();
  });

  test("that ends in the middle leaves the index that answers as it was, and another can be made", async () => {
    const held = gate();
    const one = kept({ beside: held.wait });
    await publish(texts(300));
    await holds(one, 300);
    const before = await one.index.fingerprint();
    const rebuilding = expect(ask("rebuild")).rejects.toThrow();
    await eventually(async () => (await ask("rebuild-progress")) ?? undefined, "it is under way");
    // As if this process had been away for longer than a maker may be silent.
    await platform.redis.del("building:p:");
    held.open();
    await rebuilding;
    expect(await one.index.prefix()).toBe("p:");
    expect(await one.index.fingerprint()).toEqual(before);
    expect(await ask("rebuild")).toEqual(before);
    const [live] = [await one.index.prefix()];
    await platform.redis.zadd("generations:p:", 0, "0");
    await eventually(
      async () =>
        (await platform.redis.keys("p*:*")).every((key) => key.startsWith(live)) ? true : undefined,
      "what others left is removed",
    );
    await one.stop();
  });

  test("ends when the hub stops, and a hub that starts then has the index that answered", async () => {
    const held = gate();
    const one = kept({ beside: held.wait });
    await publish(texts(300));
    await holds(one, 300);
    const rebuilding = expect(ask("rebuild")).rejects.toThrow();
    await eventually(async () => (await ask("rebuild-progress")) ?? undefined, "it is under way");
    const stopped = one.stop();
    held.open();
    await Promise.all([stopped, rebuilding]);
    const next = kept();
    await publish(texts(1));
    await holds(next, 301);
    await next.stop();
  });

  test("touches no other projection", async () => {
    const other = createProjections(platform.redis, "i:");
    await other.apply("JOURNAL_0", { from: 0, to: 1 }, [["SET", "counted", "1"]]);
    const before = await other.fingerprint();
    const one = kept();
    await publish(texts(50));
    await holds(one, 50);
    await ask("rebuild");
    expect(await other.fingerprint()).toEqual(before);
    await one.stop();
  });
});

describe("a poison message", () => {
  test("does not stop its queue: it is set aside with its place and a code, and the rest goes on", async () => {
    const [first = "", second = ""] = texts(2);
    const thrown = (JSON.parse(second) as CaseRecord).caseId;
    const one = kept({ throwsOn: ({ caseId }) => caseId === thrown });
    await publish([first, "\u0000 no JSON", "{}", ...texts(1, 2), second, ...texts(5)]);
    await holds(one, 6);
    const aside = await one.index.hgetall("set-aside");
    expect(Object.values(aside).toSorted()).toEqual([
      "projection-failed",
      "record-unreadable",
      "record-version-unknown",
      "record-version-unknown",
    ]);
    for (const place of Object.keys(aside)) expect(place).toMatch(/^JOURNAL_[01]:\d+$/);
    expect(await setAsideCounts(platform.redis)).toEqual({ worklist: 4 });
    await one.stop();
  });

  test("is taken in by a rebuild once the program can read it", async () => {
    await publish([...texts(3), ...texts(2, 2), ...texts(3)]);
    const before = kept();
    await holds(before, 6);
    await before.stop();
    const after = kept({ anyVersion: true });
    expect(await after.count()).toBe(6);
    await ask("rebuild");
    expect(await after.count()).toBe(8);
    expect(await after.index.hgetall("set-aside")).toEqual({});
    await after.stop();
  });
});
