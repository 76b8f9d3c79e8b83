import { Worker } from "node:worker_threads";
import { xdis91 } from "./golden-samples.ts";

type Calls = { answered: number; statuses: number[]; worstMs: number };
export type SmallCaller = { stop: () => Promise<Calls> };

const program = `
const { parentPort, workerData } = require("node:worker_threads");
const { url, token, letters } = workerData;
const authorization = "Bearer " + token;
const xml = { authorization, "content-type": "application/xml", accept: "application/json" };
let going = true;
parentPort.on("message", () => { going = false; });
const calls = { answered: 0, statuses: [], worstMs: 0 };
const call = async (path, init) => {
  const began = performance.now();
  const answer = await fetch(url + path, init);
  await answer.arrayBuffer();
  calls.worstMs = Math.max(calls.worstMs, performance.now() - began);
  calls.answered += 1;
  if (!calls.statuses.includes(answer.status)) calls.statuses.push(answer.status);
};
const run = async () => {
  while (going) {
    await call("/v1/inbox?limit=5", { headers: { authorization } });
    const body = letters.pop();
    if (body !== undefined) await call("/v1/messages", { method: "POST", headers: xml, body });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  parentPort.postMessage(calls);
  parentPort.close();
};
run();
`;

/** Each has a made-up number of its own, of which there are ten thousand. */
const manyLetters = 200;

/** Asks small things of a hub, and sends small letters, one after another until it is stopped; from a thread of its own. */
export const startSmallCaller = (url: string, token: string): SmallCaller => {
  const letters = Array.from({ length: manyLetters }, () => xdis91());
  const worker = new Worker(program, { eval: true, workerData: { url, token, letters } });
  const told = new Promise<Calls>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  return {
    stop: async () => {
      worker.postMessage("stop");
      return await told;
    },
  };
};
