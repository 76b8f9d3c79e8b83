import type { JetStreamClient } from "@nats-io/jetstream";
import { type KvEntry, Kvm } from "@nats-io/kv";
import { z } from "zod";
import { Instant } from "../../contracts/time.ts";
import { journalFault } from "./faults.ts";

const Pause = z.object({ at: Instant, by: z.string(), reason: z.string().optional() });
type Pause = z.infer<typeof Pause>;

/** Which receivers are brought nothing, by whose word: kept on the server, so that it outlives the hub and its index. */
export type ReceiverStore = {
  /** Looked up in memory; kept fresh by a watch on the bucket, in every process of the hub. */
  paused: (gln: string) => Pause | undefined;
  /** On disk, and seen by this process, when it returns; `undefined` ends it. @throws Fault */
  setPause: (gln: string, pause: Pause | undefined) => Promise<void>;
  stop: () => void;
};

const bucket = "receivers";

const pauseIn = (entry: KvEntry): Pause | undefined =>
  entry.operation === "PUT" ? Pause.safeParse(JSON.parse(entry.string())).data : undefined;

/** Hears of every change, by whichever process. */
export const openReceivers = async (
  js: JetStreamClient,
  {
    replicas,
    onChange,
    onFault,
  }: { replicas: number; onChange: () => void; onFault: (error: unknown) => void },
): Promise<ReceiverStore> => {
  const kv = await new Kvm(js).create(bucket, { history: 8, replicas });
  const pauses = new Map<string, Pause>();
  const take = (gln: string, pause: Pause | undefined): void => {
    if (pause === undefined) pauses.delete(gln);
    else pauses.set(gln, pause);
    onChange();
  };
  // Before anything goes out it is known who is to get nothing.
  for await (const key of await kv.keys()) {
    const entry = await kv.get(key);
    if (entry !== null) take(key, pauseIn(entry));
  }
  const watch = await kv.watch();
  const follow = async (): Promise<void> => {
    for await (const entry of watch) take(entry.key, pauseIn(entry));
  };
  follow().catch(onFault);
  return {
    paused: (gln) => pauses.get(gln),
    setPause: async (gln, pause) => {
      const written = pause === undefined ? kv.delete(gln) : kv.put(gln, JSON.stringify(pause));
      await Promise.resolve(written).catch((error: unknown) => {
        throw journalFault(error);
      });
      take(gln, pause);
    },
    stop: () => {
      watch.stop();
    },
  };
};
