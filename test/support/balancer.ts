import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What stands in front of several hubs: takes turns among those that say that they are ready, and tries nothing twice. */
export type Balancer = AsyncDisposable & {
  url: string;
  /** Requests that no hub took, or whose hub went before it had answered. */
  broken: string[];
  /** How many each hub got. */
  served: () => readonly number[];
  readyCount: () => number;
};

const lookEveryMs = 50;

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1_000) }).then(
    async (answer) => {
      await answer.text();
      return answer.ok;
    },
    () => false,
  );

export const startBalancer = async (hubs: readonly { url: () => string }[]): Promise<Balancer> => {
  const agent = new Agent({ keepAlive: true });
  const ready = hubs.map(() => false);
  const served = hubs.map(() => 0);
  const broken: string[] = [];
  const ending = new AbortController();
  const look = async (i: number): Promise<void> => {
    while (!ending.signal.aborted) {
      ready[i] = await isReady(hubs[i]?.url() ?? "");
      await sleep(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const looking = hubs.map((_, i) => look(i));
  let next = 0;
  const pick = (): number | undefined => {
    for (let tries = 0; tries < hubs.length; tries++) {
      next = (next + 1) % hubs.length;
      if (ready[next] === true) return next;
    }
    return undefined;
  };
  const giveUp = (response: ServerResponse, why: string): void => {
    broken.push(why);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  };
  const pass = (incoming: IncomingMessage, response: ServerResponse): void => {
    const i = pick();
    if (i === undefined) {
      giveUp(response, "no hub is ready");
      return;
    }
    served[i] = (served[i] ?? 0) + 1;
    const { method, headers } = incoming;
    const { connection: _own, ...passed } = headers;
    const outgoing = request(
      `${hubs[i]?.url() ?? ""}${incoming.url ?? ""}`,
      { method, headers: passed, agent },
      (answer) => {
        const { connection: _theirs, ...back } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, back);
        answer.pipe(response);
        answer.once("error", () => {
          giveUp(response, "an answer that broke off");
        });
      },
    );
    outgoing.once("error", (error) => {
      giveUp(response, `hub ${String(i)}: ${error.message}`);
    });
    incoming.pipe(outgoing);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    broken,
    served: () => served,
    readyCount: () => ready.filter(Boolean).length,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await Promise.all(looking);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
