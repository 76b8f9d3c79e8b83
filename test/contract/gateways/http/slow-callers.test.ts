import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createServer } from "../../../../gateways/http/server.ts";
import { createFakeHub, testOptions } from "../../../support/http-ports.ts";

const limits = { headersMs: 300, requestMs: 600, connections: 4, requestsPerSecond: 0.2 };
let stop: () => Promise<unknown> = () => Promise.resolve();
afterEach(() => stop());

const listen = async (): Promise<number> => {
  const server = createServer(createFakeHub().ports, { ...testOptions, limits });
  stop = () => server.close();
  return Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
};

/** Says something and then a letter at a time, as a slow line or an attacker does. @returns what came back when it was ended */
const drip = async (port: number, first: string): Promise<string> => {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.on("data", (data: Buffer) => {
    heard += data.toString();
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(first);
  const dripping = setInterval(() => socket.write("a"), 20);
  await once(socket, "close");
  clearInterval(dripping);
  return heard;
};

test("a head that never ends is ended", async () => {
  const port = await listen();
  expect(await drip(port, "GET /health HTTP/1.1\r\nhost: hub\r\nx-slow: ")).toContain("408");
});

test("a body that never ends is ended", async () => {
  const port = await listen();
  const head = "POST /v1/messages HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer practice\r\n";
  const heard = await drip(port, `${head}content-type: application/xml\r\ncontent-length: 4000\r\n\r\n<`);
  expect(heard).not.toContain("HTTP/1.1 2");
});

test("more sockets than there may be are not taken in, and those that are there are served on", async () => {
  const port = await listen();
  const open = async (): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  };
  const sockets = [];
  for (let i = 0; i < limits.connections; i++) sockets.push(await open());
  const one = await open();
  await once(one, "close");
  const [first] = sockets;
  first?.write("GET /health HTTP/1.1\r\nhost: hub\r\n\r\n");
  if (first !== undefined) expect(String((await once(first, "data"))[0])).toContain("HTTP/1.1 200");
  for (const socket of sockets) socket.destroy();
});

test("a caller that asks too often is told when to come back, and others are served", async () => {
  const port = await listen();
  const ask = (token: string) =>
    fetch(`http://127.0.0.1:${String(port)}/v1/session`, { headers: { authorization: `Bearer ${token}` } });
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await ask("practice"));
  const late = answers.find(({ status }) => status === 429);
  expect(late).toBeDefined();
  expect(Number(late?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await late?.json()).toMatchObject({ code: "too-many-requests", fate: "retry" });
  expect((await ask("hospital")).status).toBe(200);
});
