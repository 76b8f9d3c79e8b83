/** What a client of NATS says, and what a server says to it: the text protocol, as bytes. */
export type Said =
  | { op: "pub"; subject: string; reply: string; headers: Buffer | undefined; data: Buffer }
  | { op: "sub"; subject: string; queue: string; sid: string }
  | { op: "unsub"; sid: string; max: number }
  | { op: "ping" }
  | { op: "other" };

const crlf = Buffer.from("\r\n");

const published = (words: readonly string[], body: Buffer, headed: boolean): Said => {
  const sizes = headed ? 2 : 1;
  const headerBytes = headed ? Number(words.at(-2)) : 0;
  return {
    op: "pub",
    subject: words[1] ?? "",
    reply: words.length === 3 + sizes ? (words[2] ?? "") : "",
    headers: headed ? Buffer.from(body.subarray(0, headerBytes)) : undefined,
    data: Buffer.from(body.subarray(headerBytes)),
  };
};

const withoutBody = (words: readonly string[]): Said => {
  if (words[0] === "SUB")
    return {
      op: "sub",
      subject: words[1] ?? "",
      queue: words.length === 4 ? (words[2] ?? "") : "",
      sid: words.at(-1) ?? "",
    };
  if (words[0] === "UNSUB") return { op: "unsub", sid: words[1] ?? "", max: Number(words[2] ?? 0) };
  return words[0] === "PING" ? { op: "ping" } : { op: "other" };
};

/** The commands of a frame. A client of ours sends whole commands. */
export const readFrame = (frame: Uint8Array): Said[] => {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const said: Said[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(crlf, at);
    const words = bytes.toString("latin1", at, end).split(" ");
    at = end + 2;
    const headed = words[0] === "HPUB";
    if (headed || words[0] === "PUB") {
      const size = Number(words.at(-1));
      said.push(published(words, bytes.subarray(at, at + size), headed));
      at += size + 2;
    } else said.push(withoutBody(words));
  }
  return said;
};

/** A message on its way to a subscription. `headers` is the whole block, with its first line. */
export type Message = { subject: string; reply?: string; headers?: Buffer | undefined; data: Buffer };

/** @returns the message as the server sends it to the subscription `sid`. */
export const printMessage = (sid: string, { subject, reply = "", headers, data }: Message): Buffer => {
  const to = `${subject} ${sid} ${reply === "" ? "" : `${reply} `}`;
  if (headers === undefined) return Buffer.concat([Buffer.from(`MSG ${to}${data.length}\r\n`), data, crlf]);
  const line = `HMSG ${to}${headers.length} ${headers.length + data.length}\r\n`;
  return Buffer.concat([Buffer.from(line), headers, data, crlf]);
};

/** A header block: its first line with or without a status, e.g. `404 Message Not Found`, and the fields. */
export const printHeaders = (status: string, fields: Readonly<Record<string, string | number>>): Buffer =>
  Buffer.from(
    `NATS/1.0${status === "" ? "" : ` ${status}`}\r\n${Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\n`,
  );

/** The fields of a header block, by their names as they were sent. */
export const readHeaders = (headers: Buffer | undefined): Map<string, string> => {
  const lines = headers?.toString("utf8").split("\r\n").slice(1) ?? [];
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
    }),
  );
};

/** A header block with more fields in front of its own. */
export const addHeaders = (
  fields: Readonly<Record<string, string | number>>,
  headers: Buffer | undefined,
): Buffer => {
  const added = printHeaders("", fields);
  if (headers === undefined) return added;
  const own = headers.subarray(headers.indexOf(crlf) + 2);
  return Buffer.concat([added.subarray(0, -2), own]);
};

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");

const compiled = new Map<string, RegExp | undefined>();
const compile = (pattern: string): RegExp | undefined => {
  if (!pattern.includes("*") && !pattern.endsWith(">")) return undefined;
  const words = pattern.split(".").map((word) => {
    if (word === "*") return "[^.]+";
    return word === ">" ? ".+" : escaped(word);
  });
  return new RegExp(`^${words.join("\\.")}$`);
};

/** Whether a subject is one of those that a pattern names. */
export const matches = (pattern: string, subject: string): boolean => {
  if (pattern === subject || pattern === ">") return true;
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(subject) ?? false;
};
