import { createHash } from "node:crypto";
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Printed } from "../../gateways/tables/losses.ts";
import { emittedVariable, rootOf } from "./judge-emitted.ts";

const seen = new Set<string>();

/**
 * Keeps a document that the hub emitted, to be held against MedCom's schemas when the run is over; each content once.
 * What is no OIOXML is passed by. What the hub passes on as it came is not for here: it is somebody else's.
 */
export const keepEmitted = (bytes: Uint8Array): void => {
  const folder = process.env[emittedVariable];
  if (folder === undefined || rootOf(bytes) === undefined) return;
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (seen.has(digest)) return;
  seen.add(digest);
  const { testPath = "", currentTestName = "" } = expect.getState();
  const file = join(folder, `${digest}.xml`);
  if (existsSync(file)) return;
  writeFileSync(file, bytes);
  const from = `${testPath.replace(`${process.cwd()}/`, "")} > ${currentTestName}`;
  appendFileSync(join(folder, `${String(process.pid)}.index`), `${digest} ${from.replaceAll("\n", " ")}\n`);
};

const alreadyKept = Symbol.for("sektorbro.answers-are-kept");

/**
 * Sees to it that every XML document which a hub answers a test with is kept: the one way that they all come by HTTP. The
 * original of a document is answered as bytes, and is not among them.
 */
export const keepAnswers = (): void => {
  if (process.env[emittedVariable] === undefined || alreadyKept in globalThis) return;
  const ask = globalThis.fetch;
  const askAndKeep: typeof fetch = async (...asked) => {
    const answer = await ask(...asked);
    if (/^(application|text)\/xml/.test(answer.headers.get("content-type") ?? ""))
      keepEmitted(new Uint8Array(await answer.clone().arrayBuffer()));
    return answer;
  };
  Object.assign(globalThis, { fetch: askAndKeep, [alreadyKept]: true });
};

/** Keeps what a printer of the hub prints; but for what it says itself that the standard does not allow. */
export const keepPrinted = <P extends Printed>(printed: P): P => {
  if (!printed.losses.some(({ code }) => code === "required-missing")) keepEmitted(printed.bytes);
  return printed;
};
