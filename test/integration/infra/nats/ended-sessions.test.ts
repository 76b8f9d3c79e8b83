import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { openEndedSessions } from "../../../../infra/nats/ended-sessions.ts";
import { eventually } from "../../../support/eventually.ts";
import { startNatsServer } from "../../../support/nats-server.ts";

test("a session that ended at one hub has ended at all, also at one that is started later", async () => {
  await using nats = await startNatsServer();
  const hub = async (keptMs = 3_600_000) => {
    const nc = await connect({ servers: nats.url });
    const sessions = await openEndedSessions(jetstream(nc), {
      ...{ replicas: 1, keptMs },
      onFault: (error) => {
        throw error;
      },
    });
    const close = async (): Promise<void> => {
      sessions.stop();
      await nc.close();
    };
    return { ...sessions, [Symbol.asyncDispose]: close };
  };
  await using one = await hub();
  await using other = await hub();
  await one.end("session-1");
  expect(one.has("session-1")).toBe(true);
  await eventually(() => Promise.resolve(other.has("session-1") ? true : undefined), "the other knows");
  await using later = await hub();
  expect(later.has("session-1")).toBe(true);
  expect(later.has("session-2")).toBe(false);
});
