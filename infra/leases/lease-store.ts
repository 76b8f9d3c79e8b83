import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { parseJson } from "../nats/json.ts";
import type { Link } from "../nats/link.ts";
import type { Publish } from "../nats/publish.ts";
import type { Log } from "../observability/logger.ts";
import { type LeaseStore, type Leases, startLeases } from "./leases.ts";

const bucket = "leases";
const stream = `KV_${bucket}`;
const subject = `$KV.${bucket}.table`;
const encoder = new TextEncoder();

type Place = { nc: NatsConnection; js: JetStreamClient; jsm: JetStreamManager; link: Link; publish: Publish };

/** The table as one key of a JetStream bucket. In R3 the two servers that are left keep it, as they keep the journal. */
const openLeaseStore = async (at: Place, replicas: number): Promise<LeaseStore> => {
  const { nc, js, jsm, link, publish } = at;
  await new Kvm(js).create(bucket, { history: 1, replicas });
  return {
    read: async () => {
      const found = await link.hold(() => jsm.direct.getMessage(stream, { last_by_subj: subject }));
      return found === null
        ? { value: undefined, revision: 0 }
        : { value: parseJson(found.data), revision: found.seq };
    },
    write: async (table, revision) => {
      await publish(subject, encoder.encode(JSON.stringify(table)), { lastSubjectSequence: revision });
    },
    onWritten: (listener) => {
      const subscription = nc.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) listener(parseJson(message.data));
        },
      });
      return () => {
        subscription.unsubscribe();
      };
    },
  };
};

/** Shares out with the other hubs on the same servers. */
export const openLeases = async (
  at: Place,
  { me, replicas, log }: { me: string; replicas: number; log: Log },
): Promise<Leases> =>
  startLeases({
    me,
    store: await openLeaseStore(at, replicas),
    nowMs: () => performance.now(),
    onFault: (error) => {
      log.info("leases-wait", { error });
    },
  });
