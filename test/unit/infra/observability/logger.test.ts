import { describe, expect, test } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { collectingLog, createLog, noLog } from "../../../../infra/observability/logger.ts";
import { maskCpr } from "../../../../infra/observability/mask.ts";

const fieldsOf = (fields: Record<string, unknown>): Readonly<Record<string, unknown>> => {
  const { log, lines } = collectingLog();
  log.info("event", fields);
  return lines[0]?.fields ?? {};
};

describe("a log line", () => {
  test("carries ids, codes, sizes and durations", () => {
    const fields = { caseId: "c", code: "wrong-state", bytes: 1_073_741_824, durationMs: 3, duplicate: true };
    expect(fieldsOf(fields)).toEqual(fields);
  });

  test("drops every field that is not on the list, and counts them", () => {
    expect(fieldsOf({ caseId: "c", surname: "Testesen", letter: { texts: [] } })).toEqual({
      caseId: "c",
      droppedFields: 2,
    });
  });

  test("drops a value of another kind than the field's", () => {
    expect(fieldsOf({ caseId: { cpr: "0101901234" }, bytes: "0101901234", duplicate: "no" })).toEqual({
      droppedFields: 3,
    });
  });

  test("drops free text, which may be a clinician's", () => {
    expect(fieldsOf({ reason: "patienten er afgået ved døden" })).toEqual({ droppedFields: 1 });
    expect(fieldsOf({ reason: "already-answered" })).toEqual({ reason: "already-answered" });
  });

  test("masks what looks like a CPR number even in a field of the list and in the event", () => {
    const { log, lines } = collectingLog();
    log.warn("opened 010190-1234", { caseId: "0101901234", codes: ["a", "0101901234"] });
    expect(lines[0]).toEqual({
      level: "warn",
      event: "opened [masked]",
      fields: { caseId: "[masked]", codes: ["a", "[masked]"] },
    });
  });
});

describe("an error in a log line", () => {
  test("has its name, its code and its frames, never its message", () => {
    const error = Object.assign(new TypeError("cannot parse Testesen 0101901234"), { code: "ECONNREFUSED" });
    const logged = JSON.stringify(fieldsOf({ error }));
    expect(logged).toContain('"name":"TypeError","code":"ECONNREFUSED"');
    expect(logged).toContain("logger.test.ts");
    expect(logged).not.toMatch(/Testesen|0101901234|parse/);
  });

  test("keeps a fault's message, which is fixed text, and leaves out its cause's", () => {
    const error = new Fault("journal-timeout", { cause: new Error("Testesen") });
    expect(fieldsOf({ error })).toMatchObject({
      error: {
        name: "Fault",
        code: "journal-timeout",
        message: "The journal did not confirm in time.",
        cause: { name: "Error" },
      },
    });
    expect(JSON.stringify(fieldsOf({ error }))).not.toContain("Testesen");
  });

  test("that is no error tells its type alone", () => {
    expect(fieldsOf({ error: "Testesen" })).toEqual({ error: { name: "string", stack: [] } });
  });
});

test.each([
  ["0101901234", "[masked]"],
  ["010190-1234", "[masked]"],
  ["cpr=010190 1234;", "cpr=[masked];"],
  ["5790000121526", "5790000121526"],
  [
    "case.07.advice.3f0c1d2e-0000-4000-8000-123456789012",
    "case.07.advice.3f0c1d2e-0000-4000-8000-123456789012",
  ],
  ["sha256-1234567890abcdef", "sha256-1234567890abcdef"],
])("%s becomes %s", (text, masked) => {
  expect(maskCpr(text)).toBe(masked);
});

test("the real log writes one JSON line an event, at its level and above", () => {
  const written: string[] = [];
  const log = createLog({ level: "info", to: { write: (line) => written.push(line) } });
  log.debug("too-fine", { caseId: "c" });
  log.error("broken", { caseId: "c", surname: "Testesen" });
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
    { level: "error", time: expect.any(String) as string, event: "broken", caseId: "c", droppedFields: 1 },
  ]);
});

test("the log that says nothing says nothing", () => {
  expect(() => {
    noLog.error("event", { caseId: "c" });
  }).not.toThrow();
});
