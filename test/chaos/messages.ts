import { readFileSync } from "node:fs";
import { askMessage, department, letterMessage, patientOf, practice } from "../support/load.ts";
import { letterUnit, nobody, practiceGln } from "./parties.ts";

/** One message, to be sent as often as it takes. */
export type Message = {
  /** What the journal knows it by. */
  id: string;
  kind: string;
  by: string;
  path: string;
  mediaType: string;
  body: Uint8Array;
  headers: Record<string, string>;
  /** Whether a hub that is well says yes to it. */
  good: boolean;
};

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A question by typed JSON; with a receiver whom nobody knows, one that is refused. */
export const ask = (n: number, name: string, to: string): Message => {
  const { headers, path, mediaType } = askMessage(name, patientOf(n));
  const question = { patient: patientOf(n), subject: "TSH", question: `Hvad nu? ${name}` };
  const body = json({ messageId: name, to: { gln: to }, ...question });
  return {
    id: `ask:${practiceGln}:${name}`,
    kind: "ask",
    by: practiceGln,
    path,
    mediaType,
    body,
    headers,
    good: to !== nobody,
  };
};

/** A question or an answer as MedCom's XDIS91. */
export const letter = (n: number, name: string, way: "question" | "answer" | "misdirected"): Message => {
  const unknown = { ...department, gln: nobody };
  const there = { sender: practice, receiver: way === "misdirected" ? unknown : department };
  const parties = way === "answer" ? { sender: department, receiver: practice } : there;
  const { commandId, kind, path, mediaType, body, headers } = letterMessage(name, {
    ...parties,
    patient: patientOf(n),
  });
  return {
    id: commandId,
    kind,
    by: parties.sender.gln,
    path,
    mediaType,
    body,
    headers,
    good: way !== "misdirected",
  };
};

const careExample = readFileSync("contracts/examples/fhir/care-communication.json", "utf8");

/** A new CareCommunication with ids, a thread and a citizen (1 January 1965 and a running number, nobody's) of its own. */
export const care = (n: number, tag: string, way: "question" | "broken"): Message => {
  const own = `${Buffer.from(tag).toString("hex").padStart(8, "0").slice(-8)}-7b2d-4e63-8a41-${String(n).padStart(9, "0")}`;
  const text = careExample
    .replaceAll("5e9f0c1a-7b2d-4e63-8a41-000000000", own)
    .replaceAll("0101650001", `010165${String(n % 4_000).padStart(4, "0")}`);
  const body = way === "question" ? text : text.replaceAll(letterUnit, nobody);
  return {
    id: `care:${practiceGln}:${own}002`,
    kind: "care",
    by: practiceGln,
    path: "/v1/messages",
    mediaType: "application/fhir+json",
    body: new TextEncoder().encode(body),
    headers: {},
    good: way === "question",
  };
};

export type Step = "request-information" | "give-information" | "answer" | "follow-up";

/** A step of a conversation, under a key of its own. */
export const step = (what: Step, of: { caseId: string; key: string; by: string }): Message => ({
  id: `${of.by}:${of.key}`,
  kind: what,
  by: of.by,
  path: `/v1/cases/${of.caseId}/${what}`,
  mediaType: "application/json",
  body: json({ text: `Skrevet som ${of.key}.` }),
  headers: { "idempotency-key": of.key },
  good: true,
});
