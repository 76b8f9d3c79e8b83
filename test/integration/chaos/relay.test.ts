import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { startRelay } from "../../chaos/relay.ts";
import { eventually } from "../../support/eventually.ts";

/** A server that answers each piece with the same, and says what it was asked. */
const startEcho = async () => {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (piece) => {
      asked.push(piece.toString());
      socket.write(piece);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

const callAt = async (port: number) => {
  const heard: string[] = [];
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.on("data", (piece) => heard.push(piece.toString()));
  let closed = false;
  socket.once("close", () => {
    closed = true;
  });
  await once(socket, "connect");
  return { heard, socket, closed: () => closed };
};

const is = (what: () => boolean, text: string): Promise<true> =>
  eventually(() => Promise.resolve(what() ? true : undefined), text);

test("a wire that is open carries both ways, and one that is cut ends what was there and takes nobody", async () => {
  using echo = await startEcho();
  await using relay = await startRelay(() => ({ host: "127.0.0.1", port: echo.port }));
  const call = await callAt(relay.port);
  call.socket.write("one");
  await is(() => call.heard.join("") === "one", "the echo");
  relay.set("refused");
  await is(call.closed, "the end");
  const other = await callAt(relay.port);
  await is(other.closed, "the refusal");
  expect(echo.asked).toEqual(["one"]);
});

test("over a deaf wire the work is asked for and the answer never comes; over a silent one it is not even asked", async () => {
  using echo = await startEcho();
  await using relay = await startRelay(() => ({ host: "127.0.0.1", port: echo.port }));
  const call = await callAt(relay.port);
  relay.set("deaf");
  call.socket.write("deaf");
  await is(() => echo.asked.includes("deaf"), "the question");
  await is(() => relay.withheld() === 4, "the withheld answer");
  expect(call.heard).toEqual([]);
  relay.set("silent");
  call.socket.write("silent");
  await is(() => relay.withheld() === 6, "the withheld question");
  expect(echo.asked).toEqual(["deaf"]);
  relay.set("open");
  await is(call.closed, "the end of a connection that lost something");
});

test("what a slow wire still holds is not overtaken when it heals", async () => {
  using echo = await startEcho();
  await using relay = await startRelay(() => ({ host: "127.0.0.1", port: echo.port }));
  const call = await callAt(relay.port);
  relay.set("slow");
  call.socket.write("first ");
  await new Promise((resolve) => setTimeout(resolve, 20));
  relay.set("open");
  call.socket.write("second");
  await is(() => call.heard.join("") === "first second", "both in order");
});
