import { describe, expect, it } from "vitest";
import {
  Agreement,
  AgreementEntry,
  AgreementSet,
  isClock,
  keeps,
  warningsOf,
} from "../../../../contracts/agreement.ts";
import { bindingAgreements, type Matter } from "../../../../contracts/agreement-choice.ts";
import { ClockChange } from "../../../../contracts/clocks.ts";
import { agreements, builtInSet } from "../../../../contracts/codes/agreements.ts";
import { promises } from "../../../../contracts/codes/promises.ts";
import type { Limit } from "../../../../contracts/limits.ts";
import { OrganisationKind } from "../../../../contracts/messages/directory.ts";
import { dueOf } from "../../../../services/case/clock-rules.ts";
import { nineToFive } from "../../../support/clock-arbitraries.ts";
import { local } from "../../../support/clock-given.ts";
import { domainData } from "../../../support/domain-data.ts";

const advice = { family: "advice", kind: "specialist" } as const;
const correspondence = { family: "advice", kind: "correspondence" } as const;
const delivery = { family: "attachment", kind: "delivery" } as const;
const date = "2026-11-23";

const measured = agreements.filter(({ notYet }) => notYet === undefined);
const size = (limit: Limit) => {
  if (limit.kind === "readingWindow") return Number(limit.by.replace(":", ""));
  return "days" in limit ? limit.days : "minutes" in limit ? limit.minutes : 0;
};
const boundBy = (matter: Matter, kind: OrganisationKind, on: string) =>
  bindingAgreements(measured, {
    matter,
    parties: {
      debtor: { gln: "5790000000000", kind, wholes: [] },
      creditor: { gln: "5790000000001", kind: "practice", wholes: [] },
    },
    date: on,
  });
const agreementFor = (matter: Matter, kind: OrganisationKind, on: string) => boundBy(matter, kind, on)[0];

