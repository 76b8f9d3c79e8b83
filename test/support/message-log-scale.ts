import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { envelopeIdOf } from "../../contracts/derived-ids.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { who } from "./region-view.ts";
import { at } from "./worklist-scale.ts";

const practices = 1_000;
const units = 100;
const practiceOf = (n: number): string => `57901${String(n % practices).padStart(8, "0")}`;
const unitOf = (n: number): string => `57902${String((n * 7) % units).padStart(8, "0")}`;
const cprOf = (n: number): string => `040465${String(n % 10_000).padStart(4, "0")}`;
const caseOf = (n: number): string => caseIdFor(practiceOf(n), `M-${String(n)}`);
const letterOf = (n: number): string => `L${String(n).padStart(9, "0")}`;
const types = ["XDIS91", "XREF01", "XDIS13", "XDIS22", "CareCommunication"] as const;
const typeOf = (n: number): string => (n % 2_000 === 0 ? "XBIN01" : (types[n % types.length] ?? ""));

const owedIn = (n: number): DeliveryChange => ({
  change: "owed",
  deliveryId: `${caseOf(n)}.1.0`,
  to: unitOf(n),
  from: practiceOf(n),
  standard: "oioxml",
  transport: "inbox",
  documentType: typeOf(n),
  fact: 0,
  receiptExpected: true,
});

const recordOf = (
  n: number,
  no: number,
  rest: Pick<CaseRecord, "deliveries"> & { by: string },
): CaseRecord => ({
  version: 1,
  caseId: caseOf(n),
  family: "advice",
  facts: no === 1 ? [{ type: "AdviceAsked", letterId: letterOf(n) } as CaseRecord["facts"][number]] : [],
  deliveries: rest.deliveries,
  clocks: [],
  meta: {
    no,
    at: at(n),
    commandId: `letter:${practiceOf(n)}:${letterOf(n)}`,
    commandType: no === 1 ? "advice.receiveLetter" : "delivery.settle",
    digest: "",
    actor: rest.by,
    outcome: "accepted",
    status: "asked",
    card: {
      kind: "specialist",
      opener: practiceOf(n),
      awaits: [],
      closed: false,
      links: [],
      patient: { cpr: cprOf(n) },
    },
    ...(no === 1 ? { intake: caseIdFor("intake", String(n)) } : {}),
  },
});

/** Two messages: a letter that came in, and what goes out of it. One in a thousand is refused, one in ten waits, all else is acknowledged. */
export const recordsOf = (n: number): CaseRecord[] => {
  const deliveryId = `${caseOf(n)}.1.0`;
  const [to, when] = [unitOf(n), at(n)];
  const first = recordOf(n, 1, { by: practiceOf(n), deliveries: [owedIn(n)] });
  if (n % 10 === 0 && n % 1_000 !== 0) return [first];
  const settled: DeliveryChange =
    n % 1_000 === 0
      ? { change: "failed", deliveryId, at: when, by: to, code: "no-such-patient" }
      : { change: "acknowledged", deliveryId, at: when, by: to, how: "receipt" };
  return [first, recordOf(n, 2, { by: to, deliveries: [settled] })];
};

const operator = (): string => "operator";
const sender = (n: number): string => practiceOf(n);
const day = (n: number): object => ({ from: at(n), to: at(n + 4_000) });

export type LogQuestion = {
  name: string;
  type: "search" | "deadLetters";
  viewer: (n: number) => string;
  payload: (n: number) => object;
};
const search = (
  name: string,
  viewer: LogQuestion["viewer"],
  payload: LogQuestion["payload"],
): LogQuestion => ({ name, type: "search", viewer, payload });

/** Every key by itself, the usual pairs, and what is worst: a rare type or status among all, and a hospital with fifty units. */
export const logQuestions: readonly LogQuestion[] = [
  search("a letter's number", operator, (n) => ({ messageId: letterOf(n) })),
  search("an envelope", operator, (n) => ({ envelopeId: envelopeIdOf(`${caseOf(n)}.1.0`) })),
  search("a case", sender, (n) => ({ caseId: caseOf(n) })),
  search("an original", sender, (n) => ({ intakeId: caseIdFor("intake", String(n)) })),
  search("a citizen", sender, (n) => ({ patient: { cpr: cprOf(n) } })),
  search("everything", operator, () => ({})),
  search("everything of a practice", sender, () => ({})),
  search(
    "everything of a hospital with fifty units",
    () => who.hospital,
    () => ({}),
  ),
  search("a sender", operator, (n) => ({ sender: practiceOf(n) })),
  search("a receiver", operator, (n) => ({ receiver: unitOf(n) })),
  search("a sender and a receiver", operator, (n) => ({ sender: practiceOf(n), receiver: unitOf(n) })),
  search("a type", operator, (n) => ({ type: types[n % types.length] })),
  search("a rare type", operator, () => ({ type: "XBIN01" })),
  search(
    "a rare type, at a hospital",
    () => who.hospital,
    () => ({ type: "XBIN01" }),
  ),
  search("a status", operator, () => ({ status: "waiting" })),
  search("a rare status", operator, () => ({ status: "failed" })),
  search("a rare status and a type", operator, () => ({ status: "failed", type: "XDIS91" })),
  search("a day", operator, day),
  search("a day and a type", operator, (n) => ({ ...day(n), type: "XREF01" })),
  search("a day of a unit, by status", operator, (n) => ({
    ...day(n),
    receiver: unitOf(n),
    status: "waiting",
  })),
  { name: "dead letters", type: "deadLetters", viewer: operator, payload: () => ({}) },
  {
    name: "dead letters of a sender",
    type: "deadLetters",
    viewer: operator,
    payload: (n) => ({ sender: practiceOf(n * 1_000) }),
  },
];
