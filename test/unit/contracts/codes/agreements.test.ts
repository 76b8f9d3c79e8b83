import { describe, expect, it } from "vitest";
import { Agreement, ClockChange, type Limit } from "../../../../contracts/clocks.ts";
import { agreements, agreementsFor, type Matter } from "../../../../contracts/codes/agreements.ts";
import { DeliveryChange } from "../../../../contracts/deliveries.ts";
import { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { BookingFact } from "../../../../contracts/messages/booking.ts";
import { OrganisationKind } from "../../../../contracts/messages/directory.ts";
import { DischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import { ObservationFact } from "../../../../contracts/messages/observation-facts.ts";
import { ReferralFact } from "../../../../contracts/messages/referral-facts.ts";
import { dueOf } from "../../../../services/case/clock-rules.ts";
import { nineToFive } from "../../../support/clock-arbitraries.ts";
import { local } from "../../../support/clock-given.ts";
import { domainData } from "../../../support/domain-data.ts";

const advice = { family: "advice", kind: "specialist" } as const;
const correspondence = { family: "advice", kind: "correspondence" } as const;
const delivery = { family: "attachment", kind: "delivery" } as const;
const date = "2026-11-23";

const factTypes = [
  ...AdviceFact.options.map((option) => option.shape.type.value as string),
  ...DischargeFact.options.map((option) => option.shape.type.value as string),
  ...BookingFact.options.map((option) => option.shape.type.value as string),
  ...ObservationFact.options.map((option) => option.shape.type.value as string),
  ...ReferralFact.options.map((option) => option.shape.type.value as string),
];
const deliveryChanges = DeliveryChange.options.map((option) => option.shape.change.value as string);
const size = (limit: Limit) => ("days" in limit ? limit.days : limit.minutes);
const agreementFor = (matter: Matter, debtorKind: OrganisationKind, on: string) =>
  agreementsFor(agreements, { matter, debtorKind, date: on })[0];

describe("the agreements", () => {
  it.each(agreements)("$id version $version fits its contract", (agreement) => {
    expect(Agreement.parse(agreement)).toEqual(agreement);
    expect(agreement.source.length).toBeGreaterThan(0);
  });

  it.each(agreements)("$id names only facts that exist", (agreement) => {
    const known = agreement.appliesTo.kinds?.includes("delivery") === true ? deliveryChanges : factTypes;
    const named = [agreement.startsOn, agreement.pausesOn, agreement.resumesOn, agreement.stopsOn].flat();
    expect(named.filter((fact) => !known.includes(fact))).toEqual([]);
    expect(agreement.startsOn.length * agreement.stopsOn.length).toBeGreaterThan(0);
  });

  // Units differ where days cannot tell it: the same day, or hours of a working day.
  it.each(agreements)("$id warns before it breaches", ({ limit, warnAt }) => {
    const morning = local("2026-11-23 10:15");
    expect(dueOf(warnAt, morning, nineToFive) < dueOf(limit, morning, nineToFive)).toBe(true);
    if (warnAt.kind === limit.kind) expect(size(warnAt)).toBeLessThan(size(limit));
  });

  it.each(agreements)("$id resumes if and only if it pauses, and no fact does two things", (agreement) => {
    expect(agreement.pausesOn.length === 0).toBe(agreement.resumesOn.length === 0);
    const named = [agreement.startsOn, agreement.pausesOn, agreement.resumesOn, agreement.stopsOn].flat();
    expect(new Set(named).size).toBe(named.length);
  });

  it("have each version once", () => {
    const versions = agreements.map(({ id, version }) => `${id} ${String(version)}`);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it("leave exactly one in force for any matter, debtor and date", () => {
    for (const matter of [advice, correspondence, delivery])
      for (const kind of OrganisationKind.options) {
        const found = agreements.filter(
          ({ appliesTo }) =>
            appliesTo.kinds?.includes(matter.kind) === true &&
            (appliesTo.debtorKinds?.includes(kind) ?? true),
        );
        expect(found.length).toBeLessThanOrEqual(1);
        expect(agreementFor(matter, kind, date)).toBe(found[0]);
      }
  });
});

describe("the agreement that applies", () => {
  it("to a specialist's answer is ADVICE-MSG", () => {
    expect(agreementFor(advice, "department", date)?.id).toBe("ADVICE-MSG");
    expect(agreementFor(advice, "hospital", date)?.id).toBe("ADVICE-MSG");
    expect(agreementFor(advice, "practice", date)).toBeUndefined();
  });

  it("to correspondence is COR-ROUTINE where GPs and municipalities receive it", () => {
    const kinds = OrganisationKind.options.filter(
      (kind) => agreementFor(correspondence, kind, date) !== undefined,
    );
    expect(kinds).toEqual(["practice", "municipality", "acuteTeam"]);
    expect(agreementFor(correspondence, "practice", date)?.id).toBe("COR-ROUTINE");
  });

  it("to a delivery of any family is RECEIPT, whoever receives it", () => {
    for (const kind of OrganisationKind.options) {
      expect(agreementFor(delivery, kind, date)?.id).toBe("RECEIPT");
      expect(agreementFor({ ...delivery, family: "advice" }, kind, date)?.id).toBe("RECEIPT");
    }
  });

  it("is none before it was made", () => {
    expect(agreementFor(advice, "department", "2025-12-31")).toBeUndefined();
    expect(agreementFor(advice, "department", "2026-01-01")?.id).toBe("ADVICE-MSG");
  });
});

const published = domainData("response-agreements") as
  | { agreements: { id: string; limit: string; warnAt: string; basis: string }[] }
  | undefined;
describe.skipIf(published === undefined)("the published response-time agreements", () => {
  /** Where the published row tells several limits, or tells one in other words. */
  const otherWords: Readonly<Record<string, { limit: string; warnAt: string; basis?: string }>> = {
    "COR-REFQUERY-ASAP": { limit: "1 working day", warnAt: "4 working hours" },
    "REF-TRIAGE": { limit: "1 working day", warnAt: "4 working hours", basis: "sourced (soft)" },
    "REF-NOTICE": { limit: "8 working days", warnAt: "6 working days", basis: "law-based" },
    "REF-DIAG-RIGHT": { limit: "30 calendar days", warnAt: "21 d", basis: "law" },
    "REF-CANCER": { limit: "14 calendar days", warnAt: "10 d", basis: "law" },
    "REF-FORWARD": { limit: "return: 1 working day", warnAt: "-" },
    "IMG-DIRECT": { limit: "agreed per package", warnAt: "-", basis: "sourced (phone), default" },
    "ACUTE-VISIT": { limit: "2 h default", warnAt: "1 h" },
    "ACUTE-RESULT": { limit: "structured result within 2 h", warnAt: "1 h" },
    "EPI-DISCHARGE": { limit: "end of next working day", warnAt: "discharge time" },
    "ADM-REPORT": { limit: "manual within 24 h", warnAt: "12 h" },
    "CARE-PLAN": { limit: "by 12:00 on day of discharge", warnAt: "11:00" },
    HOMEVISIT: { limit: "7 calendar days", warnAt: "5 days" },
    "TOBS-MSG": { limit: ">=5 15 min", warnAt: "50 %" },
  };
  const isPublished = ({ id }: Agreement) => published?.agreements.some((row) => row.id === id) === true;
  const ours = agreements.filter(isPublished);
  const said = (each: Limit) =>
    each.kind === "workingDays" ? `${String(each.days)} working days` : `${String(size(each))} min`;
  const wordsOf = ({ id, limit, warnAt }: Agreement) => ({
    limit: said(limit),
    warnAt: said(warnAt),
    ...otherWords[id],
  });
  it.each(ours)("say of $id the same limit, warning and basis", (agreement) => {
    const row = published?.agreements.find(({ id }) => id === agreement.id);
    const { limit, warnAt, basis } = { basis: undefined, ...wordsOf(agreement) };
    expect(row?.limit).toContain(limit);
    expect(row?.warnAt).toBe(warnAt);
    // A row of which a part was read and the limit was not says `sourced+default`: the limit is the default.
    const read = row?.basis === basis ? agreement.basis : row?.basis.replace("sourced+default", "default");
    expect(read).toBe(agreement.basis);
  });
});

describe("a change of a clock", () => {
  it("is one of seven", () => {
    expect(ClockChange.options).toHaveLength(7);
  });
});
