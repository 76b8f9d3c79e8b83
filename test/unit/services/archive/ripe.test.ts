import { describe, expect, it } from "vitest";
import type { CaseCard } from "../../../../contracts/record.ts";
import { type Around, ripenessOf } from "../../../../services/archive/core/ripe.ts";
import { type CaseState, type DeliveryState, noCase } from "../../../../services/case/case-state.ts";
import type { ClockState } from "../../../../services/case/clock-state.ts";

const caseId = "5d0f2a86-7f5f-5c7e-9b0a-0d5a5a1d3c11";
const card = (own: Partial<CaseCard> = {}): CaseCard => ({
  kind: "specialist",
  opener: "5790000100019",
  awaits: [],
  closed: true,
  links: [],
  ...own,
});
const delivery = (own: Partial<DeliveryState>): DeliveryState => ({
  deliveryId: `${caseId}.1.0`,
  to: "5790000200016",
  from: "5790000100019",
  documentType: "XDIS91",
  status: "acknowledged",
  receiptExpected: true,
  sendings: 1,
  owedAt: "2025-01-01T08:00:00.000Z",
  ...own,
});
const clock = (own: object): ClockState =>
  ({
    clockId: "ADVICE-MSG.1",
    agreement: "ADVICE-MSG",
    given: [],
    waited: [],
    ...own,
  }) as unknown as ClockState;

const closed = (own: Partial<CaseState> = {}): CaseState => ({
  ...noCase(caseId),
  no: 3,
  family: "advice",
  status: "answered",
  deliveries: { [`${caseId}.1.0`]: delivery({}) },
  clocks: { a: clock({ status: "met" }) },
  card: card(),
  ...own,
});
const old: Around = {
  now: "2026-11-22T12:00:00.000Z",
  lastAt: "2025-01-01T08:00:00.000Z",
  afterDays: 400,
  linkedToOpen: false,
};
const ripe = { kind: "ripe" };
const stays = (why: string) => ({ kind: "unripe", why });
const owing = (own: Partial<DeliveryState>) => closed({ deliveries: { d: delivery(own) } });

describe("a case may leave the journal", () => {
  it("when it is closed, all of it arrived, and it is old", () => {
    expect(ripenessOf(closed(), old)).toEqual(ripe);
  });

  it("no sooner than its days after the last record, to the millisecond", () => {
    const lastAt = "2025-10-18T12:00:00.000Z";
    expect(ripenessOf(closed(), { ...old, lastAt })).toEqual(ripe);
    expect(ripenessOf(closed(), { ...old, lastAt: "2025-10-18T12:00:00.001Z" })).toEqual(stays("too-young"));
  });

  it("when it never became one: its command was refused", () => {
    expect(ripenessOf(closed({ card: undefined, status: "refused" }), old)).toEqual(ripe);
  });

  it.each([
    ["its receiver refused it, and a person has seen to that", { status: "failed", handled: true }],
    [
      "nobody knows whether it arrived, and a person has seen to that",
      { status: "unconfirmed", handled: true },
    ],
    ["it was fetched, and its receiver gives no receipts", { status: "fetched", receiptExpected: false }],
  ] as const)("with a delivery of which %s", (_what, own) => {
    expect(ripenessOf(owing(own), old)).toEqual(ripe);
  });

  it("with a clock that was broken and answered late, or cancelled", () => {
    const clocks = {
      a: clock({ status: "breached", stoppedAt: "2025-01-01T08:00:00.000Z" }),
      b: clock({ status: "cancelled" }),
    };
    expect(ripenessOf(closed({ clocks }), old)).toEqual(ripe);
  });
});

describe("retention that would remove something undelivered: a case stays, however old it is, while", () => {
  it.each([
    ["a document waits to be fetched", { status: "waiting" }],
    ["a document waits for a receiver that gives no receipts", { status: "waiting", receiptExpected: false }],
    ["a document was fetched and its receipt has not come", { status: "fetched" }],
    ["a document was refused and no person has seen to it", { status: "failed" }],
    ["nobody knows whether a document arrived", { status: "unconfirmed" }],
    ["a document is to be sent again after a fault", { status: "failedForNow" }],
    [
      "a document was fetched after its sender was told that it was not, and nobody has seen to that",
      {
        status: "fetched",
        receiptExpected: false,
        trouble: { why: "not-fetched", at: "2025-01-01T08:00:00.000Z" },
      },
    ],
    ["a document was sent again after a person had seen to it", { status: "waiting", sendings: 2 }],
  ] as const)("%s", (_what, own) => {
    expect(ripenessOf(owing(own), old)).toEqual(stays("delivery-open"));
  });

  it("one of many documents has not arrived", () => {
    const deliveries = { a: delivery({}), b: delivery({ status: "waiting" }), c: delivery({}) };
    expect(ripenessOf(closed({ deliveries }), old)).toEqual(stays("delivery-open"));
  });

  it.each([
    ["runs", { status: "running" }],
    ["is paused", { status: "paused" }],
    ["was broken, and the answer is still owed", { status: "breached" }],
  ])("a clock %s", (_what, own) => {
    expect(ripenessOf(closed({ clocks: { a: clock(own) } }), old)).toEqual(stays("clock-running"));
  });

  it("it is open", () => {
    expect(ripenessOf(closed({ card: card({ closed: false }) }), old)).toEqual(stays("open"));
    expect(ripenessOf(noCase(caseId), old)).toEqual(stays("open"));
  });

  it("an alarm is set in it", () => {
    expect(ripenessOf(closed({ alarms: { "hold.1": "2027-01-01T00:00:00.000Z" } }), old)).toEqual(
      stays("alarm-set"),
    );
  });

  it("its sender is awaited for a document that did not arrive", () => {
    const awaits = [{ who: "5790000100019", act: "followUpDelivery", overdue: false }];
    expect(ripenessOf(closed({ card: card({ awaits }) }), old)).toEqual(stays("somebody-awaited"));
  });

  it("a case that is open links to it, or it to one", () => {
    expect(ripenessOf(closed(), { ...old, linkedToOpen: true })).toEqual(stays("linked-to-open"));
  });
});
