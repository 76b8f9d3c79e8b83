/** A program for a thread, of a test's own. */
export const program = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

/** One of a thread that is kept: it says that it is ready, and then does what `onOrder` does with the `bytes` of each order. */
export const keptProgram = (onOrder: string): URL =>
  program(
    `import { parentPort } from "node:worker_threads";
     parentPort.on("message", ({ bytes }) => { ${onOrder} });
     parentPort.postMessage({ ready: true });`,
  );
