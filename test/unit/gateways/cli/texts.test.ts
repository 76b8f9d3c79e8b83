import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../../gateways/cli/demo-teller.ts";
import { problemLines, refusalText } from "../../../../gateways/cli/hub-client.ts";
import { columns } from "../../../../gateways/cli/say.ts";
import { outcomeText } from "../../../../gateways/cli/send.ts";

const answer = (body: unknown) => ({
  status: 422,
  header: () => undefined,
  bytes: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});
const problem = {
  path: "patient.cpr",
  code: "cpr-not-a-date",
  message: "No such date.",
  severity: "error",
} as const;
const refusal = { code: "message-invalid", message: "It does not fit.", fate: "park", problems: [problem] };

describe("texts of the CLI", () => {
  it("columns stand under one another, without blanks at the end of a line", () => {
    expect(
      columns([
        ["a", "bbb", ""],
        ["aaa", "b", "c"],
      ]),
    ).toBe("a    bbb\naaa  b    c");
  });

  it("a refusal has its message, its code and every problem with its path", () => {
    expect(refusalText(answer(refusal))).toBe(
      "Refused: It does not fit. [message-invalid]\n  patient.cpr: No such date. [cpr-not-a-date]",
    );
  });

  it("a fault says whether to send again", () => {
    expect(refusalText(answer({ ...refusal, fate: "retry" }))).toContain("Nothing was processed");
    expect(refusalText(answer({ ...refusal, fate: "ask" }))).toContain("Sending the same again is safe");
  });

  it("a token that is not trusted and an answer of another program say what to do", () => {
    expect(refusalText(answer({ ...refusal, code: "not-authenticated" }))).toContain("--data");
    expect(refusalText(answer("<html>"))).toContain("Is the address right?");
  });

  it("a problem without a path or a message is told all the same, and a warning is called one", () => {
    expect(
      problemLines([
        { ...problem, path: "", message: "" },
        { ...problem, severity: "warning" },
      ]),
    ).toEqual([
      "  cpr-not-a-date [cpr-not-a-date]",
      "  (warning) patient.cpr: No such date. [cpr-not-a-date]",
    ]);
  });

  it("what became of a document is told with its case and its warnings, and a repeat as a repeat", () => {
    const outcome = {
      intake: "i1",
      status: "accepted",
      duplicate: false,
      caseId: "c1",
      documentType: "XDIS91",
    } as const;
    const text = outcomeText({ ...outcome, problems: [{ ...problem, severity: "warning" }] });
    expect(text).toBe(
      "Accepted, and safe on disk.\n  document  XDIS91\n  case      c1\n  kept as   i1\n  (warning) patient.cpr: No such date. [cpr-not-a-date]",
    );
    expect(outcomeText({ ...outcome, duplicate: true, problems: [] })).toContain("Received before");
  });

  it("an excerpt is one line for each element that is there, and no wall of XML", () => {
    const long = "word ".repeat(100);
    const lines = excerptOf(`<a><Subject>Sv: x</Subject><Text01>Kære<Break/><Break/>${long}</Text01></a>`, [
      "Subject",
      "None",
      "Text01",
    ]);
    expect(lines[0]).toBe("<Subject>Sv: x</Subject>");
    expect(lines[1]).toMatch(/^<Text01>Kære word .* \.\.\.<\/Text01>$/);
    expect(lines.length).toBe(2);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(96);
  });
});
