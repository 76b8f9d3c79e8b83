import { expect, test } from "vitest";
import { violationsOf } from "../../chaos/checker.ts";
import type { Answer, Evidence, Kind, Received, Recorded, Sent } from "../../chaos/evidence.ts";

const ward = "5790000200016";
const caseId = "0a0a0a0a-0000-4000-a000-000000000001";
const deliveryId = `${caseId}.1.0`;
const later = `${caseId}.2.0`;

const yes: Answer = { yes: true, status: 200, caseId, due: "", digest: "d1", reason: "" };
const no: Answer = { yes: false, status: 422, caseId: "", due: "", digest: "d2", reason: "receiver-unknown" };
const asked: Sent = { id: "ask:1", kind: "ask", sends: 1, answers: [yes] };

const record = (change: Partial<Recorded> = {}): Recorded => ({
  stream: "JOURNAL_0",
  seq: 1,
  inPlace: true,
  caseId,
  no: 1,
  commandId: "ask:1",
  accepted: true,
  refusal: "",
  owed: [{ deliveryId, to: ward }],
  settled: [],
  rung: [],
  ...change,
});
const second = (change: Partial<Recorded> = {}): Recorded =>
  record({ no: 2, seq: 2, commandId: "more:1", owed: [{ deliveryId: later, to: ward }], ...change });
const got = (change: Partial<Received> = {}): Received => ({
  receiver: ward,
  deliveryId,
  copyId: deliveryId,
  digest: "x",
  ...change,
});
const clock = { caseId, clockId: "C.1", warnAt: "2026-11-23T10:00:00.000Z", due: "2026-11-23T10:01:00.000Z" };
const warned = { clockId: "C.1", change: "warned", no: 1, at: clock.warnAt } as const;
const breached = { clockId: "C.1", change: "breached", no: 1, at: clock.due } as const;

const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  sent: [asked],
  journal: [record({ rung: [warned, breached] })],
  received: [got()],
  planted: [clock],
  receivers: [ward],
  ordered: [ward],
  ...change,
});

const kindsIn = (change: Partial<Evidence>): Kind[] => violationsOf(evidence(change)).map(({ kind }) => kind);
/** A journal in which the clock rang as it should. */
const journal = (...records: Recorded[]): Partial<Evidence> => ({ journal: records, planted: [] });

test("a run in which every promise was kept has no violation", () => {
  expect(violationsOf(evidence())).toEqual([]);
});

test("a copy of a document under its own id is no violation, whenever it comes", () => {
  const received = [got(), got({ deliveryId: later, copyId: later }), got()];
  expect(kindsIn({ ...journal(record(), second()), received })).toEqual([]);
});

test("a document whose receiver has acted on its case need not be fetched", () => {
  const settled = [{ deliveryId, change: "acted" }];
  expect(kindsIn({ ...journal(record({ settled })), received: [] })).toEqual([]);
});

test("a no that is in no journal is no violation, as long as it says why", () => {
  expect(kindsIn({ sent: [{ ...asked, id: "ask:2", answers: [no] }] })).toEqual([]);
});

