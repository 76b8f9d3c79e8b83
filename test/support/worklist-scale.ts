import { ListSort } from "../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { changed, region, viewOf, who } from "./region-view.ts";

const practices = 1_000;
const units = 100;
const practiceOf = (n: number): string => `57901${String(n % practices).padStart(8, "0")}`;
const unitOf = (n: number): string => `57902${String((n * 7) % units).padStart(8, "0")}`;
const cprOf = (n: number): string => `040465${String(n % 10_000).padStart(4, "0")}`;
const patientOf = (n: number): string => `P${String(n % 300_000).padStart(9, "0")}`;

/** Half of the units are one hospital's: its list is merged from fifty. */
export const directory = viewOf([
  ...region,
  ...Array.from({ length: units / 2 }, (_, n) =>
    changed(who.endocrinology, { gln: `57902${String(n).padStart(8, "0")}`, partOf: who.hospital }),
  ),
]);

/** Everybody who owes anything, by the number of a case. */
export const owers = (n: number): string => (n % 3 === 1 ? unitOf(n) : practiceOf(n));

const start = Date.parse("2026-01-01T08:00:00.000Z");
export const at = (n: number): string => new Date(start + n * 20_000).toISOString();

/** Every third is closed; of the rest the ball is with the unit or with the practice, due at the same hour as hundreds of others. */
export const record = (n: number): CaseRecord => {
  const [practice, unit] = [practiceOf(n), unitOf(n)];
  const closed = n % 3 === 0;
  const due = new Date(start + Math.floor(n / 500) * 3_600_000).toISOString();
  const debtor = owers(n);
  const awaits = [{ who: debtor, act: "answer", due, overdue: false }];
  const creditor = debtor === unit ? practice : unit;
  const clock = { clockId: "ADVICE-MSG.1", agreement: "ADVICE-MSG", agreementVersion: 1, debtor, creditor };
  const card = {
    kind: "specialist",
    opener: practice,
    awaits: closed ? [] : awaits,
    closed,
    patient: n % 2 === 0 ? { cpr: cprOf(n) } : { alternativeId: patientOf(n) },
    links: [],
    parties: [practice, unit],
    openedAt: at(n),
  };
  return {
    version: 1,
    caseId: caseIdFor(practice, `M-${n}`),
    family: n % 10 === 0 ? "referral" : "advice",
    facts: [],
    deliveries: [],
    clocks: closed ? [] : [{ change: "started", ...clock, at: at(n), warnAt: due, due }],
    meta: {
      no: 1,
      at: at(n),
      commandId: `M-${n}`,
      commandType: "advice.ask",
      digest: "",
      actor: practice,
      outcome: "accepted",
      status: n % 50 === 0 ? "reopened" : "asked",
      parties: [practice, unit],
      card,
    },
  };
};

export type Asked = {
  name: string;
  /** The order that it has by itself; a search has one alone. */
  usual?: ListSort;
  type: string;
  viewer: (n: number) => string;
  payload: (n: number) => object;
  path: string;
};
const none = (): object => ({});
export const asked: Asked[] = [
  {
    name: "worklist of a practice",
    usual: "due",
    type: "expected",
    viewer: practiceOf,
    payload: none,
    path: "/v1/worklist",
  },
  {
    name: "worklist of a unit",
    usual: "due",
    type: "expected",
    viewer: unitOf,
    payload: none,
    path: "/v1/worklist",
  },
  {
    name: "worklist of a hospital with fifty units",
    usual: "due",
    type: "expected",
    viewer: () => who.hospital,
    payload: none,
    path: "/v1/worklist",
  },
  {
    name: "worklist, filtered to what is rare",
    usual: "due",
    type: "expected",
    viewer: unitOf,
    payload: () => ({ status: "reopened" }),
    path: "/v1/worklist?status=reopened",
  },
  { name: "sent", usual: "due", type: "sent", viewer: practiceOf, payload: none, path: "/v1/sent" },
  { name: "overdue", usual: "due", type: "overdue", viewer: unitOf, payload: none, path: "/v1/overdue" },
  { name: "every case", usual: "-changed", type: "cases", viewer: unitOf, payload: none, path: "/v1/cases" },
  {
    name: "every case of a hospital with fifty units",
    usual: "-changed",
    type: "cases",
    viewer: () => who.hospital,
    payload: none,
    path: "/v1/cases",
  },
  { name: "owed by a unit and to it", type: "owed", viewer: unitOf, payload: none, path: "/v1/owed" },
  {
    name: "what is overdue of a hospital with fifty units",
    type: "owed",
    viewer: () => who.hospital,
    payload: () => ({ overdue: true }),
    path: "/v1/owed?overdue=true",
  },
  {
    name: "a citizen",
    usual: "-changed",
    type: "ofPatient",
    viewer: practiceOf,
    payload: (n) => ({ patient: { cpr: cprOf(n) } }),
    path: "/v1/patients/cases",
  },
  {
    name: "a case card",
    type: "search",
    viewer: practiceOf,
    payload: (n) => ({ caseId: caseIdFor(practiceOf(n), `M-${n}`) }),
    path: "/v1/search",
  },
  {
    name: "a message id",
    type: "search",
    viewer: unitOf,
    payload: (n) => ({ messageId: `M-${n}` }),
    path: "/v1/search",
  },
];

const inOrder = (one: Asked, sort: ListSort): Asked => ({
  ...one,
  name: `${one.name}, by ${sort}`,
  payload: (n) => ({ ...one.payload(n), sort }),
  path:
    one.path === "/v1/patients/cases"
      ? one.path
      : `${one.path}${one.path.includes("?") ? "&" : "?"}sort=${sort}`,
});
/** Every list in every other order that it has. */
export const askedInOtherOrders = asked.flatMap((one) =>
  one.usual === undefined
    ? []
    : ListSort.options.filter((sort) => sort !== one.usual).map((sort) => inOrder(one, sort)),
);
