import { expect, test } from "vitest";
import type { Family } from "../../../../../../contracts/family.ts";
import { offered } from "../../../../../../gateways/console/web/src/pages/case/can.ts";
import { moves as advice } from "../../../../../../services/advice/core/moves.ts";
import { turns as booking } from "../../../../../../services/booking/core/moves.ts";
import { moves as observation } from "../../../../../../services/observation/core/moves.ts";
import { onlyFor, moves as referral } from "../../../../../../services/referral/core/moves.ts";

const us = "5790000100019";
const viewOf = (
  family: Family,
  { status, kind, opener = us, act = "" }: { status?: string; kind?: string; opener?: string; act?: string },
) => ({
  family,
  status: status ?? "",
  card: {
    ...{ kind: kind ?? "specialist", opener, closed: false, links: [] },
    awaits: act === "" ? [] : [{ who: us, act, overdue: false }],
  },
});
const hospital = "5790000210015";
const isUs = (gln: string): boolean => gln === us;
const who = { isUs, isOurs: (gln: string): boolean => gln === us || gln === hospital };
const allOf = (view: ReturnType<typeof viewOf>): string[] => {
  const { next, more } = offered(view, who);
  return [...next, ...more];
};

type Move = { by: readonly string[]; when: readonly string[] };
const families: readonly [Family, string, Readonly<Record<string, Move>>][] = [
  ["advice", "asker", advice],
  ["referral", "sender", referral],
  ["observation", "team", observation],
  ["booking", "booker", booking],
];

type Asked = { type: string; status: string; kind: string; isOpener: boolean };

/** What the hub itself says: a line of its moves, by this side and in this state, for this kind. */
const isAllowed = (moves: Readonly<Record<string, Move>>, opens: string, asked: Asked): boolean => {
  const { type, status, kind, isOpener } = asked;
  const opener = kind === "slot" ? "visitation" : opens;
  const lines = Object.entries(moves).filter(([name]) => name === type || name.startsWith(`${type}.`));
  const only: readonly string[] = Object.entries(onlyFor).find(([name]) => name === type)?.[1] ?? [kind];
  const mine = (by: readonly string[]): boolean => by.some((role) => (role === opener) === isOpener);
  return only.includes(kind) && lines.some(([, { by, when }]) => when.includes(status) && mine(by));
};

const sides = [true, false];

test.each(families)("nothing is offered in %s that its moves do not allow", (family, opens, moves) => {
  const states = [...new Set(Object.values(moves).flatMap(({ when }) => when))];
  const kinds =
    family === "booking" ? ["slot", "booking"] : ["hospital", "imaging", "acute-team", "prevention"];
  const cases = states.flatMap((status) =>
    kinds.flatMap((kind) => sides.map((isOpener) => ({ status, kind, isOpener }))),
  );
  const asked = cases.flatMap((one): Asked[] =>
    allOf(viewOf(family, { ...one, opener: one.isOpener ? us : "5790000200016" })).map((type) => ({
      type,
      ...one,
    })),
  );
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((one) => !isAllowed(moves, opens, one))).toEqual([]);
});

test.each([
  ["advice", { status: "asked", opener: "5790000200016", act: "answer" }, "advice.answer"],
  [
    "referral",
    { status: "sent", kind: "acute-team", opener: "5790000200016", act: "answer" },
    "referral.accept",
  ],
  ["discharge", { status: "discharged", act: "make-ready-medication" }, "discharge.tick"],
  ["observation", { status: "observing", act: "measure-or-close" }, "observation.measure"],
] as const)("in %s what is expected comes first", (family, view, first) => {
  expect(offered(viewOf(family, view), who).next).toEqual([first]);
});

test("a ward acts for its hospital on a stay that the hospital opened", () => {
  const view = viewOf("discharge", { status: "discharged", opener: hospital, act: "make-ready-summary" });
  expect(offered(view, who).next).toEqual(["discharge.sendSummary"]);
});
