import { MessageChannel } from "node:worker_threads";

/** Bytes in memory of their own. What came inline lies in a larger piece that is not ours to give away. */
export const ownMemory = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
};

/** The memory that values lie in, each once: it changes threads, and is not copied. */
export const memoryOf = (values: Iterable<Uint8Array>): ArrayBuffer[] => {
  const buffers = [...values].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  return [...new Set(buffers)];
};

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Gives memory back now: sent to nobody it is gone with the channel. The collector would come by when it is too late. */
export const forgetMemory = async ({ buffer }: Uint8Array): Promise<void> => {
  if (!(buffer instanceof ArrayBuffer)) return;
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(undefined, [buffer]);
  port2.close();
  await turn();
  await turn();
};
