/** The fuzzer, by hand: `npm run fuzz -- --help`. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Worker } from "node:worker_threads";
import { programBeside, startThread } from "../../gateways/apart/thread.ts";
import type { Finding } from "./loop.ts";
import { hangMs } from "./target.ts";
import { targets } from "./targets/targets.ts";
import { headBytes, type Order, type Said } from "./thread.ts";

const help = `Inputs that chance changes, led by what they reach in the hub's own code (V8's block coverage), against every edge that bytes come in by.

  npm run fuzz                          a minute over all targets together
  npm run fuzz -- --minutes 30          so long in all
  npm run fuzz -- --target oioxml       one of: ${targets.map(({ name }) => name).join(" ")}
  npm run fuzz -- --seed 7              the same again, as far as the machine's speed lets it
  npm run fuzz -- --keep                what is found is made small and kept in test/golden/findings, where a test tries it ever after

A crash, more than ${String(hangMs)} ms, more memory than a thread may have, and a promise of the edge that is broken are findings. Ends with 1 when there is one.
`;

const { values: asked } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    target: { type: "string" },
    seed: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const maxInputBytes = 1024 * 1024;

/** An input that takes longer than this is not waited for: its thread is ended, and the others go on. */
const patienceMs = 20_000;

const keep = async (target: string, { kind, bytes }: Finding): Promise<void> => {
  const folder = `test/golden/findings/${target}`;
  await mkdir(folder, { recursive: true });
  const name = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  await writeFile(`${folder}/${kind}-${name}.bin`, bytes);
};

const inputIn = (shared: SharedArrayBuffer): Uint8Array => {
  const length = new Float64Array(shared, 0, 2)[1] ?? 0;
  return Uint8Array.from(new Uint8Array(shared, headBytes, length));
};

/** Ends when the thread has done, dies, or is so long at one input that nobody waits. */
const watch = async (
  worker: Worker,
  shared: SharedArrayBuffer,
): Promise<{ said: Said; slowest: Finding | undefined }> => {
  let last: Said = { tried: 0, corpus: 0, places: 0, heapMb: 0, findings: [], done: false };
  let slowest: Finding | undefined;
  let end: Finding | undefined;
  worker.on("message", (said: Said) => {
    last = said;
  });
  worker.on("error", (error: Error & { code?: string }) => {
    const kind = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "leak" : "crash";
    end = { kind, message: `${error.name}: ${error.message}`, bytes: inputIn(shared) };
  });
  const begun = new Float64Array(shared, 0, 2);
  while (!last.done && end === undefined) {
    await sleep(100);
    const ms = Date.now() - (begun[0] ?? 0);
    if (begun[0] === 0 || ms < hangMs) continue;
    if (ms > patienceMs)
      end = { kind: "hang", message: `over ${String(patienceMs)} ms`, bytes: inputIn(shared) };
    else slowest = { kind: "hang", message: `${String(ms)} ms`, bytes: inputIn(shared) };
  }
  await worker.terminate();
  return { said: { ...last, findings: [...last.findings, ...(end === undefined ? [] : [end])] }, slowest };
};

/** The least of three times, here, with nothing else to do: the machine may have been busy, and coverage takes its time too. */
const isSlow = (name: string, bytes: Uint8Array): boolean => {
  const target = targets.find((one) => one.name === name);
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    try {
      target?.run(bytes);
    } catch {
      // What it throws was found by the thread: here its time alone counts.
    }
    return performance.now() - start;
  });
  return Math.min(...times) > hangMs;
};

const fuzz = async (target: string, seconds: number): Promise<Said> => {
  const shared = new SharedArrayBuffer(headBytes + maxInputBytes);
  const worker = startThread(programBeside(import.meta.url, "./thread"));
  worker.ref();
  const order: Order = { target, seed: Number(asked.seed), seconds, shared };
  worker.postMessage(order);
  const { said, slowest } = await watch(worker, shared);
  const { tried, corpus, places, heapMb, findings } = said;
  if (slowest !== undefined && isSlow(target, slowest.bytes)) findings.push(slowest);
  say(
    `${target.padEnd(12)}${String(tried).padStart(10)} inputs ${String(corpus).padStart(6)} kept ${String(places).padStart(7)} places ${String(heapMb).padStart(4)} MB ${String(findings.length)} findings`,
  );
  for (const found of findings) {
    say(`  ${found.kind}: ${found.message.slice(0, 120)} (${String(found.bytes.length)} bytes)`);
    if (asked.keep) await keep(target, found);
  }
  return said;
};

const run = async (): Promise<void> => {
  const wanted = targets.map(({ name }) => name).filter((name) => (asked.target ?? name) === name);
  if (asked.help || wanted.length === 0) {
    say(help);
    return;
  }
  const seconds = (Number(asked.minutes) * 60) / wanted.length;
  let [tried, found] = [0, 0];
  for (const target of wanted) {
    const said = await fuzz(target, seconds);
    tried += said.tried;
    found += said.findings.length;
  }
  say(`${String(tried)} inputs in ${asked.minutes} minutes, seed ${asked.seed}: ${String(found)} findings`);
  process.exitCode = found > 0 ? 1 : 0;
};

await run();
