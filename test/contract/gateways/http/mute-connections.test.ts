import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { createServer } from "../../../../gateways/http/server.ts";
import { eventually } from "../../../support/eventually.ts";
import { createFakeHub, testOptions } from "../../../support/http-ports.ts";

const listening = async () => {
  const hub = createFakeHub();
  const server = createServer(hub.ports, testOptions);
  const url = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const connected = async () => {
    const accepted = once(server.server, "connection");
    const socket = connect(Number(url.port), url.hostname);
    await accepted;
    return socket;
  };
  return { hub, server, connected };
};

test("a connection on which nothing was asked does not keep the server from stopping", async () => {
  const { server, connected } = await listening();
  const socket = await connected();
  const gone = once(socket, "close");
  await server.close();
  await gone;
  expect(socket.destroyed).toBe(true);
});

test("a request that is under way when the server stops is answered", async () => {
  const { hub, server, connected } = await listening();
  const socket = await connected();
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let isAsked = false;
  hub.ports.health = async () => {
    isAsked = true;
    await asked;
    return { ok: true, durability: "safe", parts: {} };
  };
  socket.write("GET /health HTTP/1.1\r\nhost: hub\r\n\r\n");
  await eventually(() => Promise.resolve(isAsked ? true : undefined), "the request");
  const closed = server.close();
  answer();
  const [bytes] = (await once(socket, "data")) as [Buffer];
  expect(bytes.toString()).toContain("HTTP/1.1 200 OK");
  socket.destroy();
  await closed;
});
