import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { lossTable } from "../../../../../gateways/fhir/bridge/losses.ts";
import { textsAt } from "../../../../../gateways/fhir/codec/model/navigate.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { bundleOf } from "../../../../../gateways/fhir/codec/typed-message.ts";
import { bytes, type Lines, message, none, objectId } from "../../../../support/care-sheet.ts";
import {
  back,
  communication,
  idIn,
  regional,
  replaced,
  sources,
  told,
} from "../../../../support/care-sheet-back.ts";
import { letterLines } from "../../../../support/care-sheet-back-lines.ts";
import { careLines, there } from "../../../../support/care-sheet-there.ts";

const sheet = (name: string): string => `../shared/fhir/maps/${name}.tsv`;
const isThere = existsSync(sheet("xdis91_to_carecommunication"));
const rowsOf = (name: string): string[] =>
  readFileSync(sheet(name), "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t")[0]?.replaceAll('"', "") ?? "")
    .filter((cell, index, all) => cell !== "" || index < all.length - 3);

const namesIn = (lines: Lines): string[] => lines.map(([name]) => name);

/** What the sheet with XBIN01 has beyond the other. */
const withObjects: Lines = [
  ["-", none("a letter about no citizen is about the system: it comes without an XDIS91")],
  [
    "Payload.attachment Provenance reference",
    [[1, 2].every((payload) => sources.includes(idIn(payload))), true],
  ],
];

const sheets = [
  ["carecommunication_to_xdis91", careLines, there.codes],
  ["carecommunicat_to_xdis91_medbin", careLines, there.codes],
  ["xdis91_to_carecommunication", letterLines, back.codes],
  ["xdis91_medbin_to_carecommunicat", [...letterLines, ...withObjects], back.codes],
] as const;

describe.each(sheets)("MedCom's sheet %s", (name, lines, codes) => {
  it.runIf(!isThere)("is not walked here: it is not beside this project", () => {
    expect(isThere).toBe(false);
  });

  it.runIf(isThere)("has no line that is not known", () => {
    const rows = rowsOf(name).filter((row) => row !== "");
    expect(rows.length).toBeGreaterThan(60);
    const known = new Set(namesIn(lines).map((one) => one.toLowerCase()));
    expect(rows.filter((row) => !known.has(row.toLowerCase()))).toEqual([]);
  });

  it.each(namesIn(lines).map((one, line) => [one, line] as const))(
    "%s is where the sheet says, or lost for a reason that is told",
    (_, line) => {
      const [, ...said] = lines[line] ?? [""];
      expect(said.length).toBeGreaterThan(0);
      for (const one of said) {
        if ("lost" in one) {
          expect(codes).toContain(one.lost);
          expect(lossTable[one.lost].en).not.toBe("");
        } else if ("none" in one) expect(one.none).not.toBe("");
        else expect(one[0]).toEqual(one[1]);
      }
    },
  );
});

describe("what the sheets are walked with", () => {
  it("is in order by the rules of each standard", () => {
    const errors = (bundle: FhirResource) =>
      checkMessage(bundle).problems.filter(({ severity }) => severity === "error");
    const original = bundleOf(message, {
      idFor: (one) => one,
      contents: new Map([[`urn:uuid:${objectId}`, bytes]]),
    });
    expect([errors(original), errors(back.bundle), errors(replaced.bundle), errors(regional.bundle)]).toEqual(
      [[], [], [], []],
    );
    expect(textsAt(communication, "payload.contentString")).toHaveLength(1);
    expect(told.texts.map(toPlainText)).toEqual(["Linje et\nlinje to"]);
  });
});
