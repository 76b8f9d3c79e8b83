import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import { toPlainText } from "../../../contracts/formatted-text.ts";
import { cli } from "../../support/cli.ts";
import { careIn, lettersIn, made, messageIn, only } from "../../support/converted.ts";
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

const flows = "../shared/fhir/samples/conversion-xdis91";
const sample = (name: string) => `${flows}/${name}`;
const xdis91 = sample("Flow1-XDIS91_Ex_to_FHIR.xml");
const xbin01 = sample("Flow1-XBIN01_Ex_to_FHIR.xml");
const care = sample("Flow1-CareCommunication_Ex_from_OIOXML.xml");
const acknowledgement = sample("Flow2-Acknowledgement_Ex_to_OIOXML.xml");
const receipts = ["XBIN01", "XDIS91"].map((name) => sample(`Flow2-XCTL03_Ex_from_FHIR_${name}.xml`));
const isThere = existsSync(xdis91);

/** What SOR knows of the two organisations of MedCom's flows, as the published message has it. */
const sor = async (): Promise<string> => {
  const { sender, receiver } = careIn(readFileSync(care));
  const organisations = [
    {
      gln: sender.gln,
      name: sender.name,
      kind: "practice",
      identifiers: { sor: sender.sor },
      phone: "65432030",
    },
    { gln: receiver.gln, name: receiver.name, kind: "municipality", identifiers: { sor: receiver.sor } },
  ].map((one) => ({
    ...one,
    channels: [{ standard: "oioxml", transport: "inbox", accepts: ["*"] }],
    validFrom: "2020-01-01",
  }));
  await writeFile(
    file("sor.json"),
    JSON.stringify({ format: "sektorbro-directory", version: 1, organisations }),
  );
  return file("sor.json");
};
const textOf = ({ payloads }: CareCommunication) => {
  const [text] = payloads;
  if (text?.kind !== "text") throw new Error("The first payload is no text.");
  return { ...text, words: text.text.replaceAll(/\s+/g, " ").trim() };
};

const correspondence = (bytes: Uint8Array) => {
  const { envelope, letters } = lettersIn(bytes);
  const [letter] = letters;
  if (letter?.kind !== "letter") throw new Error("no letter");
  return { envelope, letter: letter.letter };
};
const brought = (bytes: Uint8Array) => {
  const [letter] = lettersIn(bytes).letters;
  if (letter?.kind !== "attachments") throw new Error("no attachments");
  return letter;
};

