import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { wrapInVans } from "../../../../gateways/envelopes/vans/wrap-vans.ts";
import { printLetter } from "../../../../gateways/oioxml/codec/print-letter.ts";
import { judgeEmitted } from "../../../support/judge-emitted.ts";
import { aLetter, envelope, textOf } from "../../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../../support/oioxml-samples.ts";

const printer =
  /from "[^"]*oioxml\/(codec\/(print-(letter|attachments|emessage|receipt|vans-envelope)|clinical-letter)|print-delivery|print-order|wrap-vans)\.ts"/;
/** `eanPoint` and the shape of an order print nothing. */
const printsNothing = /^import (type )?\{ (eanPoint|type \w+) \}/;
/** These print on purpose what the hub does not emit: whatever a sender puts into an envelope, and what is not valid. */
const exempt = new Set([
  "test/support/printing.ts",
  "test/support/oioxml-specimens.ts",
  "test/unit/gateways/oioxml/emitted-documents.test.ts",
]);

test("no test prints but by the printers whose documents are held against MedCom's schemas", () => {
  const printing = readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `test/${name}`)
    .filter((path) => !exempt.has(path))
    .filter((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .some((line) => printer.test(line) && !printsNothing.test(line) && !line.startsWith("import type")),
    );
  expect(printing).toEqual([]);
});

describe.runIf(samplesPresent)("the check of everything that was emitted", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sektorbro-emitted-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const valid = printLetter(aLetter(), envelope).bytes;
  const invalid = Buffer.from(textOf(valid).replace("<TypeCode>", "<TypeKode>"), "latin1");
  const patientless = Buffer.from(textOf(valid).replace(/<Patient>.*<\/Patient>/, ""), "latin1");
  const wrapped = (bytes: Uint8Array): Uint8Array =>
    wrapInVans(bytes, {
      sender: { type: "EAN", value: "5790000100019" },
      receiver: { type: "EAN", value: "5790000200016" },
      ids: {
        envelope: "00000000-0000-4000-8000-000000000001",
        message: "00000000-0000-4000-8000-000000000002",
      },
      at: "2026-11-23T09:16:05.000Z",
      type: "XDIS91",
      version: "XD9134L",
      reliable: true,
    });
  const judged = (bytes: Uint8Array) => {
    const digest = "0".repeat(64);
    writeFileSync(join(folder, `${digest}.xml`), bytes);
    writeFileSync(join(folder, "1.index"), `${digest} a test > of its own\n`);
    return judgeEmitted(folder, schemaErrors);
  };

  test.each([
    ["a letter", valid],
    ["a letter in an envelope", wrapped(valid)],
  ])("%s that is valid passes", (_, bytes) => {
    expect(judged(bytes)).toEqual({ documents: 1, invalid: [] });
  });
  test.each([
    ["is not XML", invalid],
    ["lacks its patient", patientless],
    ["lacks its patient, in an envelope", wrapped(patientless)],
    ["is in no namespace of MedCom's", Buffer.from(textOf(valid).replace(/xmlns="[^"]*"/, ""), "latin1")],
  ])("a document that %s is told, with the test that met it", (_, bytes) => {
    const { documents, invalid: found } = judged(bytes);
    expect([documents, found.map(({ met }) => met)]).toEqual([1, ["a test > of its own"]]);
    expect(found[0]?.complaints).not.toEqual([]);
  });
});
