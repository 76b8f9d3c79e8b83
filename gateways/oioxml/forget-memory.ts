import { MessageChannel } from "node:worker_threads";

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
