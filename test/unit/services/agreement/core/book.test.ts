import { describe, expect, it } from "vitest";
import type { AgreementSet } from "../../../../../contracts/agreement.ts";
import { AgreementBook, clocksOf, emptyBook, entriesOf } from "../../../../../contracts/agreement-book.ts";
import { agreements, builtInSet } from "../../../../../contracts/codes/agreements.ts";
import {
  builtInFile,
  grounded,
  type Loaded,
  statusOf,
  withFiles,
  withVersion,
} from "../../../../../services/agreement/core/book.ts";
import { likeAgreement, setWith, today } from "../../../../support/agreement-sets.ts";

const change = { by: "operator", at: "2026-11-23T09:15:00.000Z", today };
const region = (set: Partial<AgreementSet> = {}, ...changed: Parameters<typeof setWith>): AgreementSet => ({
  ...setWith(...changed),
  ...set,
});
const load = (
  book: AgreementBook,
  set: AgreementSet | undefined,
  on: Partial<typeof change> = {},
): { book: AgreementBook; result: Loaded } => {
  const files = [set === undefined ? builtInFile : { file: "region.json", set }];
  const { book: after = book, result } = withFiles(
    book,
    { files, named: set !== undefined },
    { ...change, ...on },
  );
  return { book: after, result };
};
const put = (
  book: AgreementBook,
  agreement: ReturnType<typeof likeAgreement>,
  on: Partial<typeof change> = {},
) => {
  const { book: after = book, result } = withVersion(book, { agreement }, { ...change, ...on });
  return { book: after, result };
};
const inForce = (book: AgreementBook, id: string, date = today) =>
  book.kept
    .filter((one) => one.agreement.id === id && statusOf(book, one, date) === "in-force")
    .map(({ agreement: { version } }) => version);
const two = { limit: { kind: "workingDays", days: 2 }, warnAt: { kind: "workingDays", days: 1 } } as const;
const newer = builtInSet.version + 1;
const second = likeAgreement("ADVICE-MSG", { version: 2, validFrom: today, ...two });

describe("a book that was never written", () => {
  it("binds by what the hub was built with, and begins with it", () => {
    expect(clocksOf(emptyBook)).toBe(agreements);
    expect(entriesOf(grounded(emptyBook))).toEqual(builtInSet.agreements);
    expect(AgreementBook.parse(grounded(emptyBook))).toEqual(grounded(emptyBook));
  });

  it("takes the built-in set at the first start and is left alone at the next", () => {
    const first = load(emptyBook, undefined);
    expect(first.result.kind).toBe("loaded");
    expect(clocksOf(first.book)).toEqual(agreements);
    expect(load(first.book, undefined, { at: "2026-11-24T09:15:00.000Z" }).result.kind).toBe("unchanged");
  });
});

describe("a region's files", () => {
  it("replace the built-in set: what is not in them stops counting the day before", () => {
    const before = load(emptyBook, undefined).book;
    const fast = likeAgreement("ADVICE-MSG", { id: "ADVICE-MSG-FAST", ...two });
    const own = {
      ...region(),
      agreements: [...region().agreements.filter(({ id }) => id !== "ADVICE-MSG"), fast],
    };
    const { book, result } = load(before, own);
    expect(result.kind).toBe("loaded");
    expect([inForce(book, "ADVICE-MSG"), inForce(book, "ADVICE-MSG", "2026-11-22")]).toEqual([[], [1]]);
    expect(inForce(book, "ADVICE-MSG-FAST")).toEqual([1]);
    // A clock that began under it still finds it.
    expect(clocksOf(book).find(({ id }) => id === "ADVICE-MSG")).toMatchObject({
      version: 1,
      validTo: "2026-11-22",
    });
  });

  it("that are not named again stay in force", () => {
    const { book } = load(emptyBook, region());
    expect(load(book, undefined).result.kind).toBe("other-set");
  });

  it("of an older version are left, whoever starts with them", () => {
    const { book } = load(emptyBook, region({ version: newer }, second));
    expect(load(book, region({ version: builtInSet.version })).result.kind).toBe("older");
    expect(inForce(book, "ADVICE-MSG")).toEqual([2]);
  });

  it("that change a version in use are refused, and nothing is changed", () => {
    const { book } = load(emptyBook, region());
    const { book: after, result } = load(book, region({ version: newer }, likeAgreement("ADVICE-MSG", two)));
    expect(result).toMatchObject({
      kind: "refused",
      problems: [{ code: "version-changed", file: "region.json" }],
    });
    expect(after).toBe(book);
  });

  it("may change a version that has not begun", () => {
    const coming = { ...second, validFrom: "2027-01-01" };
    const { book } = load(emptyBook, region({}, coming));
    const { book: after, result } = load(
      book,
      region({ version: newer }, { ...coming, validFrom: "2027-02-01" }),
    );
    expect(result.kind).toBe("loaded");
    expect(inForce(after, "ADVICE-MSG", "2027-01-15")).toEqual([1]);
  });

  it("leave what operators put, and take it over when they have it too", () => {
    const { book } = put(load(emptyBook, region()).book, second, { by: "Driften" });
    const kept = load(book, region({ version: newer }));
    expect(inForce(kept.book, "ADVICE-MSG")).toEqual([2]);
    const taken = load(kept.book, region({ version: newer + 1 }, second));
    expect(taken.result.kind).toBe("loaded");
    const own = taken.book.kept.filter(
      ({ agreement: { id, version } }) => id === "ADVICE-MSG" && version === 2,
    );
    expect(own).toMatchObject([{ set: "region-test", changedBy: "Driften" }]);
  });

  it("come back as they were", () => {
    const first = load(emptyBook, region()).book;
    const other = load(first, region({ id: "other" })).book;
    expect(inForce(load(other, region()).book, "ADVICE-MSG")).toEqual([1]);
  });
});

describe("a version that is put", () => {
  const book = load(emptyBook, undefined).book;

  it("counts from its first day on", () => {
    const coming = { ...second, validFrom: "2026-12-01" };
    const after = put(book, coming).book;
    expect([inForce(after, "ADVICE-MSG", "2026-11-30"), inForce(after, "ADVICE-MSG", "2026-12-01")]).toEqual([
      [1],
      [2],
    ]);
    expect(
      after.kept.map((one) => statusOf(after, one, today)).filter((status) => status === "coming"),
    ).toHaveLength(1);
  });

  it("is the next, and begins no earlier than today", () => {
    const { result } = put(book, { ...second, version: 3, validFrom: "2026-11-22" });
    expect(result).toMatchObject({
      kind: "refused",
      problems: [
        { path: "version", code: "version-skipped", en: "The next version of ADVICE-MSG is 2." },
        { path: "validFrom", code: "starts-in-past" },
      ],
    });
  });

  it("may not end the last agreement on a promise", () => {
    const { result } = put(book, { ...second, validTo: "2026-12-31" });
    expect(result).toMatchObject({
      kind: "refused",
      problems: [{ path: "validTo", code: "ended-without-successor" }],
    });
  });

  it("may be put again, and not with other content", () => {
    const after = put(book, second).book;
    expect(put(after, second).result.kind).toBe("again");
    expect(put(after, { ...second, targetShare: 80 }).result.kind).toBe("differs");
  });

  it("of another agreement may not overlap one that is there", () => {
    const twin = likeAgreement("ADVICE-MSG", { id: "ADVICE-MSG-TWIN", validFrom: today });
    expect(put(book, twin).result).toMatchObject({ problems: [{ code: "overlap", path: "appliesTo" }] });
  });
});
