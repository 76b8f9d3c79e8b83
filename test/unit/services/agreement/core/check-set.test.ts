import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../../contracts/agreement.ts";
import { agreementProblems } from "../../../../../contracts/codes/agreement-problems.ts";
import { builtInSet } from "../../../../../contracts/codes/agreements.ts";
import { checkSet } from "../../../../../services/agreement/core/check-set.ts";
import {
  likeAgreement,
  likeEntry,
  problemsOf,
  setWith,
  setWithout,
  today,
} from "../../../../support/agreement-sets.ts";
import { changed, regionView, regionWith, who } from "../../../../support/region-view.ts";

const advice = (change: Partial<Agreement> = {}): Agreement => likeAgreement("ADVICE-MSG", change);
const endo = (change: Partial<Agreement> = {}): Agreement =>
  advice({ id: "ADVICE-MSG-ENDO", parties: { debtor: { organisations: [who.endocrinology] } }, ...change });
const codes = (...entries: Parameters<typeof setWith>) =>
  problemsOf(setWith(...entries)).map(({ code }) => code);

describe("the built-in set", () => {
  it("has nothing wrong with it", () => {
    expect(checkSet([{ file: "x", set: builtInSet }], { today })).toEqual([]);
  });

  it("names nobody whom the region does not know", () => {
    expect(problemsOf(builtInSet, { organisation: regionView.organisation })).toEqual([]);
  });
});

describe("two agreements about the same matter", () => {
  it("overlap when neither names more than the other", () => {
    expect(problemsOf(setWith(endo({ parties: advice().parties })))).toEqual([
      { code: "overlap", path: "~appliesTo" },
    ]);
  });

  it("do not overlap when one names who owes the answer", () => {
    expect(codes(endo())).toEqual([]);
  });

  it("overlap when both name the same unit, and not when they name two", () => {
    const second = (organisations: string[]) =>
      endo({ id: "ADVICE-MSG-OTHER", parties: { debtor: { organisations } } });
    expect(codes(endo(), second([who.cardiology, who.endocrinology]))).toEqual(["overlap"]);
    expect(codes(endo(), second([who.cardiology]))).toEqual([]);
    // The nearer one goes first: a unit before its hospital.
    expect(codes(endo(), second([who.hospital]))).toEqual([]);
  });

  it("do not overlap when one ends before the other begins, or begin with other facts", () => {
    const twin = { parties: advice().parties };
    const ended = advice({ validTo: "2026-12-31" });
    expect(codes(ended, endo({ ...twin, validFrom: "2027-01-01" }))).toEqual([]);
    expect(codes(ended, endo({ ...twin, validFrom: "2026-12-31" }))).toEqual(["overlap"]);
    expect(codes(endo({ ...twin, startsOn: ["LetterAdded"] }))).toEqual([]);
  });

  it("are told from the first day on which both are in force", () => {
    const [problem] = checkSet(
      [{ file: "region.json", set: setWith(endo({ parties: advice().parties, validFrom: "2027-03-01" })) }],
      { today },
    );
    expect(problem?.en).toBe(
      "ADVICE-MSG-ENDO and ADVICE-MSG are equally specific and about the same matter from 2027-03-01: neither goes first.",
    );
    expect(problem?.da).toContain("2027-03-01");
  });
});

