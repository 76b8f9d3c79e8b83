import { describe, expect, it } from "vitest";
import type { Decision } from "../../../../services/case/decision.ts";
import { asTold, type Telltale } from "../../../../services/case/untold.ts";
import { letter } from "../../../support/advice-given.ts";
import { regionWithFhir } from "../../../support/inside-given.ts";
import { who } from "../../../support/region-view.ts";

type Recorded = Extract<Decision<{ type: string }>, { kind: "record" }>;

/** A municipality whose system takes HospitalNotification and nothing else. */
const directory = regionWithFhir(who.municipality, "HospitalNotification");
const told = { to: who.practice, from: who.hospital, fact: 0 };
const untold = { to: who.municipality, from: who.hospital, fact: 0 };
const decision = (more: Partial<Recorded> = {}): Recorded => ({
  kind: "record",
  facts: [{ type: "SummarySent" }],
  tell: [told, untold],
  ...more,
});
const telltale = (more: Partial<Telltale> = {}): Telltale => ({
  directory,
  written: undefined,
  before: undefined,
  after: undefined,
  rang: false,
  ...more,
});
const draft = (...awaits: { who: string; act: string }[]) => ({
  ...{ kind: "stay", opener: who.hospital, closed: false, awaits },
});

describe("somebody who has no way in for what is told", () => {
  it("and is merely informed beside others does not hold them up: the loss is a warning of the record, by name and by what it lacks", () => {
    const after = asTold(decision(), telltale());
    expect(after).toMatchObject({
      kind: "record",
      tell: [told],
      warnings: [{ code: "not-told", severity: "warning" }],
    });
    expect(after.kind === "record" ? after.warnings?.[0]?.message : "").toBe(
      `Nordfjord Kommune (${who.municipality}) is not told of this. It takes none of these: FHIR CareCommunication, OIOXML XDIS01, OIOXML XDIS91, JSON SummarySent.`,
    );
  });

  it("and is the only one to be told makes the command refused, with what it lacks", () => {
    expect(asTold(decision({ tell: [untold] }), telltale())).toMatchObject({
      kind: "refuse",
      code: "receiver-cannot-receive",
      problems: [
        {
          path: "receiver.gln",
          message:
            "The other party has no channel for this. It takes none of these: FHIR CareCommunication, OIOXML XDIS01, OIOXML XDIS91, JSON SummarySent.",
        },
      ],
    });
  });

  it.each<[string, Partial<Recorded>, Partial<Telltale>]>([
    [
      "owes something by it",
      { owing: [{ kind: "stay", debtor: who.municipality, creditor: who.hospital }] },
      {},
    ],
    ["is expected to act on it", {}, { after: draft({ who: who.municipality, act: "send-report" }) }],
    [
      "is whom its letter is written to",
      { facts: [{ type: "AdviceAsked", ...{ letter: letter(who.hospital, who.municipality) } }] },
      {},
    ],
  ])("and %s makes the command refused, though others could be told", (_, more, how) => {
    expect(asTold(decision(more), telltale(how))).toMatchObject({ kind: "refuse" });
  });

  it("and was expected to act before is merely informed of what changes nothing of that", () => {
    const awaits = [{ who: who.municipality, act: "send-report" }];
    const before = {
      ...draft(...awaits),
      links: [],
      awaits: awaits.map((one) => ({ ...one, overdue: false })),
    };
    expect(asTold(decision(), telltale({ before, after: draft(...awaits) }))).toMatchObject({ tell: [told] });
  });

  it("does not keep the hub from what an alarm rang for", () => {
    expect(asTold(decision({ tell: [untold] }), telltale({ rang: true }))).toMatchObject({
      kind: "record",
      tell: [],
      warnings: [{ code: "not-told" }],
    });
  });

  it("leaves a decision in which everybody can be told as it is", () => {
    const whole = decision({ tell: [told] });
    expect(asTold(whole, telltale())).toBe(whole);
  });

  it("and speaks FHIR between parties without SOR codes is said to lack those", () => {
    const refused = asTold(
      decision({ facts: [{ type: "PlanMade" }], tell: [{ ...untold, from: who.nobody }] }),
      telltale({ directory: regionWithFhir(who.municipality, "*") }),
    );
    expect(refused.kind === "refuse" ? refused.problems[0]?.message : "").toContain(
      "SOR codes of both parties",
    );
  });
});