describe("MedCom's published flows of conversion", () => {
  it.runIf(!isThere)("are not walked here: they are not beside this project", () => {
    expect(isThere).toBe(false);
  });

  it.runIf(isThere)("Flow1, XDIS91 and XBIN01 to CareCommunication", async () => {
    const { code, out } = await cli([
      "convert",
      xdis91,
      xbin01,
      "--to",
      "fhir-xml",
      "--directory",
      await sor(),
    ]);
    expect(code).toBe(0);
    const [ours, theirs] = [messageIn(out), messageIn(readFileSync(care))];
    const [mine, other] = [ours.message as CareCommunication, theirs.message as CareCommunication];
    expect(mine.created).toBe(other.created);
    expect([mine.sender.gln, mine.sender.sor]).toEqual([other.sender.gln, other.sender.sor]);
    expect([mine.receiver.gln, mine.receiver.sor]).toEqual([other.receiver.gln, other.receiver.sor]);
    expect(mine.history.map(({ activity }) => activity)).toEqual(
      other.history.map(({ activity }) => activity),
    );
    expect([mine.category, mine.topic, mine.priority]).toEqual([other.category, other.topic, other.priority]);
    expect([mine.patient.cpr, mine.patient.address]).toEqual([other.patient.cpr, other.patient.address]);
    expect(mine.encounter).toEqual(other.encounter);
    const [a, b] = [textOf(mine), textOf(other)];
    expect([a.words, a.at, a.contact]).toEqual([b.words, b.at, b.contact]);
    expect([...ours.contents]).toEqual([...theirs.contents]);
    // The published surname is another than the letter's, the author is read out of the text, and the title is a code.
    expect(mine.patient.surname).toBe("Ann Berggren");
    expect(a.author).toMatchObject({ role: { kind: "text", text: "ukendt" } });
    expect(mine.threadId).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it.runIf(isThere)("Flow1 the other way, CareCommunication to XDIS91 and XBIN01", async () => {
    const { code } = await cli(["convert", care, "--to", "oioxml", "--out", file("flow1-back")]);
    expect(code).toBe(0);
    const documents = await made(file("flow1-back"));
    const mine = correspondence(only(documents, "XDIS91"));
    const other = correspondence(readFileSync(xdis91));
    expect(mine.envelope).toMatchObject({ sent: other.envelope.sent, wantsPositiveReceipt: true });
    const same = ["status", "authorised", "statisticalCode", "episodeOfCareId"] as const;
    for (const name of same) expect(mine.letter[name]).toEqual(other.letter[name]);
    expect([mine.letter.sender.gln, mine.letter.receiver.gln]).toEqual([
      other.letter.sender.gln,
      other.letter.receiver.gln,
    ]);
    const { cpr, street, district, postCode, episodeOfCareStatus } = other.letter.patient;
    expect(mine.letter.patient).toMatchObject({ cpr, street, district, postCode, episodeOfCareStatus });
    expect(mine.letter.subject).toBe(`Andet, ${other.letter.subject ?? ""}`);
    const words = (texts: typeof other.letter.texts) =>
      texts.map(toPlainText).join("\n").replaceAll(/\s+/g, " ").trim();
    expect(words(mine.letter.texts)).toContain(words(other.letter.texts));
    const binary = brought(only(documents, "XBIN01"));
    const original = brought(readFileSync(xbin01));
    const plain = (objects: typeof original.letter.objects) =>
      objects.map(({ objectId, extension, bytes }) => [
        objectId,
        extension,
        Buffer.from(bytes).toString("base64"),
      ]);
    expect(plain(binary.letter.objects)).toEqual(plain(original.letter.objects));
    // The use cases have vektor_grafik for a PDF; the flow shows billede.
    expect(binary.letter.objects.map(({ code: kind }) => kind)).toEqual(["vektor_grafik"]);
    expect(original.letter.objects.map(({ code: kind }) => kind)).toEqual(["billede"]);
  });

  it.runIf(isThere)("Flow2, Acknowledgement to an XCTL03 of each letter", async () => {
    const originals = [care, xdis91, xbin01].flatMap((name) => ["--original", name]);
    const { code } = await cli([
      "convert",
      acknowledgement,
      "--to",
      "oioxml",
      ...originals,
      "--out",
      file("flow2"),
    ]);
    expect(code).toBe(0);
    const ours = [...(await made(file("flow2"))).values()].map(lettersIn);
    const theirs = receipts.map((name) => lettersIn(readFileSync(name)));
    const told = (documents: typeof theirs) =>
      documents
        .flatMap(({ envelope, letters }) =>
          letters.map((letter) => {
            if (letter.kind !== "receipt") throw new Error("no receipt");
            const { warnings: _, letterId: _own, ...receipt } = letter;
            return { ...receipt, wantsPositiveReceipt: envelope.wantsPositiveReceipt };
          }),
        )
        .toSorted((a, b) => a.originalEnvelopeId.localeCompare(b.originalEnvelopeId));
    expect(told(ours)).toEqual(told(theirs));
  });

  it.runIf(isThere)("Flow2 the other way, both XCTL03 to one Acknowledgement", async () => {
    const originals = [care, xdis91, xbin01].flatMap((name) => ["--original", name]);
    const { code, out } = await cli(["convert", ...receipts, "--to", "fhir-xml", ...originals]);
    expect(code).toBe(0);
    const mine = messageIn(out).message as Acknowledgement;
    const theirs = messageIn(readFileSync(acknowledgement)).message as Acknowledgement;
    expect([mine.about, mine.code, mine.issues]).toEqual([theirs.about, theirs.code, theirs.issues]);
    expect([mine.sender.gln, mine.sender.sor]).toEqual([theirs.sender.gln, theirs.sender.sor]);
    expect([mine.receiver.gln, mine.receiver.sor]).toEqual([theirs.receiver.gln, theirs.receiver.sor]);
    expect(mine.history.map(({ activity }) => activity)).toEqual(
      theirs.history.map(({ activity }) => activity),
    );
    const [one = ""] = receipts;
    const half = await cli(["convert", one, "--to", "fhir-xml", ...originals]);
    expect([half.code, half.err.includes("[receipt-missing]")]).toEqual([1, true]);
  });
});
