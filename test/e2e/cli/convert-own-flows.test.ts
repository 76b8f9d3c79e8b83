import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { toPlainText } from "../../../contracts/formatted-text.ts";
import { printFhir } from "../../../gateways/fhir/codec/model/print-fhir.ts";
import { cli } from "../../support/cli.ts";
import { careIn, lettersIn, made, messageIn, only } from "../../support/converted.ts";
import { careCommunication, uuid } from "../../support/fhir-bundles.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
let folder: TempDir;
const file = (name: string) => join(folder.path, name);
beforeAll(async () => {
  folder = await tempDir();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("the flows that MedCom tells of and has not published, with messages of our own", () => {
  const message = careCommunication({
    category: "regarding-referral",
    topic: "Undersøgelser forud for visitation",
    priority: "asap",
    sent: "2026-11-22T12:33:00+01:00",
    author: { given: "Michael", family: "Burnsprøve" },
    role: { code: "sygeplejerske" },
    texts: [
      { text: "Røntgen af hofte.\n\nVenlig hilsen", date: "2026-11-22T12:32:00+01:00", phone: "66131372" },
    ],
    attachments: [{ title: "Plan", bytes: new Uint8Array(4297), id: `urn:uuid:${uuid(0x42)}` }],
  });

  it("Flow3, CareCommunication to XDIS91 with the author in the text and the category in the subject, and XBIN01", async () => {
    await writeFile(file("flow3.json"), printFhir(message, "json"));
    const { code } = await cli(["convert", file("flow3.json"), "--to", "oioxml", "--out", file("flow3")]);
    expect(code).toBe(0);
    const documents = await made(file("flow3"));
    const { envelope, letters } = lettersIn(only(documents, "XDIS91"));
    const [letter] = letters;
    if (letter?.kind !== "letter") throw new Error("no letter");
    expect(envelope).toMatchObject({ sent: "2026-11-22T12:33", wantsPositiveReceipt: true });
    expect(letter.letter.subject).toBe("Vedr. henvisning, Undersøgelser forud for visitation");
    expect(letter.letter.priority).toBe("high");
    expect(letter.letter.texts.map(toPlainText)).toEqual([
      "Røntgen af hofte.\n\nVenlig hilsen\nForfatter: Michael Burnsprøve\nStilling: Sygeplejerske",
    ]);
    expect(letter.letter.references).toHaveLength(1);
    const binary = lettersIn(only(documents, "XBIN01"));
    expect(binary.envelope.wantsPositiveReceipt).toBe(false);
    expect(Buffer.from(only(documents, "XBIN01")).toString("latin1")).toContain(
      `<ObjectIdentifier>${uuid(0x42)}</ObjectIdentifier>`,
    );
    expect(Buffer.from(only(documents, "XDIS91")).toString("latin1")).toContain(
      `<ObjectIdentifier>${uuid(0x42).replaceAll("-", "")}</ObjectIdentifier>`,
    );
  });

  it("Flow4, both XCTL03 of those letters are ok, one alone is nothing yet, and one XCTL02 is a refusal", async () => {
    const name = file("flow4.xml");
    await writeFile(name, printFhir(message, "xml"));
    await cli(["convert", name, "--to", "oioxml", "--out", file("flow4")]);
    const documents = await made(file("flow4"));
    const receipt = (type: string, outcome: "Positive" | "Negative"): string => {
      const { envelope, letters } = lettersIn(only(documents, type));
      const [letter] = letters;
      if (letter === undefined || letter.kind === "receipt" || letter.kind === "refused")
        throw new Error("no letter");
      const { letterId, sender, receiver } = letter.letter;
      const why =
        outcome === "Negative"
          ? "<RefuseCode>syntaksfejl</RefuseCode><RefuseText>Kan ikke læses.</RefuseText>"
          : "";
      const ean = (gln: string) => `<EANIdentifier>${gln}</EANIdentifier>`;
      const [version, code] = outcome === "Positive" ? ["XC0330Q", "XCTL03"] : ["XC0230Q", "XCTL02"];
      return [
        `<?xml version="1.0" encoding="UTF-8"?><Emessage xmlns="http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2005/08/07/">`,
        `<Envelope><Sent><Date>2026-11-22</Date><Time>12:40</Time></Sent><Identifier>K${type}</Identifier>`,
        `<AcknowledgementCode>minuspositivkvitt</AcknowledgementCode></Envelope><${outcome}Receipt>`,
        `<Letter><Identifier>B${type}</Identifier><VersionCode>${version}</VersionCode><StatisticalCode>${code}</StatisticalCode></Letter>`,
        `<Sender>${ean(receiver.gln)}</Sender><Receiver>${ean(sender.gln)}</Receiver>`,
        `<OriginalEmessage><OriginalEnvelopeIdentifier>${envelope.identifier}</OriginalEnvelopeIdentifier>`,
        `<OriginalSender>${ean(sender.gln)}</OriginalSender><OriginalReceiver>${ean(receiver.gln)}</OriginalReceiver>`,
        `<OriginalLetter><OriginalLetterIdentifier>${letterId}</OriginalLetterIdentifier>`,
        `<OriginalVersionCode>${letter.version}</OriginalVersionCode>${why}</OriginalLetter></OriginalEmessage></${outcome}Receipt></Emessage>`,
      ].join("");
    };
    await mkdir(file("receipts"));
    await writeFile(file("receipts/letter.xml"), receipt("XDIS91", "Positive"));
    await writeFile(file("receipts/objects.xml"), receipt("XBIN01", "Positive"));
    await writeFile(file("receipts/refused.xml"), receipt("XBIN01", "Negative"));
    const answer = (...names: string[]) =>
      cli([
        ...["convert", ...names.map((one) => file(`receipts/${one}.xml`)), "--to", "fhir-json"],
        ...["--original", name, "--language", "en"],
      ]);
    const [both, one, refused] = await Promise.all([
      answer("letter", "objects"),
      answer("letter"),
      answer("letter", "refused"),
    ]);
    expect([both.err, both.code]).toEqual([expect.stringContaining("became Acknowledgement"), 0]);
    const about = careIn(readFileSync(name)).messageId;
    expect(messageIn(both.out).message).toMatchObject({
      kind: "Acknowledgement",
      about,
      code: "ok",
      issues: [],
    });
    expect([one.code, one.err.includes("[receipt-missing]")]).toEqual([1, true]);
    expect(messageIn(refused.out).message).toMatchObject({
      about,
      code: "fatal-error",
      issues: [{ severity: "error", details: { code: "MSG_BAD_SYNTAX" }, text: "Kan ikke læses." }],
    });
  });
});
