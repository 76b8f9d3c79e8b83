import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What a wire does. `open`: carries. `refused`: every connection ends and none is taken. `silent`: connections stay and are taken, and
 * nothing passes in either direction, as with a firewall that forgets. `deaf`: what is asked passes, what is answered does not:
 * the work is done and nobody hears of it. `slow`: everything passes, each piece late.
 */
export type Wire = "open" | "refused" | "silent" | "deaf" | "slow";

/** A wire between two processes that can be cut. */
export type Relay = AsyncDisposable & {
  port: number;
  set: (wire: Wire) => void;
  /** Bytes that did not pass since the wire was last open. */
  withheld: () => number;
};

type Target = { host: string; port: number } | { path: string };

const slowMs = 150;

/** Writes pieces in order, each as late as it is told: none overtakes one that is late still. */
const lane = (to: Socket): ((chunk: Buffer, lateMs: number) => void) => {
  let [last, waiting] = [Promise.resolve(), 0];
  return (chunk, lateMs) => {
    if (lateMs === 0 && waiting === 0) {
      to.write(chunk);
      return;
    }
    const due = Date.now() + lateMs;
    waiting += 1;
    last = last.then(async () => {
      await sleep(Math.max(0, due - Date.now()));
      if (to.writable) to.write(chunk);
      waiting -= 1;
    });
  };
};

/**
 * Carries connections on a port of the kernel's choice to `target`. Whoever was cut off silently or was not answered is
 * disconnected when the wire heals: what was withheld is lost, as it is on a real network whose connections die.
 */
export const startRelay = async (target: () => Target): Promise<Relay> => {
  let wire: Wire = "open";
  let withheld = 0;
  const pairs = new Set<readonly [Socket, Socket]>();
  const endAll = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const pass = (from: Socket, to: Socket, stops: readonly Wire[]): void => {
    const write = lane(to);
    from.on("data", (chunk: Buffer) => {
      if (stops.includes(wire)) withheld += chunk.length;
      else write(chunk, wire === "slow" ? slowMs : 0);
    });
  };
  const server: Server = createServer((near) => {
    if (wire === "refused") {
      near.destroy();
      return;
    }
    const far = connect(target());
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [socket, other] of [pair, [far, near] as const]) {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        pairs.delete(pair);
        // What came before the end is carried still.
        other.destroySoon();
      });
    }
    pass(near, far, ["silent"]);
    pass(far, near, ["silent", "deaf"]);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    set: (wanted) => {
      const broken = wire === "silent" || wire === "deaf";
      if (wanted === "refused" || (wanted === "open" && broken)) endAll();
      if (wanted !== "open") withheld = 0;
      wire = wanted;
    },
    withheld: () => withheld,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        endAll();
      }),
  };
};