describe("a promise", () => {
  it("that no agreement keeps is a gap, told with its matter", () => {
    const [gap, ...more] = checkSet([{ file: "x", set: setWithout("REF-TRIAGE") }], { today });
    expect([gap?.code, gap?.path, gap?.file]).toEqual(["gap", "REF-TRIAGE", ""]);
    expect(gap?.en).toContain("referral hospital, hospital/department");
    // One for each kind of referral that is triaged.
    expect(more.map(({ code }) => code)).toEqual(["gap", "gap", "gap"]);
  });

  it("of a tier that none names is a gap", () => {
    expect(problemsOf(setWithout("EPI-REVIEW-RUTINE"))).toEqual([{ code: "gap", path: "EPI-REVIEW" }]);
  });

  it("kept for one unit alone is a gap for the others", () => {
    const own = advice({ parties: { debtor: { organisations: [who.endocrinology] } } });
    expect(codes(own)).toEqual(["gap"]);
  });

  it("whose last agreement ends has no successor", () => {
    expect(problemsOf(setWith(advice({ validTo: "2027-06-30" })))).toEqual([
      { code: "ended-without-successor", path: "~validTo" },
    ]);
    expect(codes(advice({ validTo: "2027-06-30" }), advice({ version: 2, validFrom: "2027-07-01" }))).toEqual(
      [],
    );
    expect(codes(advice({ validTo: "2027-06-30" }), advice({ version: 2, validFrom: "2027-07-02" }))).toEqual(
      ["ended-without-successor"],
    );
  });

  it("is one that the hub knows, of the kind that it is, and begins the agreement's id", () => {
    expect(codes(endo({ promise: "ADVICE-WISH" }))).toEqual(["promise-unknown"]);
    expect(codes(endo({ id: "MY-OWN" }))).toEqual(["promise-not-in-id"]);
    expect(codes(endo({ id: "PSY-REFERRAL-FAST", promise: "PSY-REFERRAL" }))).toEqual([
      "promise-of-another-kind",
    ]);
  });
});

describe("a name", () => {
  it("of a fact is one of the family, in every list", () => {
    const lists = ["startsOn", "pausesOn", "resumesOn", "stopsOn", "cancelsOn"] as const;
    for (const list of lists)
      expect(problemsOf(setWith(endo({ [list]: [...endo()[list], "PatientVanished"] })))).toContainEqual({
        code: "fact-unknown",
        path: `~${list}.${String(endo()[list].length)}`,
      });
    expect(codes(endo({ stopsOn: ["PlanMade"] }))).toEqual(["fact-unknown"]);
    const receipt = likeAgreement("RECEIPT");
    expect(codes({ ...receipt, startsOn: ["AdviceAsked"] })).toEqual(["fact-unknown"]);
  });

  it("of a kind of matter or a tier is one that there is", () => {
    const { appliesTo } = endo();
    expect(problemsOf(setWith(endo({ appliesTo: { ...appliesTo, kinds: ["specialist", "wish"] } })))).toEqual(
      [{ code: "kind-unknown", path: "~appliesTo.kinds.1" }],
    );
    const review = likeAgreement("EPI-REVIEW-AKUT", { id: "EPI-REVIEW-SOON" });
    expect(codes({ ...review, appliesTo: { ...review.appliesTo, tiers: ["snart"] } })).toEqual([
      "tier-unknown",
    ]);
  });

  it("of an organisation is one of the directory, where there is one", () => {
    const organisation = regionView.organisation;
    const stranger = endo({
      parties: {
        debtor: { organisations: [who.endocrinology, who.nobody] },
        creditor: { organisations: [who.nobody] },
      },
    });
    expect(problemsOf(setWith(stranger), { organisation })).toEqual([
      { code: "organisation-unknown", path: "~parties.debtor.organisations.1" },
      { code: "organisation-unknown", path: "~parties.creditor.organisations.0" },
    ]);
    expect(codes(stranger)).toEqual([]);
  });
});

