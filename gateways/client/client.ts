import { CommandAnswer, StoredAnswer } from "../../contracts/answers.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import { type CallHub, createCallHub, type HubOptions, textOf } from "./call-hub.ts";
import { type CommandType, commandAddresses, type PayloadOf } from "./command-addresses.ts";
import type { HubEvent } from "./events.ts";
import { type Delivery, readInbox, type Watching, watchInbox } from "./inbox.ts";
import { listen } from "./listen.ts";

/** What became of a document: the standard's own receipt, and what the hub says beside it. */
export type Sent = {
  /** False: the receipt is a negative one, and says why. */
  accepted: boolean;
  /** Received before: this is the answer that the first one got, or there was nothing to do. */
  again: boolean;
  receipt: { mediaType: string; bytes: Uint8Array } | undefined;
  intake: string | undefined;
  caseId: string | undefined;
  /** When an answer is owed. */
  due: string | undefined;
};

type CommandOptions = {
  /** The same id is the same command for ever; absent: one is made, and kept for every try of this call. */
  id?: string;
  /** Names the chain that the command is part of. */
  correlation?: string;
  /** GLN of the unit of the caller's that acts. */
  for?: string;
};

export type SektorbroClient = {
  sendDocument: (document: Uint8Array, mediaType: string) => Promise<Sent>;
  command: <Type extends CommandType>(
    type: Type,
    payload: PayloadOf<Type>,
    options?: CommandOptions,
  ) => Promise<CommandAnswer>;
  /** Keeps the bytes of an attachment, which a command then names by their digest. */
  upload: (bytes: Uint8Array) => Promise<StoredAnswer>;
  case: (caseId: string) => Promise<CaseView>;
  /** When somebody owes something in a case, earliest first. */
  dueTimes: (caseId: string) => Promise<string[]>;
  inbox: (show?: "open" | "all") => AsyncIterable<Delivery>;
  documents: (watching: Watching) => AsyncIterable<Delivery>;
  events: (signal: AbortSignal) => AsyncIterable<HubEvent>;
};

const isReceipt = (status: number, mediaType: string): boolean =>
  status === 422 && !/^application\/problem\+json/.test(mediaType);

const sendDocument = async (call: CallHub, body: Uint8Array, mediaType: string): Promise<Sent> => {
  const accept = `${mediaType}, application/xml;q=0.9`;
  const headers = { "content-type": mediaType };
  const answer = await call({ method: "POST", path: "/v1/messages", headers, accept, body, also: isReceipt });
  const { status, bytes, header } = answer;
  return {
    accepted: status < 400,
    again: status === 200,
    receipt: bytes.length === 0 ? undefined : { mediaType: answer.mediaType, bytes },
    intake: header("sektorbro-intake"),
    caseId: header("sektorbro-case"),
    due: header("sektorbro-due"),
  };
};

const caseIdIn = (payload: object): string =>
  "caseId" in payload && typeof payload.caseId === "string" ? payload.caseId : "";

/** The case is in the address where the address has a place for it, and then in the body no more. */
const bodyFor = (address: string, payload: object): string =>
  JSON.stringify(
    address.includes("{caseId}")
      ? Object.fromEntries(Object.entries(payload).filter(([name]) => name !== "caseId"))
      : payload,
  );

const command = async (
  call: CallHub,
  { type, payload }: { type: CommandType; payload: object },
  { id, correlation, for: unit }: CommandOptions & { id: string },
): Promise<CommandAnswer> => {
  const address = commandAddresses[type];
  const query = unit === undefined ? "" : `?for=${encodeURIComponent(unit)}`;
  const path = `${address.replace("{caseId}", encodeURIComponent(caseIdIn(payload)))}${query}`;
  const headers = {
    "content-type": "application/json",
    "idempotency-key": id,
    "correlation-id": correlation,
  };
  return CommandAnswer.parse(
    JSON.parse(textOf(await call({ method: "POST", path, headers, body: bodyFor(address, payload) }))),
  );
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const upload = async (call: CallHub, body: Uint8Array): Promise<StoredAnswer> => {
  const headers = { "content-type": "application/octet-stream" };
  return StoredAnswer.parse(
    JSON.parse(textOf(await call({ method: "POST", path: "/v1/attachments", headers, body }))),
  );
};

/** Speaks with a hub as one organisation's system. Every call may throw a HubProblem, which tells what to do. */
export const createClient = (options: HubOptions): SektorbroClient => {
  const call = createCallHub(options);
  const { newId = () => crypto.randomUUID(), wait = sleep } = options;
  const readCase = async (caseId: string): Promise<CaseView> =>
    CaseView.parse(JSON.parse(textOf(await call({ path: `/v1/cases/${encodeURIComponent(caseId)}` }))));
  return {
    sendDocument: (document, mediaType) => sendDocument(call, document, mediaType),
    command: (type, payload, given = {}) => command(call, { type, payload }, { id: newId(), ...given }),
    upload: (bytes) => upload(call, bytes),
    case: readCase,
    dueTimes: async (caseId) =>
      (await readCase(caseId)).clocks.flatMap(({ due }) => (due === undefined ? [] : [due])).toSorted(),
    inbox: (show = "open") => readInbox(call, show),
    documents: (watching) => watchInbox(call, watching, wait),
    events: (signal) => listen(options, signal),
  };
};
