import { test } from "vitest";
import { startFollower } from "../../../../infra/nats/follow.ts";
import { openPlatform } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import { startNatsServer } from "../../../support/nats-server.ts";
import { startRedisServer } from "../../../support/redis-server.ts";
import { runLog } from "../../../support/run-log.ts";

const opened = async () => {
  const [nats, redis] = await Promise.all([startNatsServer({ syncAlways: false }), startRedisServer()]);
  const layout = { streams: 1, replicas: 1 };
  const platform = await openPlatform({ natsUrl: nats.url, redisUrl: redis.path, layout, log: runLog() });
  const publish = async (count: number): Promise<number> => {
    const acks = Array.from({ length: count }, (_, n) =>
      platform.js.publish(`case.00.advice.${String(n)}`, "{}", { timeout: 500 }),
    );
    return Math.max(...(await Promise.all(acks)).map(({ seq }) => seq));
  };
  let at = 0;
  const follow = () =>
    startFollower(platform.js, {
      link: platform.link,
      stream: "JOURNAL_0",
      apply: (batch) => {
        at = batch.at(-1)?.seq ?? at;
        return Promise.resolve();
      },
      position: () => Promise.resolve(at),
      onFault: () => undefined,
    });
  const reached = (seq: number, timeoutMs: number): Promise<true> =>
    eventually(() => Promise.resolve(at >= seq ? (true as const) : undefined), String(seq), timeoutMs);
  const close = async (): Promise<void> => {
    await platform.close();
    await Promise.all([nats[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
  };
  return { nats, publish, follow, reached, [Symbol.asyncDispose]: close };
};

test("a run is applied also when the client asked for more in the middle of it and nothing comes after it", async () => {
  await using hub = await opened();
  // The client asks for more when it was given a quarter of a thousand.
  const last = await hub.publish(253);
  const follower = hub.follow();
  await hub.reached(last, 3_000);
  for (let n = 0; n < 20; n++) await hub.reached(await hub.publish(13), 3_000);
  await follower.stop();
});

test("a server that is killed twice in a row is followed again within seconds", async () => {
  await using hub = await opened();
  const follower = hub.follow();
  for (let n = 0; n < 5; n++) {
    await hub.reached(await hub.publish(3), 3_000);
    await hub.nats.restart();
    await hub.nats.restart();
    const last = await eventually(() => hub.publish(3), "the server takes records", 5_000);
    await hub.reached(last, 5_000);
  }
  await follower.stop();
});
