import { describe, expect, test } from "vitest";
import { statusAfter } from "../../../../contracts/deliveries.ts";
import letterExample from "../../../../contracts/examples/dead-letters/valid/dead-letter.json" with {
  type: "json",
};
import manyExample from "../../../../contracts/examples/dead-letters/valid/sent-again-many.json" with {
  type: "json",
};
import {
  DeadLetter,
  DeadLetterKind,
  DeadLetterState,
  SentAgainMany,
} from "../../../../contracts/messages/dead-letters.ts";
import {
  deadLettersText,
  deadLetterText,
  sentAgainText,
} from "../../../../gateways/cli/dead-letters-text.ts";

const letter = DeadLetter.parse(letterExample.message);
const said = (language: "da" | "en") => ({
  language,
  nameOf: (gln: string) => (gln === "5790000100019" ? "Fjordby Lægehus" : gln),
  time: (instant: string) => instant.slice(0, 16),
});

describe("a dead letter in words", () => {
  test("says what, why, whether its sender knows, and each step with who did it", () => {
    const lines = deadLetterText(letter, said("da")).split("\n");
    expect(lines.map((line) => line.trim().replaceAll(/ {2,}/g, " | "))).toEqual([
      "01J0000000000000000000000: afvist [receiver-unknown], sendt igen",
      "fra | Fjordby Lægehus",
      "til | ukendt",
      "dokument | XDIS91 (oioxml)",
      "afsenderen fik svar | 2026-11-23T09:15",
      "originalen | /v1/dead-letters/01J0000000000000000000000/original",
      "ClinicalEmail/Receiver/EANIdentifier: The receiver is not in the directory. [receiver-unknown]",
      "Hvad der skete:",
      "2026-11-23T09:15 | kom | Fjordby Lægehus",
      "2026-11-23T09:15 | afvist | [receiver-unknown]",
      "2026-11-23T09:15 | afsenderen fik svar",
      "2026-11-23T10:02 | rettet og sendt igen | operator, drift@example.org | -> 0d4c2b1a-3e5f-5a6b-8c7d-9e0f1a2b3c4d",
    ]);
  });
  test("has a word for everything that a delivery or a document can meet", () => {
    const changes = Object.keys(statusAfter);
    for (const what of [...changes, "came", "refused", "told", "sentAgain", "readAgain", "closed"]) {
      const text = deadLetterText({ ...letter, history: [{ at: letter.at, what }] }, said("da"));
      expect(text.split("\n").at(-1)).not.toContain(what);
    }
  });
  test("says so when nobody knows that the sender knows", () => {
    const { told: _told, ...untold } = letter;
    expect(deadLetterText(untold, said("en"))).toContain("its sender was answered  nobody knows");
  });
});

describe("many in words", () => {
  test("are one to a line, in both languages", () => {
    for (const kind of DeadLetterKind.options)
      for (const state of DeadLetterState.options)
        for (const language of ["da", "en"] as const)
          expect(deadLettersText([{ ...letter, kind, state }], said(language)).split("\n")).toHaveLength(2);
    expect(deadLettersText([], said("da"))).toBe("Der er intet, som noget gik galt med.");
  });
  test("that were sent again say what came of each", () => {
    const text = sentAgainText(SentAgainMany.parse(manyExample.message), "da");
    expect(
      text
        .split("\n")
        .slice(1)
        .map((line) => line.replaceAll(/ +/g, " ")),
    ).toEqual([
      "01J0000000000000000000000 afvist receiver-unknown",
      "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0 taget imod",
    ]);
  });
});
