/** The entry of a process that does one work of the benchmark, as often as it is told, and answers what processor time it took. */
import type { FhirFormat } from "../codec/model/read-fhir.ts";
import { parseMessage } from "../parse-message.ts";
import { engine, readerOf } from "./peers.ts";
import { printed, taken } from "./samples.ts";

/** `reader`: `take`, `print`, or the package that another reader is of. */
export interface BenchWork {
  readonly reader: string;
  readonly format: FhirFormat;
  readonly bytes: Uint8Array;
}

/** How often to do it now. */
export interface BenchTurn {
  readonly times: number;
}

/** Processor time of this process, all its threads: an engine's collector works in some of its own. */
export interface BenchTime {
  readonly micros: number;
}

const workOf = async ({ reader, format, bytes }: BenchWork): Promise<() => void> => {
  if (reader === "take") return () => void parseMessage(bytes);
  if (reader === "print") {
    const { typed } = taken("message", bytes);
    return () => void printed(typed, format);
  }
  const found: unknown = reader === engine ? undefined : await import(reader);
  const read = readerOf(reader, format, found);
  if (read === undefined) throw new Error(`no such reader: ${reader}`);
  // The same bytes, as the string that each of them begins with.
  return () => void read(Buffer.from(bytes).toString());
};

const answer = (time: BenchTime): void => void process.send?.(time);

const takeTurns = (work: () => void): void => {
  process.on("message", ({ times }: BenchTurn) => {
    const start = process.cpuUsage();
    for (let time = 0; time < times; time += 1) work();
    const { user, system } = process.cpuUsage(start);
    answer({ micros: user + system });
  });
  answer({ micros: 0 });
};

process.once("message", (work: BenchWork) => {
  void workOf(work).then(takeTurns);
});
