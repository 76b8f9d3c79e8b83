import { readFileSync } from "node:fs";
import type { CaseRecord } from "../../contracts/record.ts";
import { who } from "./region.ts";

/** What somebody asks the hub for: a typed command, or a document of a standard. `id` names it, however often it is sent. */
export type Order =
  | { kind: "command"; id: string; type: string; sender: string; payload: unknown }
  | {
      kind: "document";
      id: string;
      standard: "oioxml" | "fhir";
      mediaType: string;
      sender: string;
      text: string;
    };

type Template = {
  type: string;
  file: string;
  by: readonly string[];
  /** Other than in the file. */
  with?: Readonly<Record<string, unknown>>;
};

const folder = new URL("../../contracts/examples/", import.meta.url);
const texts = new Map<string, string>();
const textOf = (file: string, encoding: "utf8" | "latin1" = "utf8"): string => {
  const known = texts.get(file) ?? readFileSync(new URL(file, folder), encoding);
  texts.set(file, known);
  return known;
};

/** The day that the examples are of. */
const examplesFrom = Date.parse("2026-11-23T00:00:00.000Z");
const dayMs = 24 * 3_600_000;

/** The examples' dates, as many days on as the calendar is. Only those around their own day: nobody is born later. */
const redated = (text: string, nowMs: number): string => {
  const days = Math.floor((nowMs - examplesFrom) / dayMs);
  return text.replace(/2026-1[12]-\d\d/g, (date) =>
    new Date(Date.parse(`${date}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10),
  );
};

const payloadOf = (file: string, nowMs: number): Record<string, unknown> => {
  const { message } = JSON.parse(redated(textOf(`${file}.json`), nowMs)) as {
    message: Record<string, unknown>;
  };
  return message;
};

const askAUnit = { type: "advice.ask", file: "advice/valid/ask-a-unit" } as const;

/** What opens a case, and who does. First a question to the one that is brought its documents, then one to a department. */
const openings: readonly Template[] = [
  {
    ...askAUnit,
    by: [who.practice, who.other],
    with: { to: { gln: who.pushed }, kind: "correspondence" },
  },
  { ...askAUnit, by: [who.practice, who.other, who.pushed] },
  { type: "referral.send", file: "referral/valid/send-hospital", by: [who.practice, who.other] },
  { type: "observation.open", file: "observation/valid/open", by: [who.acuteTeam] },
  { type: "discharge.notify", file: "discharge/valid/notify-admitted", by: [who.department] },
  { type: "booking.publish", file: "booking/valid/publish-slot", by: [who.visitation] },
  { type: "booking.request", file: "booking/valid/request-slot", by: [who.practice] },
];

const advice = (name: string, file = name): readonly [string, string] => [
  `advice.${name}`,
  `advice/valid/${file}`,
];
const referral = (name: string, file: string): readonly [string, string] => [
  `referral.${name}`,
  `referral/valid/${file}`,
];
const observation = (name: string, file = name): readonly [string, string] => [
  `observation.${name}`,
  `observation/valid/${file}`,
];
const discharge = (name: string, file: string): readonly [string, string] => [
  `discharge.${name}`,
  `discharge/valid/${file}`,
];

/** What may follow in a case of a family. Much of it is out of turn: then the hub says so, and why. */
const following: Readonly<Record<string, readonly (readonly [type: string, file: string])[]>> = {
  advice: [
    advice("requestInformation", "request-information"),
    advice("giveInformation", "give-information"),
    advice("answer"),
    advice("redirect"),
    advice("decline"),
    advice("withdraw"),
    advice("askFollowUp", "ask-follow-up"),
    advice("convert"),
  ],
  referral: [
    referral("receive", "receive-referral"),
    referral("accept", "accept-referral"),
    referral("requestInformation", "request-referral-information"),
    referral("giveInformation", "give-referral-information"),
    referral("book", "book-referral"),
    referral("return", "return-referral"),
    referral("conclude", "conclude-referral"),
    referral("withdraw", "withdraw-referral"),
  ],
  observation: [
    observation("measure"),
    observation("makePlan", "make-plan"),
    observation("acknowledgePlan", "acknowledge-plan"),
    observation("recordCall", "record-call"),
    observation("close"),
  ],
  discharge: [
    discharge("plan", "plan"),
    discharge("assess", "assess"),
    discharge("requestAdmissionReport", "request-admission-report"),
    discharge("sendAdmissionReport", "admission-report"),
    discharge("tick", "tick-medication"),
    discharge("askHomeVisit", "ask-home-visit"),
  ],
  booking: [
    ["booking.book", "booking/valid/book-held"],
    ["booking.release", "booking/valid/release-booking"],
    ["booking.cancelSlot", "booking/valid/cancel-slot"],
    ["booking.offer", "booking/valid/offer-slot"],
    ["booking.acceptOffer", "booking/valid/accept-offer"],
    ["booking.attended", "booking/valid/record-attended"],
  ],
};

/** A message that opens a case, under a number of its own. */
export const opening = (no: number, at: { which: number; nowMs: number }): Order => {
  const template = openings[at.which % openings.length] ?? openings[0];
  if (template === undefined) throw new Error("Nobody opens anything.");
  const { type, file, by, with: other = {} } = template;
  const sender = by[no % by.length] ?? "";
  const own = `m${String(no)}`;
  // An attachment is uploaded before anything names it, and nobody here uploads any.
  const payload = { ...payloadOf(file, at.nowMs), attachments: [], messageId: own };
  const stay = type === "discharge.notify" ? { stayId: `stay-${String(no % 3)}` } : {};
  return {
    kind: "command",
    id: `open:${sender}:${own}`,
    type,
    sender,
    payload: { ...payload, ...stay, ...other },
  };
};

/** A place of a slot, held or booked at once. */
export const placing = (no: number, at: { slotId: string; direct: boolean; nowMs: number }): Order => {
  const own = `m${String(no)}`;
  const {
    messageId: _,
    referralCaseId: _r,
    relatesTo: _t,
    municipality: _m,
    ...rest
  } = payloadOf(at.direct ? "booking/valid/book-directly" : "booking/valid/hold-place", at.nowMs);
  return {
    kind: "command",
    id: `open:${who.practice}:${own}`,
    type: at.direct ? "booking.bookDirectly" : "booking.hold",
    sender: no % 2 === 0 ? who.practice : who.other,
    payload: { ...rest, messageId: own, slotId: at.slotId },
  };
};

/** What one of a case's parties does next. */
export const next = (
  no: number,
  record: CaseRecord,
  { which, parties, nowMs }: { which: number; parties: readonly string[]; nowMs: number },
): Order | undefined => {
  const acts = following[record.family] ?? [];
  const act = acts[which % Math.max(1, acts.length)];
  if (act === undefined || parties.length === 0) return undefined;
  const [type, file] = act;
  const sender = parties[(which + no) % parties.length] ?? "";
  const payload = { ...payloadOf(file, nowMs), attachments: [], caseId: record.caseId };
  return { kind: "command", id: `c${String(no)}`, type, sender, payload };
};

const letterText = (no: number, nowMs: number): string =>
  redated(textOf("demo/question.xml", "latin1"), nowMs)
    .replace("DEMOQE00000001", `SIME${String(no).padStart(10, "0")}`)
    .replace("DEMOQB00000001", `SIMB${String(no).padStart(10, "0")}`)
    .replace("5e7a0c4db1f24a6f9c3d8e2b7a601f94", String(no).padStart(32, "a"));

/** Every id of the example's own message is a new one; what it points to outside of itself stays. */
const messageText = (no: number, nowMs: number): string =>
  redated(textOf("fhir/care-communication.json"), nowMs).replaceAll(
    /5e9f0c1a-7b2d-4e63-8a41-([0-9a-f]{12})/g,
    (_, end: string) => `5e9f0c1a-7b2d-4e63-8a41-${String(no).padStart(6, "0")}${end.slice(6)}`,
  );

/** A letter, a message, or bytes that nobody can read. */
export const document = (no: number, { which, nowMs }: { which: number; nowMs: number }): Order => {
  const id = `d${String(no)}`;
  const sender = who.practice;
  if (which % 4 === 0)
    return {
      kind: "document",
      id,
      standard: "oioxml",
      mediaType: "application/xml",
      sender,
      text: letterText(no, nowMs).replace("</Emessage>", "<"),
    };
  return which % 4 === 1
    ? {
        kind: "document",
        id,
        standard: "fhir",
        mediaType: "application/fhir+json",
        sender,
        text: messageText(no, nowMs),
      }
    : {
        kind: "document",
        id,
        standard: "oioxml",
        mediaType: "application/xml",
        sender,
        text: letterText(no, nowMs),
      };
};
