import { Worker, type WorkerOptions } from "node:worker_threads";
import { Fault } from "../../contracts/errors.ts";
import type { XmlLimits } from "../xml/read-xml.ts";
import { parseDocument } from "./codec/parse-document.ts";
import type { ParsedDocument, UnreadableDocument } from "./codec/parsed-document.ts";
import { problemOf } from "./codec/problem-texts.ts";
import { refuseCodeOf } from "./codec/refuse-codes.ts";
import type { ParseAnswer, ParseOrder } from "./parse-thread.ts";

export type Parser = {
  /**
   * What a document holds. Its bytes are taken: afterwards they may be gone.
   * @throws Fault `service-unavailable` when no thread can be had for it.
   */
  parse: (bytes: Uint8Array) => Promise<ParsedDocument>;
  stop: () => Promise<void>;
};

export type ParserOptions = {
  limits: XmlLimits;
  /** Documents larger than this are read in the thread; smaller ones cost less to read than to hand over. */
  apartFromBytes?: number;
  /** How long a document of so many bytes may take, in milliseconds; longer is refused. */
  timeLimitMs?: (bytes: number) => number;
  /** The thread's own program, for tests of what happens when it fails. */
  program?: URL;
};

/** Markup as dense as it can be takes 10 to 15 ms of this size on one core. */
const apartFromBytes = 64 * 1024;
/** A document of 100 MB takes about two seconds, one that is all markup is at the limit of elements long before. */
const timeLimitMs = (bytes: number): number => 10_000 + bytes / 1_000;
/** Trees and texts; attachments are not counted here. What the limits allow needs about half of it. */
const heapMb = 256;
/** Most of what is read is garbage at once: more room for it is only more memory. */
const youngMb = 16;
/** A thread that is not needed for so long is ended, and one that had a document of this size at once. */
const idleMs = 30_000;
const largeBytes = 8 * 1024 * 1024;

const ownProgram = new URL(
  import.meta.url.endsWith(".ts") ? "./parse-thread.ts" : "./parse-thread.js",
  import.meta.url,
);

/** Compiled, a thread runs its program. From sources Node 20 reads no TypeScript in a thread until somebody teaches it. */
const startFrom = ({ href, pathname }: URL, options: WorkerOptions): Worker => {
  if (!pathname.endsWith(".ts")) return new Worker(new URL(href), options);
  const program = JSON.stringify(href);
  const lesson = `import("tsx/esm/api").then(({ register }) => (register(), import(${program})));`;
  return new Worker(lesson, { ...options, eval: true, execArgv: [] });
};

export const startThread = (program: URL): Worker => {
  const worker = startFrom(program, {
    name: "documents",
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  });
  // It keeps nobody from ending: whoever waits for an answer has a timer that does.
  worker.unref();
  return worker;
};

type Told = { answer: ParseAnswer } | { error: Error } | { late: true };

/** The next thing that is heard of a thread: its answer, its end, or nothing for so long. */
const hear = (worker: Worker, limitMs: number): Promise<Told> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      tell({ late: true });
    }, limitMs);
    const onMessage = (answer: ParseAnswer): void => {
      tell({ answer });
    };
    const onError = (error: unknown): void => {
      tell({ error: error instanceof Error ? error : new Error("The thread that reads documents failed.") });
    };
    const onExit = (): void => {
      tell({ error: new Error("The thread that reads documents ended by itself.") });
    };
    const tell = (told: Told): void => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(told);
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });

export const isOutOfMemory = (error: Error): boolean =>
  "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

/** Nothing of it could be read, so nobody in it can be told; whoever sent it is. */
export const tooCostly = (): UnreadableDocument => {
  const code = "document-too-costly";
  const problems = [problemOf(code, "")];
  return { kind: "unreadable", code, refuseCode: refuseCodeOf(code, problems), problems, letters: [] };
};

/** Bytes in memory of their own. What came inline lies in a larger piece that is not ours to give away. */
export const ownMemory = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
};

const startLimitMs = 60_000;

type State = { worker: Worker | undefined; idle: NodeJS.Timeout | undefined };

const endThread = async (state: State): Promise<void> => {
  const { worker } = state;
  clearTimeout(state.idle);
  state.worker = undefined;
  await worker?.terminate();
};

const threadOf = async (state: State, program: URL): Promise<Worker> => {
  clearTimeout(state.idle);
  if (state.worker !== undefined) return state.worker;
  const worker = startThread(program);
  // One that fails while nobody asks it anything, or once more while it ends, must not end the hub.
  worker.on("error", () => undefined);
  const told = await hear(worker, startLimitMs);
  if (!("answer" in told)) {
    await worker.terminate();
    throw new Fault("service-unavailable", { cause: "error" in told ? told.error : undefined });
  }
  worker.once("exit", () => {
    if (state.worker === worker) state.worker = undefined;
  });
  state.worker = worker;
  return worker;
};

/** After a document that took much the thread ends, and its memory is free; else it waits a while for the next. */
const rest = async (state: State, bytes: number): Promise<void> => {
  if (bytes >= largeBytes) await endThread(state);
  else
    state.idle = setTimeout(() => {
      void endThread(state);
    }, idleMs).unref();
};

const documentIn = (told: Told): ParsedDocument => {
  if ("late" in told) return tooCostly();
  if ("error" in told) {
    if (isOutOfMemory(told.error)) return tooCostly();
    throw told.error;
  }
  if ("document" in told.answer) return told.answer.document;
  throw new Error("The thread that reads documents told that it began, again.");
};

/**
 * Reads documents: small ones here, at once, and large ones in a thread of their own, one after another, so that nobody
 * else waits for them. A thread that takes too long, or too much memory, is ended, and the document refused; one that fails
 * is a defect of ours. Either way the next document gets a new thread.
 */
export const createParser = (options: ParserOptions): Parser => {
  const { limits, program = ownProgram } = options;
  const state: State = { worker: undefined, idle: undefined };
  let last: Promise<unknown> = Promise.resolve();
  const parseApart = async (bytes: Uint8Array): Promise<ParsedDocument> => {
    const size = bytes.byteLength;
    const worker = await threadOf(state, program);
    const own = ownMemory(bytes);
    const hearing = hear(worker, (options.timeLimitMs ?? timeLimitMs)(size));
    worker.postMessage({ bytes: own, limits } satisfies ParseOrder, [own.buffer]);
    const told = await hearing;
    if ("answer" in told) await rest(state, size);
    else await endThread(state);
    return documentIn(told);
  };
  return {
    parse: async (bytes) => {
      if (bytes.byteLength <= (options.apartFromBytes ?? apartFromBytes)) return parseDocument(bytes, limits);
      const parsed = last.then(() => parseApart(bytes));
      last = parsed.catch(() => undefined);
      return parsed;
    },
    stop: async () => {
      await last;
      await endThread(state);
    },
  };
};
