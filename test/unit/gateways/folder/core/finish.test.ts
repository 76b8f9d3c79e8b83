import { describe, expect, test } from "vitest";
import { errorCodes } from "../../../../../contracts/errors.ts";
import type { DocumentOutcome } from "../../../../../contracts/messages/document.ts";
import { finishOf, refuseUnread, unreadReasons } from "../../../../../gateways/folder/core/finish.ts";
import { problemText } from "../../../../../gateways/folder/core/problem-text.ts";

const file = { name: "brev.xml", digest: "abcdef0123456789" };
const receipt = "<Kvittering>ø</Kvittering>";
const answer = { mediaType: "application/xml", base64: Buffer.from(receipt).toString("base64") };
const outcome = (over: Partial<DocumentOutcome>): DocumentOutcome => ({
  intake: "9d1c5d8f-2f1f-5a3e-9d0c-7b0e7a1c31b2",
  status: "accepted",
  duplicate: false,
  problems: [],
  ...over,
});
const resultsOf = (finish: ReturnType<typeof finishOf>): Record<string, string> => {
  if (finish.kind !== "done") throw new Error("nothing is decided");
  return Object.fromEntries(finish.results.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]));
};

describe("what an outcome comes to", () => {
  test("a receipt that is due is written to the byte", () => {
    expect(resultsOf(finishOf(file, outcome({ answer })))).toEqual({
      "brev-abcdef012345.receipt.xml": receipt,
    });
  });

  test.each(["accepted", "ignored"] as const)("%s without a receipt leaves nothing behind", (status) => {
    expect(resultsOf(finishOf(file, outcome({ status })))).toEqual({});
  });

  test("a refusal has the standard's receipt and a text for people", () => {
    const problem = {
      path: "Sender/EANIdentifier",
      code: "value-format",
      message: "Not a GLN.",
      severity: "error" as const,
    };
    const results = resultsOf(
      finishOf(file, outcome({ status: "refused", code: "document-invalid", problems: [problem], answer })),
    );
    expect(Object.keys(results)).toEqual([
      "brev-abcdef012345.receipt.xml",
      "brev-abcdef012345.xml.problems.txt",
    ]);
    const text = results["brev-abcdef012345.xml.problems.txt"] ?? "";
    for (const part of [
      "document-invalid",
      errorCodes["document-invalid"].da,
      "1. Sender/EANIdentifier: Not a GLN.",
      "9d1c5d8f",
    ])
      expect(text).toContain(part);
  });

  test("the receipt of a VANSEnvelope lies beside that of the document in it", () => {
    const envelopeAnswer = {
      mediaType: "application/xml",
      base64: Buffer.from("<Vans/>").toString("base64"),
    };
    expect(resultsOf(finishOf(file, outcome({ answer, envelopeAnswer })))).toEqual({
      "brev-abcdef012345.receipt.xml": receipt,
      "brev-abcdef012345.envelope.receipt.xml": "<Vans/>",
    });
  });

  test("a duplicate is given the same again", () => {
    expect(finishOf(file, outcome({ answer, duplicate: true }))).toEqual(finishOf(file, outcome({ answer })));
  });

  test("a failure decides nothing: the file is kept and asked about again", () => {
    expect(finishOf(file, outcome({ status: "failed", code: "journal-timeout" }))).toEqual({
      kind: "again",
      code: "journal-timeout",
    });
  });
});

test.each(Object.entries(unreadReasons))(
  "what is refused unread (%s) is told in Danish and in English",
  (_name, reason) => {
    const results = resultsOf(refuseUnread(file, reason));
    const text = results["brev-abcdef012345.xml.problems.txt"] ?? "";
    const said = "reason" in reason ? reason.reason : errorCodes[reason.code];
    for (const part of [reason.code, said.da, said.en]) expect(text).toContain(part);
  },
);

test("a code of another release is told as it is, and its lines end as Windows ends them", () => {
  const text = problemText({ code: "new-code", problems: [] });
  expect(text).toContain("Kode / Code: new-code\r\n");
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});
