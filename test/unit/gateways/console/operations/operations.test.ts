import { describe, expect, it } from "vitest";
import { parseMetrics } from "../../../../../contracts/prometheus-text.ts";
import { changesOf } from "../../../../../gateways/console/web/src/pages/operations/changes.ts";
import {
  asUtf8,
  decoded,
  doingsFor,
  isWholeText,
  mediaTypeOf,
  sendAgainBodyOf,
} from "../../../../../gateways/console/web/src/pages/operations/dead-letter.ts";
import { exportSpan } from "../../../../../gateways/console/web/src/pages/operations/export-span.ts";
import { queuesOf } from "../../../../../gateways/console/web/src/pages/operations/metrics.ts";
import { sizeText } from "../../../../../gateways/console/web/src/pages/operations/size-text.ts";
import { perMinute } from "../../../../../gateways/console/web/src/pages/operations/throughput.ts";
import { verdictOf } from "../../../../../gateways/console/web/src/pages/operations/verdict.ts";

describe("metrics of the hub", () => {
  const text = [
    "# TYPE sektorbro_intake_waiting gauge",
    "sektorbro_intake_waiting 3",
    'sektorbro_push_waiting{state="closed"} 2',
    'sektorbro_push_waiting{state="open"} 5',
    'sektorbro_push_attempts_total{result="taken",transport="nats"} 4',
    'sektorbro_push_attempts_total{result="taken",transport="webhook"} 1',
    'odd{text="a \\"b\\"\\n"} 1e3',
    "broken not-a-number",
  ].join("\n");

  it("are read with their labels, and what is no number is left out", () => {
    const samples = parseMetrics(text);
    expect(samples).toHaveLength(6);
    expect(samples.at(-1)).toEqual({ name: "odd", labels: { text: 'a "b"\n' }, value: 1000 });
  });
  it("are added up over labels, and what the hub does not tell is not told", () => {
    const queues = queuesOf(parseMetrics(text));
    expect(queues).toMatchObject({ waiting: 3, pushWaiting: 7, attempts: { taken: 5 } });
    expect(queues).not.toHaveProperty("freeBytes");
  });
  it("say bytes the way of the language", () => {
    expect([sizeText(78_213_857_280, "da"), sizeText(207_347_712, "en")]).toEqual(["78,2 GB", "207 MB"]);
  });
});

describe("what went through", () => {
  it("is counted by the minute, minutes without any too, and what is older is left out", () => {
    const now = Date.parse("2026-11-23T13:02:30Z");
    const passed = [
      { direction: "in", at: "2026-11-23T13:02:01Z" },
      { direction: "out", at: "2026-11-23T13:00:59Z" },
      { direction: "out", at: "2026-11-23T12:59:59Z" },
    ] as const;
    expect(perMinute(passed, now, 3)).toEqual([
      { minute: "14:00", in: 0, out: 1 },
      { minute: "14:01", in: 0, out: 0 },
      { minute: "14:02", in: 1, out: 0 },
    ]);
  });
  it("is exported for whole Danish days, else for the last 24 hours", () => {
    const now = Date.parse("2026-11-23T13:00:00Z");
    expect(exportSpan({ from: "2026-11-20", to: "2026-11-21" }, now)).toEqual({
      from: "2026-11-19T23:00:00.000Z",
      to: "2026-11-21T23:00:00.000Z",
    });
    expect(exportSpan({ from: "", to: "" }, now).from).toBe("2026-11-22T13:00:00.000Z");
  });
});

describe("a dead letter", () => {
  const open = { state: "open", kind: "refused", original: "/v1/x" } as const;
  const out = "5b5d0b4a-6e0c-4d3c-9a58-0a2f3f5a8b11.3.0";
  it("that came in is corrected first; one that went out is sent elsewhere; nothing is left of a closed one", () => {
    expect(doingsFor({ ...open, id: "abc" })).toEqual(["correct", "again", "close"]);
    expect(doingsFor({ ...open, id: out, kind: "failed" })).toEqual(["readdress", "again", "close"]);
    expect(doingsFor({ ...open, id: "abc", state: "closed" })).toEqual([]);
  });
  it("is corrected as UTF-8 and says so", () => {
    expect(asUtf8('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><a/>',
    );
    expect(isWholeText("\uFFFDkj\uFFFDr")).toBe(false);
  });
  it("is read in the character set that it names", () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>kj\u00e6r</a>', "latin1");
    expect(decoded(latin)).toContain("kj\u00e6r");
    expect(decoded(Buffer.from("<a>kj\u00e6r</a>"))).toBe("<a>kj\u00e6r</a>");
  });
  it("goes as the standard's own media type", () => {
    expect([mediaTypeOf("oioxml", "<a/>"), mediaTypeOf("fhir", " {}"), mediaTypeOf("fhir", "<a/>")]).toEqual([
      "application/xml",
      "application/fhir+json",
      "application/fhir+xml",
    ]);
  });
  it("is sent with what was filled in alone", () => {
    const typed = { gln: " 5790000100019 ", standard: "fhir", transport: "", reason: "" };
    expect(sendAgainBodyOf(typed)).toEqual({ to: { gln: "5790000100019", standard: "fhir" } });
    expect(sendAgainBodyOf({ ...typed, gln: "", reason: "x" })).toEqual({ reason: "x" });
  });
});

describe("the log of changes", () => {
  it("has the sets that were read and the versions that operators put, newest first", () => {
    const version = { agreement: { id: "A", version: 2, validFrom: "2026-11-01" }, set: "operator" };
    const history = { versions: [{ ...version, changedBy: "Ole", changedAt: "2026-11-02T10:00:00Z" }] };
    const set = {
      id: "region",
      version: 1,
      validFrom: "2026-01-01",
      file: "a.json",
      readAt: "2026-11-01T00:00:00Z",
    };
    const changes = changesOf({ sets: [set] }, [history] as unknown as Parameters<typeof changesOf>[1]);
    expect(changes.map(({ what, id }) => [what, id])).toEqual([
      ["version", "A"],
      ["set", "region"],
    ]);
  });
});

describe("the verdict on the hub", () => {
  const health = { ok: true, durability: "safe", parts: { nats: "up" } } as const;
  it("names what is refused before all else, each reason once", () => {
    const ready = { ready: true, draining: false, reasons: ["hub-busy"] };
    expect(verdictOf({ ...health, refusing: ["hub-busy"] }, ready)).toEqual({
      verdict: "refusingTitle",
      reasons: ["hub-busy"],
    });
    expect(verdictOf({ ...health, ok: false }, undefined).verdict).toBe("unwell");
    expect(verdictOf(health, { ready: false, draining: true, reasons: [] }).verdict).toBe("notReady");
    expect(verdictOf(health, undefined).verdict).toBe("well");
  });
});
