import { connect, type Socket } from "node:net";

/** One kept-alive connection with one request in flight: as little client as can be, so that the hub is what is measured. */
export type HttpConnection = { send: (request: Buffer) => Promise<number>; close: () => void };

const headEnd = Buffer.from("\r\n\r\n");

const contentLength = (head: string): number => Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? "0");
const statusOf = (head: string): number => Number(head.slice(9, 12));

type Waiting = { resolve: (status: number) => void; reject: (error: Error) => void };

/** The status of a whole answer at the start of the bytes, and what is left after it. */
const takeAnswer = (bytes: Buffer): { status: number; rest: Buffer } | undefined => {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end + 2);
  const whole = end + headEnd.length + contentLength(head);
  return bytes.length < whole ? undefined : { status: statusOf(head), rest: bytes.subarray(whole) };
};

const attach = (socket: Socket): HttpConnection => {
  let waiting: Waiting | undefined;
  let bytes: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    bytes = bytes.length === 0 ? Buffer.from(chunk) : Buffer.concat([bytes, Buffer.from(chunk)]);
    const answer = takeAnswer(bytes);
    if (answer === undefined) return;
    bytes = answer.rest;
    waiting?.resolve(answer.status);
    waiting = undefined;
  });
  socket.on("error", (error) => {
    waiting?.reject(error);
    waiting = undefined;
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      socket.destroy();
    },
  };
};

export const openHttpConnection = (url: URL): Promise<HttpConnection> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    socket.once("connect", () => {
      resolve(attach(socket));
    });
    socket.once("error", reject);
  });

/** A POST as bytes. */
export const postBytes = (url: URL, headers: Readonly<Record<string, string>>, body: Buffer): Buffer => {
  const lines = Object.entries({ host: url.host, "content-length": String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(`POST ${url.pathname} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`), body]);
};
