import type { Refusal } from "../documents/letters.ts";
import type { Seen } from "../documents/seen.ts";

/** How a simulated system behaves: well, or as it was asked to. */
export type Behaviour = {
  answerAfterMs: number;
  /** Share of the documents without a fault that it refuses all the same, 0 to 1. */
  refuse: number;
  silent: boolean;
  /** Sends everything twice, and takes what came twice for two. */
  duplicate: boolean;
  /** Sends the first half of its documents. */
  truncate: boolean;
  /** Its receipts name a document that nobody sent. */
  wrongReceipt: boolean;
};

export const wellBehaved: Behaviour = {
  answerAfterMs: 0,
  refuse: 0,
  silent: false,
  duplicate: false,
  truncate: false,
  wrongReceipt: false,
};

export type Act =
  | {
      does: "receipt";
      refusal: Refusal | undefined;
      about: { envelopeId: string | undefined; messageId: string | undefined };
    }
  | { does: "answer" };
/** What it does of a document, and how often each message is sent; `verdict` is for when it comes again. */
export type Doing = { acts: readonly Act[]; times: number; verdict: Refusal | undefined; key: string };

/** The versions that it takes (a table of its own: it is no part of the hub). */
const versionsTaken: ReadonlySet<string> = new Set([
  ..."XD9134L XD9133L XB0131X XB0130X XD1733C XD1730C XD2033C XD2030C XD0134L XD0133L XD1333L".split(" "),
]);

const refuseTexts = {
  syntaksfejl: "Dokumentet kan ikke læses.",
  problem_med_version: "Versionen kan ikke modtages.",
  problem_med_modtagerID: "Modtageren findes ikke her.",
  ikke_specificeret: "Kan ikke modtages nu.",
  MSG_VALUESET_VALUE_UNKNOWN: "Værdien findes ikke i værdisættet",
  MSG_Receiver_Identifier_UNKNOWN: "Modtageren findes ikke her.",
} as const;

const refusing = (code: keyof typeof refuseTexts): Refusal => ({ code, text: refuseTexts[code] });

/** What is wrong with a document that came to it; `undefined`: nothing. */
export const faultOf = (seen: Seen, self: string): Refusal | undefined => {
  const oioxml = seen.standard === "oioxml";
  if (seen.standard === "json") return undefined;
  if (seen.kind === "unreadable") return refusing("syntaksfejl");
  if (seen.to !== self)
    return refusing(oioxml ? "problem_med_modtagerID" : "MSG_Receiver_Identifier_UNKNOWN");
  if (oioxml && !versionsTaken.has(seen.version ?? "")) return refusing("problem_med_version");
  return !oioxml && seen.type === undefined ? refusing("MSG_VALUESET_VALUE_UNKNOWN") : undefined;
};

const nowhere = { envelopeId: "INGENSTEDSFRA1", messageId: "00000000-0000-4000-8000-000000000000" };

export type Deciding = {
  self: string;
  behaviour: Behaviour;
  /** What was said of the same message before: `undefined` in it stands for a yes. */
  before: ReadonlyMap<string, Refusal | undefined>;
  /** From 0 to 1; what a share is measured with. */
  chance: number;
  /** Whether an answer is expected of it. */
  answers: boolean;
};

type Judged = { verdict: Refusal | undefined; again: boolean };

/** What it says of a document: of one that comes again what it said before. */
const judged = (seen: Seen, key: string, { self, behaviour, before, chance }: Deciding): Judged => {
  if (before.has(key) && !behaviour.duplicate) return { verdict: before.get(key), again: true };
  const unwilling = chance < behaviour.refuse ? refusing("ikke_specificeret") : undefined;
  return { verdict: faultOf(seen, self) ?? unwilling, again: false };
};

/** Of what is fetched as JSON a receipt is always expected. */
const isOwed = ({ wantsReceipt, standard }: Seen): boolean => wantsReceipt || standard === "json";

const actsOf = (seen: Seen, { verdict, again }: Judged, { behaviour, answers }: Deciding): Act[] => {
  if (behaviour.silent || seen.kind === "receipt") return [];
  const about = behaviour.wrongReceipt ? nowhere : { envelopeId: seen.envelopeId, messageId: seen.messageId };
  const owed = isOwed(seen) || verdict !== undefined;
  const isNews = !again && verdict === undefined;
  const mayAnswer = answers && isNews && seen.kind !== "attachments";
  return [
    ...(owed ? [{ does: "receipt", refusal: verdict, about } as const] : []),
    ...(mayAnswer ? [{ does: "answer" } as const] : []),
  ];
};

/** What it does of a document that has come. */
export const decide = (seen: Seen, deciding: Deciding): Doing => {
  const key = `${seen.from ?? ""} ${seen.messageId ?? seen.envelopeId ?? ""}`;
  const said = judged(seen, key, deciding);
  const times = deciding.behaviour.duplicate ? 2 : 1;
  return { acts: actsOf(seen, said, deciding), times, verdict: said.verdict, key };
};
