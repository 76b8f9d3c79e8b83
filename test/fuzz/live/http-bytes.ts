import { connect } from "node:net";
import { mutate as mutateFhir } from "../../support/fhir-mutations.ts";
import { pick, upTo } from "../../support/mutation-parts.ts";
import { mutate as mutateXml, type Random } from "../../support/oioxml-mutations.ts";

/** A request as bytes are on the wire, in parts that can be spoilt one by one. */
export type Wire = { line: string; headers: readonly string[]; body: Uint8Array };

const lines = [
  ...["GET / HTTP/1.1", "get /v1/worklist HTTP/1.1", "GET /v1/worklist HTTP/9.9", "GET /v1/worklist"],
  ...["GET /v1/cases/%00 HTTP/1.1", "GET /v1/cases/..%2f..%2fetc%2fpasswd HTTP/1.1", "GET //evil/ HTTP/1.1"],
  ...["GET http://127.0.0.1:1/ HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT a:1 HTTP/1.1", "TRACE / HTTP/1.1"],
  ...["PRI * HTTP/2.0", "GET /console/../package.json HTTP/1.1", "DELETE /v1/cases/x HTTP/1.1"],
  ...[`GET /v1/inbox?limit=${"9".repeat(400)} HTTP/1.1`, "GET /v1/sent?sort[]=a&sort=b HTTP/1.1"],
  ...[`GET /v1/messages?${"a=1&".repeat(3_000)} HTTP/1.1`, "GET /v1/cases/%E0%A4%A HTTP/1.1"],
  ...["GET /v1/agreements/why?at=__proto__&family=constructor HTTP/1.1", "GET /docs/..;/ HTTP/1.1"],
];
const headers = [
  ...[
    "content-length: -1",
    "content-length: 1e3",
    "content-length: 99999999999999999999",
    "content-length: 5, 6",
  ],
  ...["transfer-encoding: chunked", "transfer-encoding: identity, chunked", "transfer-encoding: gzip"],
  ...[
    "content-type: application/xml; charset=utf-7",
    "content-type: multipart/form-data; boundary=x",
    "content-type:",
  ],
  ...[
    "content-encoding: gzip",
    "content-encoding: br",
    "expect: 100-continue",
    "expect: 200-ok",
    "upgrade: websocket",
  ],
  ...[
    "connection: upgrade, http2-settings",
    "accept: */*;q=é",
    `accept: ${"a/b,".repeat(3_000)}`,
    "host: a\u0000b",
  ],
  ...[
    "authorization: Bearer e30.e30.",
    "authorization: Basic AAAA",
    `cookie: sektorbro_session=${"x".repeat(9_000)}`,
  ],
  ...[
    "sec-fetch-site: same-origin",
    "if-none-match: *",
    "range: bytes=0-1,5-2,-9",
    "last-event-id: 9e99",
    " folded: x",
  ],
  ...["x-forwarded-for: 127.0.0.1", "x-request-id: \u0001", "no colon at all", ": nothing"],
];

const spoilBody = ({ line, headers: own, body }: Wire, random: Random): Wire => {
  const spoilt = (line.includes("/v1/messages") ? mutateXml : mutateFhir)(body, random).bytes.slice(
    0,
    100_000,
  );
  const kept = own.filter((header) => !header.startsWith("content-length"));
  const length = random() < 0.8 ? spoilt.length : upTo(random, spoilt.length + 50);
  return { line, headers: [...kept, `content-length: ${String(length)}`], body: spoilt };
};
const spoilHeaders = (wire: Wire, random: Random): Wire => {
  const at = upTo(random, wire.headers.length + 1);
  const without = random() < 0.3 ? 1 : 0;
  return { ...wire, headers: wire.headers.toSpliced(at, without, pick(random, headers)) };
};
const spoilLine = (wire: Wire, random: Random): Wire => ({ ...wire, line: pick(random, lines) });
const ways = [spoilBody, spoilBody, spoilHeaders, spoilHeaders, spoilLine] as const;

export const spelled = ({ line, headers: own, body }: Wire): Buffer =>
  Buffer.concat([Buffer.from(`${[line, ...own].join("\r\n")}\r\n\r\n`, "latin1"), body]);

/** One to three things wrong, and sometimes one bit more in the midst of the bytes. */
export const spoiltBytes = (wire: Wire, random: Random): Uint8Array => {
  let spoilt = wire;
  for (let times = 1 + upTo(random, 3); times > 0; times--) spoilt = pick(random, ways)(spoilt, random);
  const bytes = spelled(spoilt);
  const headLength = bytes.length - spoilt.body.length;
  if (random() < 0.2) bytes[upTo(random, headLength)] = upTo(random, 256);
  return bytes;
};

/** A caller that stays for an answer; whoever ends at once is not answered, and what is incomplete is waited for by the hub. */
const patienceMs = 500;

/** Sends bytes, says a little later that there are no more, and waits for whatever comes back. */
export const answerTo = (
  port: number,
  bytes: Uint8Array,
  limitMs: number,
  stayMs = patienceMs,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    socket.setTimeout(limitMs, () => {
      socket.destroy(new Error("no end"));
    });
    socket.on("data", (data) => {
      heard += data.toString("latin1");
    });
    // A connection that is cut while it is still written to is an answer too.
    socket.on("error", (error) => {
      if (error.message === "no end") reject(error);
      else resolve(heard);
    });
    socket.on("close", () => {
      resolve(heard);
    });
    socket.write(bytes);
    const leave = setTimeout(() => socket.end(), stayMs);
    socket.once("close", () => {
      clearTimeout(leave);
    });
  });
