import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../../contracts/agreement.ts";
import { adviceAgreements } from "../../../../../contracts/codes/agreements/advice.ts";
import { agreements } from "../../../../../contracts/codes/agreements.ts";
import { sentenceOf, withinText } from "../../../../../gateways/console/web/src/pages/agreements/sentence.ts";
import {
  differencesOf,
  nextVersion,
  typedOf,
} from "../../../../../gateways/console/web/src/pages/agreements/versions.ts";

const [advice] = adviceAgreements;
if (advice === undefined) throw new Error("The hub has no agreement about advice.");
const nameOf = (gln: string): string => ({ "5790000200023": "Kardiologi" })[gln] ?? gln;
const local = {
  ...advice,
  parties: { debtor: { organisations: ["5790000200023"] }, creditor: { kinds: ["practice" as const] } },
};

describe("an agreement as a sentence", () => {
  it("says who answers whom, within what, and when the clock stands", () => {
    expect(sentenceOf(local, "da", nameOf)).toBe(
      "Kardiologi svarer praksis inden 3 hverdage (svar på specialistrådgivning); uret står, mens praksis svarer på spørgsmål.",
    );
    expect(sentenceOf(local, "en", nameOf)).toBe(
      "Kardiologi answers general practice within 3 working days (answer to a request for specialist advice); the clock stands while general practice answers questions.",
    );
  });
  it("says who reads what came, where that is what is owed", () => {
    const reading = adviceAgreements.find(({ id }) => id === "COR-HOSP-READ");
    expect(reading && sentenceOf(reading, "da", nameOf)).toBe(
      "Hospitalet eller afdelingen læser det, kommunen eller akutteamet sender, senest kl. 15:00, når det kom før kl. 14:30 (hospitalets læsning af korrespondance fra kommunen).",
    );
  });
  it("says every kind of limit", () => {
    const said = (limit: Parameters<typeof withinText>[0]): string => withinText(limit, "da");
    expect(said({ kind: "elapsed", minutes: 60 })).toBe("inden 1 time");
    expect(said({ kind: "openingMinutes", minutes: 30 })).toBe("inden 30 minutter i åbningstiden");
    expect(said({ kind: "workingDays", days: 0 })).toBe("inden næste lukketid");
    expect(said({ kind: "calendarDays", days: 1 })).toBe("inden 1 dag");
    expect(said({ kind: "sameOrNextDay", day: "next" })).toBe("senest næste hverdag");
    expect(said({ kind: "timeOfDay", at: "12:00", days: 1 })).toBe("senest kl. 12:00 1 dag efter");
    expect(said({ kind: "readingWindow", cutoff: "14:30", by: "15:00" })).toBe(
      "senest kl. 15:00, når det kom før kl. 14:30",
    );
  });
});

describe("a new version", () => {
  const typed = {
    limit: { kind: "workingDays", days: 2 } as const,
    warnings: [{ kind: "workingDays", days: 1 } as const],
    calendar: "everyDay" as const,
    validFrom: "2026-12-01",
  };
  it("is the next number, with what was typed and all else as it was", () => {
    const next = nextVersion(advice, 4, typed);
    expect(next).toEqual({
      ...advice,
      version: 5,
      validFrom: "2026-12-01",
      calendar: "everyDay",
      limit: { kind: "workingDays", days: 2 },
      warnAt: { kind: "workingDays", days: 1 },
    });
  });
  it("differs in what was changed alone, not in its number", () => {
    const changed = differencesOf(advice, nextVersion(advice, 1, { ...typed, calendar: "workingDays" }));
    expect(changed.map(({ field }) => field)).toEqual(["validFrom", "limit", "warnAt"]);
  });
  it("of any built-in agreement is as it was when nothing is typed but the date", () => {
    for (const agreement of agreements) {
      const next = nextVersion(agreement, 1, typedOf(agreement, "2026-12-01"));
      expect(Agreement.parse(next)).toEqual({ ...agreement, version: 2, validFrom: "2026-12-01" });
    }
  });
  it("has as many warnings as were typed", () => {
    const warnings = [1, 2].map((days) => ({ kind: "workingDays" as const, days }));
    expect(nextVersion(advice, 1, { ...typed, warnings }).warnAt).toEqual(warnings);
    const several = { ...advice, warnAt: warnings };
    expect(typedOf(several, "2026-12-01").warnings).toEqual(warnings);
    expect(nextVersion(several, 1, { ...typed, warnings: warnings.slice(1) }).warnAt).toEqual([
      { kind: "workingDays", days: 2 },
    ]);
  });
});
