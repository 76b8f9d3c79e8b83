import { setTimeout as sleep } from "node:timers/promises";
import type { Letter } from "../../contracts/letter.ts";
import { developmentToken } from "../../gateways/http/main.ts";
import { printLetter } from "./printing.ts";

/** A number in [0, 1), from a seed: the same run again for the same seed (mulberry32). */
export type Random = () => number;
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const asker = "5790000100019";
export const unit = "5790000200016";

/** One message that the hub said yes to, and what it said. */
export type Accepted = {
  kind: "letter" | "ask" | "answer";
  commandId: string;
  /** The id that the journal must know it by, told in the answer. */
  caseId: string;
  due: string | undefined;
  /** What must never differ when the same message is sent again. */
  answer: string;
  message: Message;
};

type Message = {
  kind: Accepted["kind"];
  commandId: string;
  path: string;
  mediaType: string;
  body: Uint8Array;
  headers: Record<string, string>;
};

type Said = { status: number; caseId: string; due: string | undefined; answer: string };

export type Load = {
  readonly accepted: Accepted[];
  /** How often each status was answered; `none` when the connection broke or the answer did not come. */
  readonly statuses: Map<string, number>;
  /** What no sender should ever see: other statuses, a 503 without retry-after, another answer for the same message. */
  readonly oddities: string[];
  /** Messages that have no definite answer yet, with the last indefinite one. */
  readonly waitingFor: () => string[];
  /** Each sender finishes its message, and ends. */
  readonly stop: () => Promise<void>;
  /** Sends a message that was accepted again; notes when the answer is not what it was. */
  readonly sendAgain: (accepted: Accepted) => Promise<void>;
};

export type LoadOptions = {
  url: () => string;
  dataDir: string;
  random: Random;
  senders: number;
  /** Letters and digits that no other load on this hub uses. */
  tag: string;
};

const tryTimeoutMs = 3_000;
const definite = new Set([200, 201, 422]);

export const practice: Letter["sender"] = {
  gln: asker,
  identifier: { code: "ydernummer", value: "991001" },
  organisation: "Lægehuset Åparken",
};
export const department: Letter["sender"] = {
  gln: unit,
  identifier: { code: "sygehusafdelingsnummer", value: "9901010" },
  organisation: "Regionshospitalet Nordfjord",
};

/** A replacement number as regions give them out, so that it can be nobody's: `DDMMYY0AA9`, another for each `n`. */
export const patientOf = (n: number): Letter["patient"] => {
  const two = (value: number): string => String(value).padStart(2, "0");
  const letter = (value: number): string => String.fromCharCode(65 + (value % 26));
  const date = `${two(1 + (n % 28))}${two(1 + (Math.floor(n / 28) % 12))}60`;
  const rest = Math.floor(n / 336);
  const alternativeId = `${date}0${letter(rest)}${letter(Math.floor(rest / 26))}${String(n % 10)}`;
  return { alternativeId, surname: "Prøve", episodeOfCareStatus: "inaktiv" };
};

