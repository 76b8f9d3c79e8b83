/**
 * The CLI as it is shipped in a process that has read all of it once: runs one command line after the other, each with what
 * it printed and its exit code. Reading the program anew is all but the whole cost of a command that does little.
 */
import { run } from "../../gateways/cli/program.ts";

type Asked = { no: number; args: string[] };
export type Done = { no: number; code: number; out: string; err: string };

/** Takes what is written to a stream from now on, until told what it was. */
const take = (stream: NodeJS.WriteStream): (() => string) => {
  const chunks: Buffer[] = [];
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    chunks.push(Buffer.from(chunk));
    const written = more.find((one) => typeof one === "function");
    if (written !== undefined) (written as () => void)();
    return true;
  };
  return () => {
    stream.write = write;
    return Buffer.concat(chunks).toString();
  };
};

const runOne = async ({ no, args }: Asked): Promise<Done> => {
  const [out, err] = [take(process.stdout), take(process.stderr)];
  const ended = await run(args);
  // As `main.ts` has it: what a command said of itself goes before how it ended.
  const code = Number(process.exitCode ?? 0) || ended;
  process.exitCode = 0;
  return { no, code, out: out(), err: err() };
};

let last: Promise<unknown> = Promise.resolve();
process.on("message", (asked: Asked) => {
  last = last.then(async () => process.send?.(await runOne(asked)));
});
process.once("disconnect", () => {
  process.exit(0);
});