const planted: [string, Kind[], Partial<Evidence>][] = [
  [
    "a message that never got an answer",
    ["unanswered"],
    { sent: [asked, { ...asked, id: "ask:2", answers: [] }] },
  ],
  ["a yes that became a no", ["flipped"], { sent: [{ ...asked, answers: [yes, no] }] }],
  [
    "a second yes with another due time",
    ["flipped"],
    { sent: [{ ...asked, answers: [yes, { ...yes, due: "2026" }] }] },
  ],
  [
    "a second receipt that differs in a byte",
    ["flipped"],
    { sent: [{ ...asked, answers: [yes, { ...yes, digest: "d3" }] }] },
  ],
  [
    "a no without a reason",
    ["no-reason"],
    { sent: [{ ...asked, id: "ask:2", answers: [{ ...no, reason: "" }] }] },
  ],
  [
    "a refusal in the journal without a code",
    ["no-reason"],
    journal(record(), second({ accepted: false, owed: [] })),
  ],
  ["a yes that is in no journal", ["lost"], { sent: [asked, { ...asked, id: "ask:2" }] }],
  [
    "a message with two records",
    ["recorded-twice"],
    journal(record(), second({ commandId: "ask:1", owed: [] })),
  ],
  [
    "a yes of which a refusal is kept",
    ["told-otherwise"],
    { ...journal(record({ accepted: false, refusal: "x", owed: [] })), received: [] },
  ],
  ["a no of which an acceptance is kept", ["told-otherwise"], { sent: [{ ...asked, answers: [no] }] }],
  [
    "a yes that named another case",
    ["told-otherwise"],
    { sent: [{ ...asked, answers: [{ ...yes, caseId: "other" }] }] },
  ],
  ["a record on another case's subject", ["out-of-place"], journal(record({ inPlace: false }))],
  ["a gap in a case", ["numbers"], journal(record(), second({ no: 3, owed: [] }))],
  ["records of a case in another order", ["numbers"], journal(second({ owed: [] }), record())],
  ["a document that never came", ["not-delivered"], { received: [] }],
  [
    "a document that nobody owes",
    ["delivered-unowed"],
    { received: [got(), got({ deliveryId: later, copyId: later })] },
  ],
  [
    "a document that a refused command owes",
    ["delivered-unowed"],
    {
      received: [got(), got({ deliveryId: later, copyId: later })],
      ...journal(record(), second({ accepted: false, refusal: "x" })),
    },
  ],
  [
    "a document at somebody else's",
    ["delivered-unowed"],
    { received: [got(), got({ receiver: "5790000100019" })] },
  ],
  ["a copy that says something else", ["copy-differs"], { received: [got(), got({ digest: "y" })] }],
  [
    "a case turned round at its receiver",
    ["order"],
    { received: [got({ deliveryId: later, copyId: later }), got()], ...journal(record(), second()) },
  ],
  [
    "a receipt that turned",
    ["receipt-flipped"],
    journal(
      record({
        settled: [
          { deliveryId, change: "acknowledged" },
          { deliveryId, change: "failed" },
        ],
      }),
    ),
  ],
  [
    "a receipt that was taken twice",
    ["receipt-flipped"],
    journal(
      record({
        settled: [
          { deliveryId, change: "acknowledged" },
          { deliveryId, change: "acknowledged" },
        ],
      }),
    ),
  ],
  [
    "one sending fetched twice",
    ["fetched-twice"],
    journal(
      record({
        settled: [
          { deliveryId, change: "fetched" },
          { deliveryId, change: "fetched" },
        ],
      }),
    ),
  ],
  ["a clock that never rang", ["clock-missed"], { journal: [record({ rung: [warned] })] }],
  ["a clock that rang twice", ["clock-twice"], { journal: [record({ rung: [warned, breached, breached] })] }],
  [
    "a clock that rang before its time",
    ["clock-early"],
    { journal: [record({ rung: [warned, { ...breached, at: clock.warnAt }] })] },
  ],
];

test.each(planted)("%s is found", (_what, kinds, change) => {
  expect(kindsIn(change)).toEqual(kinds);
});

test("two sendings may each be fetched", () => {
  const settled = ["fetched", "resent", "fetched"].map((change) => ({ deliveryId, change }));
  expect(kindsIn(journal(record({ settled })))).toEqual([]);
});

test("every kind of violation that the checker can find is planted here", () => {
  const found = new Set(planted.flatMap(([, kinds]) => kinds));
  const kinds: Record<Exclude<Kind, "odd-answer">, true> = {
    unanswered: true,
    flipped: true,
    "no-reason": true,
    lost: true,
    "recorded-twice": true,
    "told-otherwise": true,
    "out-of-place": true,
    numbers: true,
    "not-delivered": true,
    "delivered-unowed": true,
    "copy-differs": true,
    order: true,
    "receipt-flipped": true,
    "fetched-twice": true,
    "clock-missed": true,
    "clock-twice": true,
    "clock-early": true,
  };
  expect([...found].toSorted()).toEqual(Object.keys(kinds).toSorted());
});