export const letterMessage = (
  letterId: string,
  parties: { sender: Letter["sender"]; receiver: Letter["sender"]; patient: Letter["patient"] },
): Message => {
  const letter: Letter = {
    letterId,
    status: "new",
    authorised: "2026-11-23T10:12",
    statisticalCode: "XDIS91",
    ...parties,
    texts: [[`Kære kollega. Brev ${letterId}.`]],
    references: [],
  };
  const envelope = { envelopeId: letterId, sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
  const { bytes } = printLetter(letter, envelope);
  return {
    kind: "letter",
    commandId: `letter:${parties.sender.gln}:${letterId}`,
    path: "/v1/messages",
    mediaType: "application/xml",
    body: bytes,
    headers: {},
  };
};

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const askMessage = (messageId: string, patient: Letter["patient"]): Message => ({
  kind: "ask",
  commandId: `ask:${asker}:${messageId}`,
  path: "/v1/advice",
  mediaType: "application/json",
  body: json({ messageId, to: { gln: unit }, patient, subject: "TSH", question: `Hvad nu? ${messageId}` }),
  headers: {},
});

const answerMessage = (key: string, caseId: string): Message => ({
  kind: "answer",
  commandId: `${unit}:${key}`,
  path: `/v1/cases/${caseId}/answer`,
  mediaType: "application/json",
  body: json({ text: "Gentag om seks uger." }),
  headers: { "idempotency-key": key },
});

const partOf = (body: unknown, name: string): string | undefined => {
  if (typeof body !== "object" || body === null) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === "string" ? value : undefined;
};

/** A receipt is compared to the byte; a JSON answer but for the flag that tells that it was given before. */
const readAnswer = async (response: Response): Promise<Said> => {
  const text = await response.text();
  const said = { status: response.status };
  const { headers } = response;
  if (!(headers.get("content-type") ?? "").includes("json"))
    return {
      ...said,
      caseId: headers.get("sektorbro-case") ?? "",
      due: headers.get("sektorbro-due") ?? undefined,
      answer: text,
    };
  const body = JSON.parse(text) as object;
  const answer = JSON.stringify({ ...body, duplicate: undefined });
  return { ...said, caseId: partOf(body, "caseId") ?? "", due: partOf(body, "due"), answer };
};

const tokensFor = async (dataDir: string): Promise<{ asker: string; unit: string }> => {
  const token = (gln: string): Promise<string> =>
    developmentToken({ dataDir, audience: "sektorbro" }, { gln, role: "organisation", ttlSeconds: 3_600 });
  return { asker: await token(asker), unit: await token(unit) };
};

/** Senders that keep sending through whatever happens, each the same message until it gets a definite answer. */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const { url, random, tag } = options;
  const tokens = await tokensFor(options.dataDir);
  const accepted: Accepted[] = [];
  const statuses = new Map<string, number>();
  const oddities: string[] = [];
  const count = (status: string): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const waiting = new Map<string, string>();
  const ending = new AbortController();

  const tryOnce = async (message: Message): Promise<Said | undefined> => {
    const speaker = message.commandId.includes(unit) ? tokens.unit : tokens.asker;
    const response = await fetch(url() + message.path, {
      method: "POST",
      body: Buffer.from(message.body),
      headers: {
        ...message.headers,
        authorization: `Bearer ${speaker}`,
        "content-type": message.mediaType,
      },
      signal: AbortSignal.timeout(tryTimeoutMs),
    });
    const said = await readAnswer(response);
    count(String(said.status));
    const waits = said.status === 503 && response.headers.get("retry-after") !== null;
    if (definite.has(said.status)) return said;
    if (!waits) oddities.push(`${message.commandId}: ${String(said.status)} ${said.answer}`);
    waiting.set(message.commandId, said.answer);
    return undefined;
  };

  const sendUntilAnswered = async (message: Message): Promise<Said> => {
    waiting.set(message.commandId, "");
    for (;;) {
      const said = await tryOnce(message).catch(() => {
        count("none");
        return undefined;
      });
      if (said !== undefined) {
        waiting.delete(message.commandId);
        return said;
      }
      await sleep(50 + random() * 200);
    }
  };

  const send = async (message: Message): Promise<Accepted | undefined> => {
    const said = await sendUntilAnswered(message);
    const { kind, commandId } = message;
    if (said.status === 422) {
      oddities.push(`${commandId}: refused ${said.answer}`);
      return undefined;
    }
    const { caseId, due, answer } = said;
    const yes = { kind, commandId, caseId, due, answer, message };
    accepted.push(yes);
    return yes;
  };

  const sendAgain = async (yes: Accepted): Promise<void> => {
    const { caseId, due, answer } = await sendUntilAnswered(yes.message);
    const first = [yes.caseId, yes.due, yes.answer].join(" ");
    if (first !== [caseId, due, answer].join(" "))
      oddities.push(`${yes.commandId}: first ${first}, then ${[caseId, due, answer].join(" ")}`);
  };

  /** A question, now and then told twice, and in part answered: by a letter that must find its case, or by command. */
  const converse = async (n: number): Promise<void> => {
    const patient = patientOf(n);
    const id = `${tag}${String(n)}`;
    const byLetter = random() < 0.5;
    const asked = await send(
      byLetter
        ? letterMessage(id, { sender: practice, receiver: department, patient })
        : askMessage(id, patient),
    );
    if (asked === undefined) return;
    if (random() < 0.2) await sendAgain(asked);
    const answers = random();
    if (answers < 0.2)
      await send(letterMessage(`${id}R`, { sender: department, receiver: practice, patient }));
    else if (answers < 0.4) await send(answerMessage(`${id}A`, asked.caseId));
  };

  let next = 0;
  const sender = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await converse(next++);
      await sleep(random() * 40);
    }
  };
  const senders = Array.from({ length: options.senders }, sender);
  return {
    accepted,
    statuses,
    oddities,
    waitingFor: () => [...waiting].map((pair) => pair.join(" ")),
    sendAgain,
    stop: async () => {
      ending.abort();
      await Promise.all(senders);
    },
  };
};
