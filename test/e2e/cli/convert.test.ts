import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import { readFhir } from "../../../gateways/fhir/codec/model/read-fhir.ts";
import { cli } from "../../support/cli.ts";
import { cliArguments } from "../../support/compiled-program.ts";
import { careIn, lettersIn, made, messageIn, only } from "../../support/converted.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
const region = "services/directory/region.json";
const examples = "contracts/examples";
const question = `${examples}/oioxml/xdis91-question.xml`;
const withAttachments = `${examples}/oioxml/xdis91-with-attachments.xml`;
const attachments = `${examples}/oioxml/xbin01-attachments.xml`;

let folder: TempDir;
const file = (name: string) => join(folder.path, name);
beforeAll(async () => {
  folder = await tempDir();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("convert, without a hub", () => {
  it("turns XDIS91 into the FHIR message that is its counterpart, and says what is lost, where, in Danish", async () => {
    const { code, out, err } = await cli(["convert", question, "--to", "fhir-json", "--directory", region]);
    expect(code).toBe(0);
    const message = careIn(out);
    const [first] = lettersIn(readFileSync(question)).letters;
    if (first?.kind !== "letter") throw new Error("no letter");
    expect(message.sender.gln).toBe(first.letter.sender.gln);
    expect(message.topic).toBe(first.letter.subject);
    expect(message.patient.cpr).toBe(first.letter.patient.cpr);
    expect(err).toContain(`${question}: blev til CareCommunication ${message.messageId}\n`);
    expect(err).toContain(
      "  (mistet) letterId, statisticalCode: Meddelelsen har sine egne id'er. [letter-number]\n",
    );
  });

  it("comes to the same bytes each time, and to another time only when one is given", async () => {
    const args = ["convert", question, "--to", "fhir-xml", "--directory", region];
    const [first, second, later] = await Promise.all([
      cli(args),
      cli(args),
      cli([...args, "--at", "2026-12-01T08:00:00+01:00"]),
    ]);
    expect(second.out).toBe(first.out);
    expect(careIn(later.out)).toMatchObject({
      created: "2026-12-01T08:00:00+01:00",
      messageId: careIn(first.out).messageId,
    });
  });

  it("makes one message of an XDIS91 and its XBIN01, with every attachment, and the two letters of that again", async () => {
    const there = await cli([
      ...["convert", withAttachments, attachments, "--to", "fhir-xml", "--directory", region],
      ...["--out", file("there"), "--losses", file("losses.json"), "--language", "en"],
    ]);
    expect(there.code).toBe(0);
    const [name = "", ...more] = await readdir(file("there"));
    expect([name.startsWith("CareCommunication-"), more]).toEqual([true, []]);
    const message = messageIn(await readFile(join(file("there"), name)));
    const [binary] = lettersIn(readFileSync(attachments)).letters;
    if (binary?.kind !== "attachments") throw new Error("no attachments");
    const carried = [...message.contents.values()].map((bytes) => Buffer.from(bytes).toString("base64"));
    const wanted = binary.letter.objects
      .filter(({ extension }) => ["pdf", "gif", "jpeg", "png", "tiff", "bmp"].includes(extension))
      .map(({ bytes }) => Buffer.from(bytes).toString("base64"));
    expect(carried).toEqual(wanted);
    const losses = JSON.parse(await readFile(file("losses.json"), "utf8")) as { code: string }[];
    expect(losses.length).toBeGreaterThan(2);
    for (const { code } of losses) expect(there.err).toContain(`[${code}]`);

    const back = await cli(["convert", join(file("there"), name), "--to", "oioxml", "--out", file("back")]);
    expect(back.code).toBe(0);
    const [object] = lettersIn(only(await made(file("back")), "XBIN01")).letters;
    if (object?.kind !== "attachments") throw new Error("no attachments");
    expect(object.letter.objects.map(({ bytes }) => Buffer.from(bytes).toString("base64"))).toEqual(wanted);
  });

  it("turns FHIR's formats into one another without loss, also what breaks a rule", async () => {
    const broken = readFileSync(`${examples}/fhir/care-communication.xml`, "utf8").replace(
      "care-communication-message",
      "no-such-message",
    );
    await writeFile(file("broken.xml"), broken);
    const [json, again] = await Promise.all([
      cli(["convert", `${examples}/fhir/hospital-notification.xml`, "--to", "fhir-json"]),
      cli(["convert", file("broken.xml"), "--to", "fhir-json"]),
    ]);
    expect(json.code).toBe(0);
    const from = readFhir(readFileSync(`${examples}/fhir/hospital-notification.xml`));
    const to = readFhir(Buffer.from(json.out));
    if (!from.ok || !to.ok) throw new Error("not read");
    expect(to.resource).toEqual(from.resource);
    expect([again.code, again.out.includes("no-such-message")]).toEqual([0, true]);
    expect(again.err).toContain("[message-type-unknown]");
  });

  it("turns notifications of stays into one another", async () => {
    const letter = `${examples}/oioxml/xdis20-admitted.xml`;
    const { code, out } = await cli(["convert", letter, "--to", "fhir-xml", "--directory", region]);
    expect(code).toBe(0);
    const message = messageIn(out).message as HospitalNotification;
    expect(message.history.at(-1)?.activity).toBe("admit-inpatient");
    await writeFile(file("hn.xml"), out);
    const back = await cli(["convert", file("hn.xml"), "--to", "oioxml"]);
    const [notice] = lettersIn(Buffer.from(back.out, "latin1")).letters;
    const [original] = lettersIn(readFileSync(letter)).letters;
    if (notice?.kind !== "clinical" || original?.kind !== "clinical") throw new Error("no notice");
    expect(notice.letter).toMatchObject({ type: "XDIS20", patient: original.letter.patient });
  });

  it.each([
    [
      `${examples}/oioxml/xref01-gallstones.xml`,
      "fhir-json",
      "XREF01 has no counterpart among MedCom's FHIR messages.",
    ],
    [`${examples}/fhir/home-care-observation.json`, "oioxml", "HomeCareObservation has no counterpart"],
    [question, "oioxml", "[already-there]"],
    [attachments, "fhir-xml", "[attachments-without-letter]"],
    [`${examples}/oioxml/xdis91-version-wrong.xml`, "fhir-xml", "[version-wrong]"],
    [`${examples}/fhir/acknowledgement-ok.xml`, "oioxml", "[original-missing]"],
  ])(
    "refuses %s as %s with a sentence, exit code 1 and nothing on standard output",
    async (name, to, said) => {
      const { code, out, err } = await cli(["convert", name, "--to", to, "--language", "en"]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(said);
      expect(err).toContain("Not converted: nothing was written.");
    },
  );

  it("says which organisations it does not know, and how to tell", async () => {
    const { code, err } = await cli(["convert", question, "--to", "fhir-xml", "--language", "en"]);
    expect(code).toBe(1);
    expect(err).toContain("ClinicalEmail/Sender/EANIdentifier");
    expect(err).toContain("--directory");
  });

  it("ends with exit code 2 when it is used wrongly", async () => {
    await writeFile(file("no-directory.json"), '{"format":"other"}');
    const answers = await Promise.all([
      cli(["convert", question]),
      cli(["convert", question, "--to", "fhir-xml", "--at", "tomorrow"]),
      cli(["convert", question, "--to", "fhir-xml", "--directory", file("no-directory.json")]),
      cli([
        "convert",
        question,
        `${examples}/oioxml/xdis91-reply.xml`,
        "--to",
        "fhir-xml",
        "--directory",
        region,
      ]),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(answers[3].err).toContain("--out");
  });

  it("reads standard input", () => {
    const args = cliArguments(["convert", "-", "--to", "fhir-json", "--directory", region]);
    const { status, stdout } = spawnSync(process.execPath, args, { input: readFileSync(question) });
    expect(status).toBe(0);
    expect(careIn(stdout).kind).toBe("CareCommunication");
  });

  it("prints the typed form that `parse` prints", async () => {
    const [typed, parsed] = await Promise.all([
      cli(["convert", question, "--to", "json"]),
      cli(["parse", question, "--pretty"]),
    ]);
    expect(typed.out).toBe(parsed.out);
  });
});
