/** The index of the indicators in memory, as `infra/redis` keeps it: all or nothing, and only from where a run began. */
import type { CaseRecord } from "../../contracts/record.ts";
import type { Op } from "../../services/agreement/core/indicators/cells.ts";
import type { CountingPorts } from "../../services/agreement/indicators/projector.ts";
import type { Read } from "../../services/agreement/indicators/query.ts";

export type MemoryCounts = { ports: CountingPorts; read: Read };

export const memoryCounts = (records: () => readonly CaseRecord[]): MemoryCounts => {
  const texts = new Map<string, string>();
  const hashes = new Map<string, Map<string, string>>();
  const sets = new Map<string, Set<string>>();
  const positions = new Map<string, number>();
  const hash = (key: string) => {
    const found = hashes.get(key) ?? new Map<string, string>();
    hashes.set(key, found);
    return found;
  };
  const commands: Record<string, (key: string, ...args: string[]) => unknown> = {
    SET: (key, value = "") => texts.set(key, value),
    DEL: (key) => texts.delete(key),
    HSET: (key, field = "", value = "") => hash(key).set(field, value),
    HDEL: (key, field = "") => hash(key).delete(field),
    HINCRBY: (key, field = "", by = "0") =>
      hash(key).set(field, String(Number(hash(key).get(field) ?? 0) + Number(by))),
    SADD: (key, ...members) => sets.set(key, new Set([...(sets.get(key) ?? []), ...members])),
  };
  const write = ([command, key, ...args]: Op) => {
    const act = commands[command];
    if (act === undefined) throw new Error(`No such command: ${command}`);
    act(key, ...args);
  };
  return {
    ports: {
      position: (stream) => Promise.resolve(positions.get(stream) ?? 0),
      apply: (stream, { from, to }, ops) => {
        if ((positions.get(stream) ?? 0) !== from) return Promise.resolve(false);
        ops.forEach(write);
        positions.set(stream, to);
        return Promise.resolve(true);
      },
      get: (key) => Promise.resolve(texts.get(key) ?? null),
      mget: (keys) => Promise.resolve(keys.map((key) => texts.get(key) ?? null)),
      wipe: () => {
        for (const all of [texts, hashes, sets, positions]) all.clear();
        return Promise.resolve();
      },
      load: (caseId) =>
        Promise.resolve(
          records()
            .filter((record) => record.caseId === caseId)
            .map((record) => ({ record })),
        ),
      onSetAside: ({ code }) => {
        throw new Error(`A record was set aside: ${code}`);
      },
    },
    read: ({ streams, set, hashes: keys }) =>
      Promise.resolve({
        positions: streams.map((stream) => positions.get(stream) ?? 0),
        members: [...(sets.get(set) ?? [])].toSorted(),
        hashes: keys.map((key) => Object.fromEntries(hashes.get(key) ?? [])),
      }),
  };
};
