import { Worker, type WorkerOptions } from "node:worker_threads";

/** Trees and texts; attachments are not counted here. What the limits of documents allow needs about half of it. */
const heapMb = 256;
/** Most of what is read is garbage at once: more room for it is only more memory. */
const youngMb = 16;

/** Compiled, a thread runs its program. From sources Node 20 reads no TypeScript in a thread until somebody teaches it. */
const startFrom = ({ href, pathname }: URL, options: WorkerOptions): Worker => {
  if (!pathname.endsWith(".ts")) return new Worker(new URL(href), options);
  const program = JSON.stringify(href);
  const lesson = `import("tsx/esm/api").then(({ register }) => (register(), import(${program})));`;
  return new Worker(lesson, { ...options, eval: true, execArgv: [] });
};

/** The program of a thread that stands beside a module, of the sources as of what is compiled: `programBeside(import.meta.url, "./parse-thread")`. */
export const programBeside = (module: string, name: string): URL =>
  new URL(`${name}${module.endsWith(".ts") ? ".ts" : ".js"}`, module);

export const startThread = (program: URL): Worker => {
  const worker = startFrom(program, {
    name: "documents",
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  });
  // It keeps nobody from ending: whoever waits for an answer has a timer that does.
  worker.unref();
  return worker;
};

/** What was heard of a thread: its answer, how it failed, or nothing for so long. */
export type Heard<Answer> = { answer: Answer } | { error: Error } | { late: true };

/** The next thing that is heard of a thread. */
export const hear = <Answer>(worker: Worker, limitMs: number): Promise<Heard<Answer>> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      tell({ late: true });
    }, limitMs);
    const onMessage = (answer: Answer): void => {
      tell({ answer });
    };
    const onError = (error: unknown): void => {
      tell({ error: error instanceof Error ? error : new Error("A thread failed.") });
    };
    const onExit = (): void => {
      tell({ error: new Error("A thread ended by itself.") });
    };
    const tell = (heard: Heard<Answer>): void => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(heard);
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });

/** Whether a document cost too much: a thread that is late, or that ran out of memory, is no defect of ours. */
export const isTooCostly = (heard: { error: Error } | { late: true }): boolean =>
  "late" in heard || ("code" in heard.error && heard.error.code === "ERR_WORKER_OUT_OF_MEMORY");