describe("a clock", () => {
  it("has one thing to do at each fact, and an end to each pause", () => {
    expect(problemsOf(setWith(endo({ cancelsOn: ["AdviceAnswered"] })))).toEqual([
      { code: "fact-twice", path: "~cancelsOn.0" },
    ]);
    expect(codes(endo({ resumesOn: [] }))).toEqual(["pause-without-end"]);
  });

  it("is started and stopped by something, or says why not", () => {
    const notYet = { da: "Endnu ikke.", en: "Not yet." };
    expect(codes(endo({ startsOn: [] }))).toEqual(["nothing-starts-it"]);
    expect(codes(endo({ stopsOn: [] }))).toEqual(["nothing-starts-it"]);
    expect(codes(endo({ startsOn: [], notYet }))).toEqual([]);
    expect(codes(endo({ measuredTo: "reading" }))).toEqual([]);
  });

  it("warns before it is late, in whatever units", () => {
    expect(problemsOf(setWith(endo({ warnAt: { kind: "workingDays", days: 4 } })))).toEqual([
      { code: "warns-too-late", path: "~warnAt" },
    ]);
    expect(codes(endo({ warnAt: { kind: "elapsed", minutes: 60 * 24 * 4 } }))).toEqual(["warns-too-late"]);
    expect(codes(endo({ warnAt: { kind: "openingMinutes", minutes: 60 } }))).toEqual([]);
  });

  it("counts in a calendar that has what it counts", () => {
    expect(problemsOf(setWith(endo({ calendar: "clock" })))).toEqual([
      { code: "limit-not-in-calendar", path: "~limit" },
    ]);
    const minutes = {
      limit: { kind: "openingMinutes", minutes: 60 },
      warnAt: { kind: "openingMinutes", minutes: 30 },
    } as const;
    expect(codes(endo({ ...minutes, calendar: "clock" }))).toEqual(["limit-not-in-calendar"]);
    expect(codes(endo({ ...minutes, calendar: "debtorHours" }))).toEqual([]);
  });

  it("cannot run in opening hours that are none", () => {
    const weekends = [{ days: [6, 7], opens: "09:00", closes: "12:00" }];
    const { organisation } = regionWith(changed(who.endocrinology, { openingHours: weekends }));
    const minutes = {
      limit: { kind: "openingMinutes", minutes: 60 },
      warnAt: { kind: "openingMinutes", minutes: 30 },
    } as const;
    expect(problemsOf(setWith(endo({ ...minutes, calendar: "debtorHours" })), { organisation })).toEqual([
      { code: "calendar-never-open", path: "~calendar" },
    ]);
    const phone = likeEntry("GP-PHONE");
    expect(codes({ ...phone, hours: weekends } as typeof phone)).toEqual(["calendar-never-open"]);
  });
});

describe("a version", () => {
  it("stands once, and begins no earlier than the one that it replaces", () => {
    expect(problemsOf({ ...builtInSet, agreements: [...builtInSet.agreements, advice()] })).toEqual([
      { code: "version-twice", path: "~version" },
    ]);
    expect(
      codes(advice({ validFrom: "2026-03-01" }), advice({ version: 2, validFrom: "2026-02-01" })),
    ).toContain("version-order");
  });

  it("that may be in use is never changed; one that has not begun may be", () => {
    const before = [advice({ limit: { kind: "workingDays", days: 4 } })];
    const changedOnes = problemsOf(builtInSet, { before });
    expect(changedOnes.map(({ code }) => code)).toEqual(["version-changed"]);
    expect(problemsOf(builtInSet, { before: [advice()] })).toEqual([]);
    const coming = advice({ version: 2, validFrom: "2027-01-01" });
    const other = { ...coming, limit: { kind: "workingDays", days: 2 } } as const;
    expect(problemsOf(setWith(other), { before: [coming] })).toEqual([]);
    expect(problemsOf(setWith(other), { before: [coming], today: "2027-01-01" })).toHaveLength(1);
  });

  it("is the same whatever the order of its fields", () => {
    const turned = Object.fromEntries(Object.entries(advice()).toReversed()) as unknown as Agreement;
    expect(problemsOf(builtInSet, { before: [turned] })).toEqual([]);
  });

  it("lies within its set, and ends after it begins", () => {
    expect(problemsOf(setWith(endo({ validFrom: "2025-12-31" })))).toEqual([
      { code: "before-set", path: "~validFrom" },
    ]);
    expect(codes(endo({ validFrom: "2026-05-02", validTo: "2026-05-01" }))).toEqual([
      "ends-before-it-begins",
    ]);
  });
});

describe("the words of problems", () => {
  it.each(Object.entries(agreementProblems))(
    "%s are Danish and English, of the same values",
    (_code, { da, en }) => {
      const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
      expect(values(da)).toEqual(values(en));
      expect(da).not.toBe(en);
    },
  );
});
