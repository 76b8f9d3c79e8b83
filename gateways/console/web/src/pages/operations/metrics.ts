import type { Sample } from "../../../../../../contracts/prometheus-text.ts";

/** All of that name together; `undefined`: the hub does not tell it. */
const sumOf = (samples: readonly Sample[], name: string): number | undefined => {
  const named = samples.filter((sample) => sample.name === name);
  return named.length === 0 ? undefined : named.reduce((sum, { value }) => sum + value, 0);
};

/** What waits, and how near the hub is to asking senders to come back later. */
export type Queues = {
  waiting: number;
  pushWaiting: number;
  pushOldestSeconds: number;
  lateSeconds: number;
  indexAwaySeconds: number;
  memoryBytes: number;
  /** Absent: the journal is on another machine. */
  freeBytes?: number;
  /** Documents that were brought since the hub started, by what came of the attempt. */
  attempts: Readonly<Record<string, number>>;
};

const attemptsIn = (samples: readonly Sample[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const { name, labels, value } of samples)
    if (name === "sektorbro_push_attempts_total" && labels["result"] !== undefined)
      counted[labels["result"]] = (counted[labels["result"]] ?? 0) + value;
  return counted;
};

export const queuesOf = (samples: readonly Sample[]): Queues => {
  const of = (name: string): number => sumOf(samples, name) ?? 0;
  const free = sumOf(samples, "sektorbro_disk_free_bytes");
  return {
    waiting: of("sektorbro_intake_waiting"),
    pushWaiting: of("sektorbro_push_waiting"),
    pushOldestSeconds: of("sektorbro_push_oldest_seconds"),
    lateSeconds: of("sektorbro_late_seconds"),
    indexAwaySeconds: of("sektorbro_index_away_seconds"),
    memoryBytes: of("process_resident_memory_bytes"),
    ...(free === undefined ? {} : { freeBytes: free }),
    attempts: attemptsIn(samples),
  };
};
