import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../../../contracts/errors.ts";
import {
  type PrintedReceipt,
  receiptFor,
  type SettledLetter,
} from "../../../../gateways/oioxml/answer-document.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import type {
  ParsedDocument,
  ParsedLetter,
  ParsedReceipt,
} from "../../../../gateways/oioxml/codec/parsed-document.ts";
import { keepEmitted } from "../../../support/emitted.ts";
import { aLetter, aReceipt, lettersOf } from "../../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../../support/oioxml-samples.ts";

type Emessage = Extract<ParsedDocument, { kind: "emessage" }>;

const document = (wantsPositiveReceipt: boolean): Emessage => ({
  kind: "emessage",
  encoding: "ISO-8859-1",
  envelope: { identifier: "AAP26112300001", sent: "2026-11-23T10:15", wantsPositiveReceipt },
  letters: [],
  warnings: [],
});
const at = "2026-11-23T09:16:00.000Z";

const letter = (letterId: string): ParsedLetter => ({
  kind: "letter",
  type: "XDIS91",
  version: "XD9134L",
  letter: aLetter({ letterId }),
  warnings: [],
});
const taken = (letterId: string): SettledLetter => ({ letter: letter(letterId) });
const refused = (letterId: string, code: ErrorCode = "receiver-unknown"): SettledLetter => ({
  letter: letter(letterId),
  refusal: { code, problems: [] },
});
const unnamed: SettledLetter = {
  letter: {
    kind: "refused",
    senderGln: "5790000100019",
    receiverGln: "5790000200016",
    code: "document-invalid",
    refuseCode: "syntaksfejl",
    problems: [],
  },
  refusal: { code: "document-invalid", problems: [] },
};
const aReceiptLetter: SettledLetter = {
  letter: { kind: "receipt", type: "XCTL03", version: "XC0330Q", warnings: [], ...aReceipt() },
};

const receiptsIn = (printed: PrintedReceipt | undefined): ParsedReceipt[] => {
  if (printed === undefined) throw new Error("no receipt");
  keepEmitted(printed.bytes);
  if (samplesPresent) expect(schemaErrors("2005", printed.bytes)).toEqual([]);
  return lettersOf(parseDocument(printed.bytes)).map((one) => {
    if (one.kind !== "receipt") throw new Error(`not a receipt but ${one.kind}`);
    return one;
  });
};
const told = (receipts: readonly ParsedReceipt[]) =>
  receipts.map(({ outcome, originalLetters }) => [
    outcome,
    ...originalLetters.map(({ letterId, refuseCode }) =>
      refuseCode === undefined ? letterId : `${letterId} ${refuseCode}`,
    ),
  ]);
const answer = (asked: boolean, ...letters: SettledLetter[]) => receiptFor(document(asked), letters, at);

describe("the receipts of a document with several letters", () => {
  test("what was refused and what was taken are two receipts, each of its own letters alone", () => {
    const printed = answer(true, taken("B1"), refused("B2"), taken("B3"), refused("B4", "version-wrong"));
    expect(told(receiptsIn(printed))).toEqual([
      ["negative", "B2 ukendt_lokationsnummer", "B4 problem_med_version"],
      ["positive", "B1", "B3"],
    ]);
    expect(printed?.type).toBe("XCTL02");
  });
  test("two receipts of one document have numbers of their own", () => {
    const [negative, positive] = receiptsIn(answer(true, taken("B1"), refused("B1")));
    expect(negative?.letterId).not.toBe(positive?.letterId);
  });
  test("what was refused is told also when no receipt was asked for; what was taken is not", () => {
    expect(told(receiptsIn(answer(false, taken("B1"), refused("B2"))))).toEqual([
      ["negative", "B2 ukendt_lokationsnummer"],
    ]);
  });
  test("all that was taken is one positive receipt, when one was asked for", () => {
    const printed = answer(true, taken("B1"), taken("B2"));
    expect(told(receiptsIn(printed))).toEqual([["positive", "B1", "B2"]]);
    expect(printed?.type).toBe("XCTL03");
    expect(answer(false, taken("B1"), taken("B2"))).toBeUndefined();
  });
  test("a letter without a number puts the reason on the envelope, and says that it is one letter of it", () => {
    const [negative, positive] = receiptsIn(answer(true, taken("B1"), unnamed));
    expect(negative).toMatchObject({ refuseCode: "syntaksfejl", originalLetters: [] });
    expect(JSON.stringify(negative?.refuseText)).toContain("Et brev uden læsbart nummer");
    expect(positive?.originalLetters).toMatchObject([{ letterId: "B1" }]);
  });
  test("a letter without a number that is all there is refuses the whole", () => {
    const [negative] = receiptsIn(answer(true, unnamed));
    expect(JSON.stringify(negative?.refuseText)).toContain("Forsendelsen");
  });
  test("the same letters again get the same bytes", () => {
    const letters = [taken("B1"), refused("B2")];
    expect(answer(true, ...letters)?.bytes).toEqual(answer(true, ...letters)?.bytes);
  });
});

describe("a receipt is never answered by one", () => {
  test("not when it is all there is, read or refused", () => {
    const broken: SettledLetter = {
      ...unnamed,
      letter: { ...unnamed.letter, isReceipt: true } as ParsedLetter,
    };
    expect(answer(true, aReceiptLetter)).toBeUndefined();
    expect(answer(true, broken, aReceiptLetter)).toBeUndefined();
  });
  test("and the letters beside it get theirs", () => {
    expect(told(receiptsIn(answer(true, aReceiptLetter, taken("B1"))))).toEqual([["positive", "B1"]]);
  });
});
