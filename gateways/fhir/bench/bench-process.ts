import { fork } from "node:child_process";
import { programBeside } from "../../apart/thread.ts";
import type { BenchTime, BenchTurn, BenchWork } from "./bench-work.ts";

/** One work in a process of its own: what the engine compiled and keeps of one is nothing to the next. */
export interface BenchProcess {
  /** Times a second of processor time, of about so many milliseconds of it. */
  readonly perSecond: (ms: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const program = programBeside(import.meta.url, "./bench-work");

/** What is passed in the first turn, which is to say how many there are to a turn. */
const firstTimes = 8;

/** Starts the work. @throws when its process ends before its time. */
export const startBenchProcess = async (work: BenchWork): Promise<BenchProcess> => {
  const child = fork(program, { serialization: "advanced" });
  const ask = (order: BenchWork | BenchTurn): Promise<number> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => {
        reject(new Error(`the process of ${work.reader} ended (${String(code)})`));
      };
      child.once("exit", onExit);
      child.once("message", ({ micros }: BenchTime) => {
        child.off("exit", onExit);
        resolve(micros);
      });
      child.send(order);
    });
  await ask(work);
  let perMs = firstTimes / ((await ask({ times: firstTimes })) / 1_000);
  const perSecond = async (ms: number): Promise<number> => {
    const times = Math.max(1, Math.round(perMs * ms));
    const micros = await ask({ times });
    perMs = (times * 1_000) / Math.max(1, micros);
    return perMs * 1_000;
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    await ended;
  };
  return { perSecond, stop };
};
