import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { endsWhole, judge, type Look, type Seen } from "../../../../../gateways/folder/core/ready.ts";

const settleMs = 5_000;
const t0 = 1_800_000_000_000;
const file = (over: Partial<Seen> = {}): Seen => ({
  name: "henvisning.xml",
  kind: "file",
  sizeBytes: 900,
  mtimeMs: t0 - 60_000,
  ino: 7,
  ...over,
});
const none: ReadonlySet<string> = new Set();
const lookAt = (seen: Seen, nowMs: number, before?: Look, beside = none) =>
  judge(seen, { before, beside, nowMs, steadyMs: nowMs, settleMs });

/** Looks at a file again and again, as its writer goes on; the time of the first look that would take it. */
const takenAt = (states: readonly { seen: Seen; nowMs: number }[]): number | undefined => {
  let before: Look | undefined;
  for (const { seen, nowMs } of states) {
    const verdict = lookAt(seen, nowMs, before);
    if (verdict.kind === "ready") return nowMs;
    before = verdict.kind === "wait" ? verdict.look : undefined;
  }
  return undefined;
};

describe("a file of `in` is taken when it is whole", () => {
  test("never at the first look, however old it is", () => {
    expect(lookAt(file({ mtimeMs: 0 }), t0).kind).toBe("wait");
  });

  test("when a second look, a settle time later, sees the same", () => {
    const looks = [t0, t0 + settleMs - 1, t0 + settleMs].map((nowMs) => ({ seen: file(), nowMs }));
    expect(takenAt(looks)).toBe(t0 + settleMs);
  });

  test("many looks in a short time count as one", () => {
    const looks = Array.from({ length: 50 }, (_, i) => ({ seen: file(), nowMs: t0 + i * 10 }));
    expect(takenAt(looks)).toBeUndefined();
  });

  test.each([
    ["its size", { sizeBytes: 901 }],
    ["its time", { mtimeMs: t0 - 59_000 }],
    ["the file itself, under the same name", { ino: 8 }],
  ])("a change of %s begins the rest anew", (_what, change) => {
    const looks = [
      { seen: file(), nowMs: t0 },
      { seen: file(change), nowMs: t0 + settleMs },
      { seen: file(change), nowMs: t0 + 2 * settleMs },
    ];
    expect(takenAt(looks)).toBe(t0 + 2 * settleMs);
  });

  test("not while its own time is younger than the settle time", () => {
    const seen = file({ mtimeMs: t0 + 4_000 });
    const looks = [t0 + 4_000, t0 + 8_999, t0 + 9_000].map((nowMs) => ({ seen, nowMs }));
    expect(takenAt(looks)).toBe(t0 + 9_000);
  });

  test("a time that has not come yet is another machine's clock, and holds up nothing", () => {
    const seen = file({ mtimeMs: t0 + 86_400_000 });
    expect(takenAt([t0, t0 + settleMs].map((nowMs) => ({ seen, nowMs })))).toBe(t0 + settleMs);
  });

  test("what seems to be cut off is waited for ten times as long", () => {
    const before: Look = { sizeBytes: 900, mtimeMs: t0 - 60_000, ino: 7, sinceMs: t0 };
    expect(lookAt(file(), t0 + settleMs, before)).toMatchObject({ kind: "ready", patient: false });
    expect(lookAt(file(), t0 + 10 * settleMs, before)).toMatchObject({ kind: "ready", patient: true });
  });

  property.prop([
    fc.array(fc.record({ grows: fc.boolean(), afterMs: fc.integer({ min: 1, max: 12_000 }) }), {
      minLength: 1,
      maxLength: 40,
    }),
  ])("whatever its writer does, it is never taken within a settle time of a change", (steps) => {
    let nowMs = t0;
    let sizeBytes = 0;
    let changedMs = t0;
    const states = steps.map(({ grows, afterMs }) => {
      nowMs += afterMs;
      if (grows) {
        sizeBytes += 1;
        changedMs = nowMs;
      }
      return { seen: file({ sizeBytes, mtimeMs: changedMs }), nowMs, changedMs };
    });
    const at = takenAt(states);
    const state = states.find((s) => s.nowMs === at);
    if (state !== undefined) expect(state.nowMs - state.changedMs).toBeGreaterThanOrEqual(settleMs);
  });
});

describe("names that are left alone", () => {
  test.each([
    ".skjult",
    ".brev.xml",
    "brev.tmp",
    "brev.xml.part",
    "brev.XML.FilePart",
    "brev.xml.lock",
    "~$brev.docx",
    "Thumbs.db",
    "desktop.ini",
  ])("%s", (name) => {
    expect(lookAt(file({ name }), t0).kind).toBe("left-alone");
  });

  test("a file beside which its `.lock` stands, until that is gone", () => {
    const beside = new Set(["henvisning.xml", "henvisning.xml.lock"]);
    expect(lookAt(file(), t0, undefined, beside).kind).toBe("left-alone");
    expect(lookAt(file(), t0, undefined, new Set(["henvisning.xml"])).kind).toBe("wait");
  });

  test.each(["brev.xml", "part.xml", "tmp", "brev.partner", "æøå.xml", undefined])("not %s", (name) => {
    expect(lookAt(file({ name }), t0).kind).toBe("wait");
  });
});

test.each(["directory", "link", "other"] as const)("a %s is never taken", (kind) => {
  expect(lookAt(file({ kind }), t0)).toEqual({ kind: "never", what: kind });
});

describe("the end of a document", () => {
  test.each([
    ["an end tag", Buffer.from("</Emessage>"), true],
    ["an end tag, blanks and line ends", Buffer.from("</Emessage>\r\n \t\n"), true],
    ["an end tag in UTF-16", Buffer.from("</Emessage>\n", "utf16le"), true],
    ["a JSON object", Buffer.from("{}\n"), true],
    ["nothing at all", Buffer.from(""), true],
    ["the midst of a text", Buffer.from("<Text01>Kære kol"), false],
    ["the midst of a tag", Buffer.from("<Text01>Kære kollega</Tex"), false],
  ])("%s: %s", (_what, tail, whole) => {
    expect(endsWhole(tail)).toBe(whole);
  });
});

test("a clock that is set by an hour, on or back, neither hastens nor holds up a file that rests", () => {
  const hourMs = 3_600_000;
  for (const jumpMs of [hourMs, -hourMs]) {
    const seen = file({ mtimeMs: t0 - 10 * hourMs });
    const look = (steadyMs: number, nowMs: number, before?: Look) =>
      judge(seen, { before, beside: none, nowMs, steadyMs, settleMs });
    const first = look(100, t0);
    expect(first.kind).toBe("wait");
    const before = first.kind === "wait" ? first.look : undefined;
    expect(look(100 + settleMs - 1, t0 + jumpMs, before).kind).toBe("wait");
    expect(look(100 + settleMs, t0 + jumpMs, before).kind).toBe("ready");
  }
});
