import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { changed, latin1, textOf } from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";

const question = example("xdis91-question");
const paths = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((problem) => `${problem.path} ${problem.code}`);

describe("documents in which nothing can be taken", () => {
  test("a truncated letter still says to whom the refusal is owed", () => {
    const whole = textOf(question);
    const cut = latin1(whole.slice(0, whole.indexOf("<Patient>")));
    expect(parseDocument(cut)).toMatchObject({
      kind: "unreadable",
      code: "xml-malformed",
      refuseCode: "syntaksfejl",
      envelope: { identifier: "AAP26112300001", sent: "2026-11-23T10:15", wantsPositiveReceipt: true },
      senderGln: "5790000100019",
      receiverGln: "5790000200016",
      letters: [{ letterId: "AAPBREV0000001", version: "XD9134L" }],
    });
  });
  test("half an identifier names nobody", () => {
    const whole = textOf(question);
    const cut = latin1(whole.slice(0, whole.indexOf("5790000100019") + 5));
    const parsed = parseDocument(cut);
    expect(parsed).toMatchObject({ kind: "unreadable", letters: [{ letterId: "AAPBREV0000001" }] });
    expect(parsed).not.toHaveProperty("senderGln");
  });
  test.each([
    [
      "an envelope without a number",
      "<Identifier>AAP26112300001</Identifier>",
      "",
      "Emessage/Envelope/Identifier element-missing",
    ],
    [
      "an envelope with an unknown wish",
      "pluspositivkvitt",
      "ja",
      "Emessage/Envelope/AcknowledgementCode value-not-in-list",
    ],
    [
      "no envelope",
      /<Envelope>[\s\S]*<\/Envelope>/.exec(textOf(question))?.[0] ?? "",
      "",
      "Emessage/Envelope element-missing",
    ],
    [
      "no letter",
      /<ClinicalEmail>[\s\S]*<\/ClinicalEmail>/.exec(textOf(question))?.[0] ?? "",
      "",
      "Emessage element-missing",
    ],
    ["text beside the letter", "</Emessage>", "hov</Emessage>", "Emessage text-unexpected"],
  ])("%s is invalid", (_, ...[from, to, problem]) => {
    const parsed = parseDocument(changed(question, from, to));
    expect(parsed).toMatchObject({ kind: "unreadable", code: "document-invalid", refuseCode: "syntaksfejl" });
    expect(parsed.kind === "unreadable" ? paths(parsed.problems) : []).toEqual([problem]);
  });
  test("XML of no MedCom kind is an unknown type", () => {
    expect(parseDocument(latin1("<hej/>"))).toMatchObject({
      kind: "unreadable",
      code: "type-unknown",
      refuseCode: "problem_med_version",
      letters: [],
    });
  });
});
