import type { Seen } from "../documents/seen.ts";
import type { Check, CheckName } from "./conversation.ts";
import type { Shown } from "./shown.ts";

/** What the partner's system did, as the line heard it. `status`: how it was answered. */
export type Heard =
  | { what: "fetched"; deliveryId: string }
  | { what: "document"; seen: Seen; asksForReceipt: boolean; status: number; caseId: string | undefined }
  | { what: "settled"; deliveryId: string; outcome: string; code: string | undefined; status: number }
  | { what: "command"; step: string; id: string; caseId: string; status: number };

export type Judging = {
  shown: Shown;
  /** Since the document was shown. */
  heard: readonly Heard[];
  /** Since the conversation began. */
  heardInAll: readonly Heard[];
  /** Nothing was heard for a while: what did not come by now is not on its way. */
  quiet: boolean;
};
type Verdict = "passed" | "failed" | "waiting";
export type Judged = { verdict: Verdict; found?: string | undefined };

type Receipt = {
  outcome: string | undefined;
  code: string | undefined;
  status: number;
  asksForReceipt: boolean;
  envelopeId: string | undefined;
  messageId: string | undefined;
};

const receiptIn = (one: Heard, { seen, deliveryId }: Shown): Receipt[] => {
  if (one.what === "settled" && one.deliveryId === deliveryId) {
    const { envelopeId, messageId } = seen;
    return [
      {
        outcome: one.outcome,
        code: one.code,
        status: one.status,
        asksForReceipt: false,
        envelopeId,
        messageId,
      },
    ];
  }
  if (one.what !== "document" || one.seen.kind !== "receipt") return [];
  const { verdict: outcome, refuseCode: code, about } = one.seen;
  const { status, asksForReceipt } = one;
  return [
    { outcome, code, status, asksForReceipt, envelopeId: about?.envelopeId, messageId: about?.messageId },
  ];
};

/** The receipt of the document: the one that names it, else the first that came. */
const receiptOf = ({ heard, shown }: Judging): Receipt | undefined => {
  const all = heard.flatMap((one) => receiptIn(one, shown));
  const { envelopeId, messageId } = shown.seen;
  return (
    all.find((one) => one.envelopeId === envelopeId && envelopeId !== undefined) ??
    all.find((one) => one.messageId === messageId && messageId !== undefined) ??
    all[0]
  );
};

type Answer = { id: string; status: number; caseId: string | undefined; thread: string | undefined };

const answersIn = (heard: readonly Heard[], { seen }: Shown): Answer[] =>
  heard.flatMap((one): Answer[] => {
    if (one.what === "command" && one.step === "answer")
      return [{ id: one.id, status: one.status, caseId: one.caseId, thread: seen.thread }];
    if (one.what !== "document" || one.seen.kind !== "letter") return [];
    const { status, caseId } = one;
    return [{ id: one.seen.messageId ?? "", status, caseId, thread: one.seen.thread }];
  });

const plain = (thread: string | undefined): string => (thread ?? "").replaceAll("-", "").toLowerCase();

/** Right now; or what is not right may still be mended by what is on its way. */
const told = (right: boolean, { quiet }: Judging, found?: string): Judged => {
  if (right) return { verdict: "passed" };
  return { verdict: quiet ? "failed" : "waiting", found };
};
const came = (right: boolean): Judged => ({ verdict: right ? "passed" : "waiting" });

const ofReceipt =
  (judge: (receipt: Receipt, judging: Judging, check: Check) => Judged) =>
  (judging: Judging, check: Check): Judged => {
    const receipt = receiptOf(judging);
    return receipt === undefined ? { verdict: "waiting" } : judge(receipt, judging, check);
  };
const ofAnswer =
  (judge: (answer: Answer, judging: Judging) => Judged) =>
  (judging: Judging): Judged => {
    const answer = answersIn(judging.heard, judging.shown)[0];
    return answer === undefined ? { verdict: "waiting" } : judge(answer, judging);
  };

const unreadableCame = ({ heard }: Judging): string | undefined =>
  heard.some((one) => one.what === "document" && one.seen.kind === "unreadable")
    ? "a document that cannot be read to its end"
    : undefined;

const judges: Readonly<Record<CheckName, (judging: Judging, check: Check) => Judged>> = {
  fetched: ({ heard, shown }) =>
    came(heard.some((one) => one.what === "fetched" && one.deliveryId === shown.deliveryId)),
  receipt: (judging) => ({ ...came(receiptOf(judging) !== undefined), found: unreadableCame(judging) }),
  positive: ofReceipt((one, judging) => told(one.outcome === "positive", judging, one.code ?? one.outcome)),
  negative: ofReceipt((one, judging) => told(one.outcome === "negative", judging, one.outcome)),
  "names-envelope": ofReceipt((one, judging) =>
    told(one.envelopeId === judging.shown.seen.envelopeId, judging, one.envelopeId),
  ),
  "names-message": ofReceipt((one, judging) =>
    told(one.messageId === judging.shown.seen.messageId, judging, one.messageId),
  ),
  "refuse-code": ofReceipt((one, judging, { code }) => told(one.code === code, judging, one.code)),
  "wants-none": ofReceipt((one, judging) => told(!one.asksForReceipt, judging)),
  "taken-by-hub": (judging) => {
    const done = answersIn(judging.heard, judging.shown)[0] ?? receiptOf(judging);
    return done === undefined
      ? { verdict: "waiting" }
      : told(done.status < 400, judging, `HTTP ${String(done.status)}`);
  },
  answer: (judging) => ({
    ...came(answersIn(judging.heard, judging.shown).length > 0),
    found: unreadableCame(judging),
  }),
  "in-thread": ofAnswer((one, judging) =>
    told(plain(one.thread) === plain(judging.shown.seen.thread), judging, one.thread),
  ),
  "in-case": ofAnswer((one, judging) => told(one.caseId === judging.shown.caseId, judging, one.caseId)),
  "answered-once": ({ heardInAll, shown, quiet }) => {
    const answers = new Set(answersIn(heardInAll, shown).map(({ id }) => id)).size;
    if (answers > 1) return { verdict: "failed", found: `${String(answers)} answers` };
    return { verdict: quiet ? "passed" : "waiting" };
  },
};

/** Whether what was awaited has come, is still awaited, or is wrong, with what came instead. */
export const judge = (check: Check, judging: Judging): Judged => judges[check.check](judging, check);
