import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renewedLetter } from "../../../../gateways/cli/demo-letters.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";

const names = ["question", "information", "answer"];
const all = [...names, "reply"];
const read = (name: string): string => readFileSync(`contracts/examples/demo/${name}.xml`, "latin1");
const renewal = {
  stamp: "ABCDEF0123",
  episode: "0".repeat(31).concat("7"),
  date: "2027-02-03",
  time: "09:41",
};

const letterIn = (xml: string) => {
  const document = parseDocument(Buffer.from(xml, "latin1"));
  if (document.kind !== "emessage") throw new Error(document.kind);
  const [letter] = document.letters;
  if (letter?.kind !== "letter") throw new Error(`not a letter: ${String(letter?.kind)}`);
  const warnings = [...document.warnings, ...letter.warnings];
  return { ...letter, warnings, envelope: document.envelope };
};

describe("letters of the demo", () => {
  it.each(all)("%s.xml is a letter without problems or warnings, as it stands and renewed", (name) => {
    for (const xml of [read(name), renewedLetter(read(name), renewal)])
      expect(letterIn(xml).warnings).toEqual([]);
  });

  it.each(names)(
    "%s.xml renewed has other numbers, the thread and the time that it was given, and the same text",
    (name) => {
      const [before, after] = [letterIn(read(name)), letterIn(renewedLetter(read(name), renewal))];
      expect(after.letter.letterId).toMatch(/^DM[A-Z]BABCDEF0123$/);
      expect(after.envelope.identifier).toMatch(/^DM[A-Z]EABCDEF0123$/);
      expect(after.letter.episodeOfCareId).toBe(renewal.episode);
      expect(after.letter.authorised).toBe("2027-02-03T09:41");
      expect(after.letter.texts).toEqual(before.letter.texts);
      expect(after.letter.patient).toEqual(before.letter.patient);
    },
  );

  it("the three have numbers of their own and one thread", () => {
    const letters = names.map((name) => letterIn(read(name)));
    expect(new Set(letters.map(({ letter }) => letter.letterId)).size).toBe(3);
    expect(new Set(letters.map(({ letter }) => letter.episodeOfCareId)).size).toBe(1);
  });
});