describe("the agreements", () => {
  it("fit their contract", () => {
    expect(AgreementSet.parse(builtInSet)).toEqual(builtInSet);
    for (const entry of builtInSet.agreements) expect(AgreementEntry.parse(entry)).toEqual(entry);
    for (const agreement of agreements) expect(Agreement.parse(agreement)).toEqual(agreement);
  });

  // Units differ where days cannot tell it: the same day, or hours of a working day.
  it.each(measured)("$id warns before it breaches", ({ limit, warnAt }) => {
    const morning = local("2026-11-23 10:15");
    for (const warning of warningsOf({ warnAt })) {
      expect(dueOf(warning, morning, nineToFive) < dueOf(limit, morning, nineToFive)).toBe(true);
      if (warning.kind === limit.kind) expect(size(warning)).toBeLessThan(size(limit));
    }
  });

  it("are each called by the promise that they keep", () => {
    expect(builtInSet.agreements.filter(({ id, promise }) => !keeps(id, promise))).toEqual([]);
    const named = new Set(builtInSet.agreements.map(({ promise }) => promise));
    expect([...named].toSorted()).toEqual(promises.map(({ id }) => id).toSorted());
  });

  it("leave exactly one in force for any matter, debtor and date", () => {
    for (const matter of [advice, correspondence, delivery])
      for (const kind of OrganisationKind.options)
        expect(boundBy(matter, kind, date).length).toBeLessThanOrEqual(1);
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

type Row = { id: string; limit: string; warnAt: string | null; basis: string; source: string };
const published = domainData("response-agreements") as { agreements: Row[] } | undefined;

describe.skipIf(published === undefined)("the published response-time agreements", () => {
  /** What the row says of the limit, for each entry of ours: one phrase that must stand in it. */
  const inWords: Readonly<Record<string, { limit: string; warnAt?: string | null }>> = {
    "COR-URGENT-BLOCK": { limit: "not allowed by message", warnAt: null },
    "COR-REFQUERY-ASAP": { limit: "1 working day", warnAt: "4 working hours" },
    "COR-HOSP-READ": {
      limit: "same day if delivered before 14:30, else next reading window",
      warnAt: "14:30",
    },
    "EPI-DISCHARGE": { limit: "end of next working day", warnAt: "discharge time" },
    "EPI-72H-CONTENT": { limit: "must contain: that 72 h applies, end time, phone number", warnAt: null },
    "EPI-REVIEW-AKUT": { limit: "Akut: same day", warnAt: "50 %" },
    "EPI-REVIEW-SUBAKUT": { limit: "Subakut: 1 working day", warnAt: "50 %" },
    "EPI-REVIEW-RUTINE": { limit: "Rutine: 3 working days", warnAt: "50 %" },
    "ADM-NOTIFY": { limit: "default alarm 5 min", warnAt: "5 min" },
    "ADM-REPORT": { limit: "manual within 24 h", warnAt: "12 h" },
    "CARE-PLAN": { limit: "by 12:00 on day of discharge", warnAt: "11:00" },
    "RESP-72H": { limit: "72 h exact clock hours", warnAt: "66 h" },
    HOMEVISIT: { limit: "7 calendar days", warnAt: "5 days" },
    "REF-TRIAGE": { limit: "1 working day", warnAt: "4 working hours" },
    "REF-NOTICE": { limit: "8 working days", warnAt: "6 working days" },
    "REF-DIAG-RIGHT": { limit: "30 calendar days", warnAt: "21 d" },
    "REF-CANCER": { limit: "14 calendar days", warnAt: "10 d" },
    "REF-FORWARD": { limit: "return: 1 working day", warnAt: "-" },
    "PSY-REFERRAL": { limit: "must carry somatic work-up result", warnAt: null },
    "IMG-DIRECT": { limit: "agreed per package", warnAt: "-" },
    "ADVICE-PHONE": { limit: "working days 08:00-15:30", warnAt: "-" },
    "ACUTE-VISIT": { limit: "2 h default", warnAt: "1 h" },
    "ACUTE-VISIT-NEXT-DAY": { limit: "'next day' for sub-acute", warnAt: "1 h" },
    "ACUTE-RESULT": { limit: "structured result within 2 h", warnAt: "1 h" },
    "TOBS-MSG": { limit: ">=5 15 min", warnAt: "50 %" },
    "GP-PHONE": { limit: "default direct line 5 min", warnAt: "-" },
  };
  const said = (each: Limit) =>
    each.kind === "workingDays" ? `${String(each.days)} working days` : `${String(size(each))} min`;
  const wordsOf = (entry: AgreementEntry) =>
    isClock(entry)
      ? { limit: said(entry.limit), warnAt: warningsOf(entry).map(said).join(", ") }
      : { limit: "?", warnAt: "?" };
  /** How the row tells where its limit is from. A part that was read leaves the limit the default that it is. */
  const basisOf = (row: Row, id: string): AgreementEntry["basis"] => {
    if (id === "ACUTE-VISIT-NEXT-DAY") return "sourced";
    return /\+default|, default|^default/.test(row.basis) ? "default" : "sourced";
  };
  const oursOf = (row: Row) => builtInSet.agreements.filter(({ promise }) => promise === row.id);

  it("are 31, and each of them is in the set", () => {
    expect(published?.agreements).toHaveLength(31);
    expect(published?.agreements.filter((row) => oursOf(row).length === 0)).toEqual([]);
  });

  it.each(published?.agreements ?? [])("say of $id the same limit, warning, basis and source", (row) => {
    for (const entry of oursOf(row)) {
      const words = { ...wordsOf(entry), ...inWords[entry.id] };
      expect(row.limit).toContain(words.limit);
      expect(row.warnAt).toBe(words.warnAt);
      expect(entry.basis).toBe(basisOf(row, entry.id));
      expect(entry.source.document).toBe(row.source);
    }
  });

  it.each(builtInSet.agreements)(
    "of $id tell why nothing is measured, or what starts and stops it",
    (entry) => {
      if (!isClock(entry) || entry.notYet !== undefined) return;
      expect(entry.startsOn.length * entry.stopsOn.length).toBeGreaterThan(0);
    },
  );
});

describe("a change of a clock", () => {
  it("is one of nine", () => {
    expect(ClockChange.options).toHaveLength(9);
  });
});
