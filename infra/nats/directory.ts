import type { JetStreamClient } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { Organisation } from "../../contracts/messages/directory.ts";
import { journalFault } from "./faults.ts";

export type DirectoryStore = {
  /** Looked up in memory; kept fresh by a watch on the bucket. */
  organisation: (gln: string) => Organisation | undefined;
  all: () => readonly Organisation[];
  put: (organisation: Organisation) => Promise<void>;
  /** Waits until the view holds what was put. */
  settled: () => Promise<void>;
  stop: () => void;
};

const bucket = "directory";

/** The directory in a JetStream KV bucket, the whole of it held in memory and watched. */
export const openDirectory = async (
  js: JetStreamClient,
  replicas: number,
  onFault: (error: unknown) => void,
): Promise<DirectoryStore> => {
  const kv = await new Kvm(js).create(bucket, { history: 5, replicas });
  const view = new Map<string, Organisation>();
  let sorted: readonly Organisation[] | undefined = [];
  const seen = { revision: 0, put: 0 };
  const watch = await kv.watch();
  const follow = async (): Promise<void> => {
    for await (const entry of watch) {
      const parsed = entry.operation === "PUT" ? Organisation.safeParse(entry.json()) : undefined;
      if (parsed?.success === true) view.set(entry.key, parsed.data);
      else view.delete(entry.key);
      sorted = undefined;
      seen.revision = entry.revision;
    }
  };
  follow().catch(onFault);
  const store: DirectoryStore = {
    organisation: (gln) => view.get(gln),
    all: () => (sorted ??= [...view.values()].toSorted((a, b) => a.gln.localeCompare(b.gln))),
    put: async (organisation) => {
      if (JSON.stringify(view.get(organisation.gln)) === JSON.stringify(organisation)) return;
      seen.put = await kv.put(organisation.gln, JSON.stringify(organisation)).catch((error: unknown) => {
        throw journalFault(error);
      });
    },
    settled: async () => {
      while (seen.revision < seen.put) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    stop: () => {
      watch.stop();
    },
  };
  // A service must not decide before it knows the directory.
  seen.put = (await kv.status()).streamInfo.state.last_seq;
  await store.settled();
  return store;
};
