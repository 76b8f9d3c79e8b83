import { setTimeout as sleep } from "node:timers/promises";
import { DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import { type AuditEntry, SealedEntry } from "../../contracts/messages/audit.ts";
import { auditSubject } from "../../contracts/subjects.ts";
import { type Head, noHead, seal } from "../audit/chain.ts";
import { isConflict } from "./faults.ts";
import { parseJson } from "./json.ts";
import type { Link } from "./link.ts";
import type { Publish } from "./publish.ts";
import type { Wanted } from "./streams.ts";

export const auditStreamName = "AUDIT";

const nanosPerDay = 86_400 * 1_000_000_000;

/** Append-only: nothing can be deleted or purged but by age, and a full store refuses rather than forgets. */
export const auditStream = (replicas: number, keptDays: number): Wanted => ({
  name: auditStreamName,
  subjects: [auditSubject],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.New,
  deny_delete: true,
  deny_purge: true,
  max_age: keptDays * nanosPerDay,
  allow_direct: true,
  num_replicas: replicas,
  max_bytes: -1,
});

/** One message of the stream: what was looked at while the message before was being written. */
export const AuditBatch = z.array(SealedEntry).min(1);

export type AuditLog = {
  /** On disk when it resolves. @throws Fault `audit-unavailable`: then nothing may be shown */
  write: (entry: AuditEntry) => Promise<void>;
};

type World = { publish: Publish; jsm: JetStreamManager; link: Link; key: string };
type Standing = { head: Head; seq: number };
type Waiting = { entry: AuditEntry; resolve: () => void; reject: (error: unknown) => void };

const encoder = new TextEncoder();
const mostTogether = 500;
/** Several hubs write the one chain: who comes too late looks where it stands and writes after it. */
const mostTries = 12;
const pauseMs = 5;

const standing = async ({ jsm, link }: World): Promise<Standing> => {
  const found = await link.hold(() =>
    jsm.streams.getMessage(auditStreamName, { last_by_subj: auditSubject }),
  );
  if (found === null) return { head: noHead, seq: 0 };
  const last = AuditBatch.parse(parseJson(found.data)).at(-1);
  return { head: last === undefined ? noHead : { no: last.no, hash: last.hash }, seq: found.seq };
};

/** Writes entries after whatever stands last. What was written under a lost answer is found by its hash, and not written twice. */
const append = async (
  world: World,
  entries: readonly AuditEntry[],
  known: Standing | undefined,
): Promise<Standing> => {
  let at = known;
  let tried: string | undefined;
  for (let n = 0; n < mostTries; n++) {
    at ??= await standing(world);
    if (tried !== undefined && at.head.hash === tried) return at;
    const sealed = seal(world.key, at.head, entries);
    const last = sealed.at(-1);
    if (last === undefined) return at;
    tried = last.hash;
    try {
      const data = encoder.encode(JSON.stringify(sealed));
      const seq = await world.publish(auditSubject, data, { lastSubjectSequence: at.seq });
      return { head: { no: last.no, hash: last.hash }, seq };
    } catch (error) {
      if (!isConflict(error) && n > 0) throw error;
      at = undefined;
      await sleep(pauseMs * (n + 1));
    }
  }
  throw new Fault("audit-unavailable");
};

/**
 * Who looked at what, in one chain. Looks that come while one is being written are written together next, with one fsync for all of
 * them: many callers cost little more than one, and nobody waits longer than for two writes.
 */
export const createAuditLog = (world: World): AuditLog => {
  const waiting: Waiting[] = [];
  let at: Standing | undefined;
  let writing = false;
  const writeAll = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostTogether);
      try {
        at = await append(
          world,
          batch.map(({ entry }) => entry),
          at,
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        at = undefined;
        const fault = new Fault("audit-unavailable", { cause: error });
        for (const { reject } of batch) reject(fault);
      }
    }
    writing = false;
  };
  return {
    write: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        if (!writing) void writeAll();
      }),
  };
};
