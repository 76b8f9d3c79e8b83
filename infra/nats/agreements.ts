import { gunzipSync, gzipSync } from "node:zlib";
import type { JetStreamClient } from "@nats-io/jetstream";
import { type KV, type KvEntry, Kvm } from "@nats-io/kv";
import type { Agreement } from "../../contracts/agreement.ts";
import { AgreementBook, clocksOf, emptyBook } from "../../contracts/agreement-book.ts";
import { Fault } from "../../contracts/errors.ts";
import { isConflict, journalFault } from "./faults.ts";

/** What to make of the book; without `book` nothing is written. `result` goes back to whoever asked. */
type BookStep<Result> = (book: AgreementBook) => { book?: AgreementBook; result: Result };

export type AgreementStore = {
  /** Looked up in memory; kept fresh by a watch on the bucket. */
  book: () => AgreementBook;
  /** Every agreement that clocks run by. */
  clocks: () => readonly Agreement[];
  /**
   * All of it or nothing, in force everywhere once the one entry is on disk. The step is taken again on what another process
   * wrote meanwhile. @throws Fault: nothing changed, or with fate `ask` perhaps all of it
   */
  change: <Result>(step: BookStep<Result>) => Promise<Result>;
  /** Waits until this process sees what it wrote. */
  settled: () => Promise<void>;
  stop: () => void;
};

const bucket = "agreements";
const key = "book";
/** As many as the server keeps of one key: who changed what stands in the book itself as well. */
const versions = 64;
/** Under what the server takes in one message (8 MB), with room for its headers. */
const maxPackedBytes = 7 * 1024 * 1024;

const decoder = new TextDecoder();
const bookFrom = (entry: KvEntry | null): AgreementBook =>
  entry?.operation === "PUT"
    ? AgreementBook.parse(JSON.parse(decoder.decode(gunzipSync(entry.value))))
    : emptyBook;

type View = { book: AgreementBook; clocks: readonly Agreement[]; revision: number };

const take = (view: View, entry: KvEntry): void => {
  view.book = bookFrom(entry);
  view.clocks = clocksOf(view.book);
  view.revision = entry.revision;
};

const written = async (kv: KV, book: AgreementBook, previousSeq: number): Promise<number> => {
  const bytes = gzipSync(JSON.stringify(book));
  if (bytes.length > maxPackedBytes) throw new Fault("document-too-large");
  return kv.put(key, bytes, { previousSeq });
};

/** @returns the result, and the revision from which on the change is in force */
const stepped = async <Result>(
  kv: KV,
  step: BookStep<Result>,
): Promise<{ result: Result; revision: number }> => {
  for (;;) {
    const found = await kv.get(key);
    const { book, result } = step(bookFrom(found));
    if (book === undefined) return { result, revision: found?.revision ?? 0 };
    try {
      return { result, revision: await written(kv, book, found?.revision ?? 0) };
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
};

/** The agreements in a JetStream KV bucket, held in memory and watched. */
export const openAgreements = async (
  js: JetStreamClient,
  replicas: number,
  onFault: (error: unknown) => void,
): Promise<AgreementStore> => {
  const kv = await new Kvm(js).create(bucket, { history: versions, replicas });
  const view: View = { book: emptyBook, clocks: clocksOf(emptyBook), revision: 0 };
  const watch = await kv.watch({ key });
  const follow = async (): Promise<void> => {
    for await (const entry of watch) take(view, entry);
  };
  follow().catch(onFault);
  // A service must not decide before it knows what was agreed on.
  const seen = { put: (await kv.status()).streamInfo.state.last_seq };
  const settled = async (): Promise<void> => {
    while (view.revision < seen.put) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await settled();
  return {
    book: () => view.book,
    clocks: () => view.clocks,
    change: async (step) => {
      const { result, revision } = await stepped(kv, step).catch((error: unknown) => {
        throw error instanceof Fault ? error : journalFault(error);
      });
      seen.put = Math.max(seen.put, revision);
      return result;
    },
    settled,
    stop: () => {
      watch.stop();
    },
  };
};
