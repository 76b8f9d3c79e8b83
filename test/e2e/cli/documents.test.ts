import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cli } from "../../support/cli.ts";
import { cliArguments } from "../../support/compiled-program.ts";
import { elementsOf, pageTree, sectionsOf } from "../../support/rendered-page.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
const question = "contracts/examples/oioxml/xdis91-question.xml";
const care = "contracts/examples/fhir/care-communication.json";
const observation = "contracts/examples/fhir/home-care-observation.xml";
const attachments = "contracts/examples/oioxml/xbin01-attachments.xml";
const wrapped = "contracts/examples/oioxml/vans-xdis91-question.xml";
const refused = "contracts/examples/oioxml/xdis91-version-wrong.xml";

let folder: TempDir;
const file = (name: string) => join(folder.path, name);
beforeAll(async () => {
  folder = await tempDir();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("parse, without a hub", () => {
  it("prints what a document holds as one line of JSON, and what came of it on standard error", async () => {
    const { code, out, err } = await cli(["parse", question]);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      kind: "emessage",
      letters: [{ kind: "letter", type: "XDIS91", version: "XD9134L", warnings: [] }],
    });
    expect(err).toBe(`${question}: 1 letter, ISO-8859-1\n  XDIS91 XD9134L: can be taken\n`);
  });

  it("prints several documents as a list, each with its file, and tells attachments by digest and size", async () => {
    const { code, out, err } = await cli(["parse", wrapped, attachments, "--pretty"]);
    expect(code).toBe(0);
    const [first, second] = JSON.parse(out) as Record<string, unknown>[];
    expect(out).toContain('\n    "file"');
    expect(first).toMatchObject({ file: wrapped, kind: "emessage", vans: {} });
    expect(err).toContain("1 letter in a VANSEnvelope");
    const [object] = (
      second as { letters: { letter: { objects: { bytes: object; sizeBytes: number }[] } }[] }
    ).letters.flatMap(({ letter }) => letter.objects);
    expect(object?.bytes).toEqual({
      digest: expect.stringMatching(/^sha256-[\da-f]{64}$/) as string,
      sizeBytes: object?.sizeBytes,
    });
  });

  it("ends with exit code 1 when a document cannot be taken, with every problem and its path", async () => {
    await writeFile(file("cut.xml"), (await readFile(question)).subarray(0, 900));
    const { code, out, err } = await cli(["parse", refused, file("cut.xml"), question]);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      "emessage",
      "unreadable",
      "emessage",
    ]);
    expect(err).toContain("[version-wrong]");
    expect(err).toMatch(/cut\.xml: refused: .*\[xml-malformed\]\n {2}line \d+: /);
    expect(err.trimEnd().split("\n").at(-1)).toBe("Refused: 2 of 3.");
  });

  it("reads standard input, whoever gives it", () => {
    const args = cliArguments(["parse", "-"]);
    const { status, stdout } = spawnSync(process.execPath, args, { input: readFileSync(question) });
    expect(status).toBe(0);
    expect(JSON.parse(stdout.toString("utf8"))).toMatchObject({ kind: "emessage" });
  });

  it("without a document, or with one that is not there, says so", async () => {
    const [bare, gone, empty] = await Promise.all([
      cli(["parse"]),
      cli(["parse", file("gone.xml")]),
      cli(["parse", "-"]),
    ]);
    expect([bare.code, gone.code, empty.code]).toEqual([2, 1, 1]);
    expect(bare.err).toContain("missing required argument 'files'");
    expect(gone.err).toContain("There is no such file");
    expect(empty.err).toContain("Nothing came in on standard input.");
  });
});

describe("parse of FHIR, without a hub", () => {
  it("prints the typed message of either format, with its warnings and attachments", async () => {
    const { code, out, err } = await cli(["parse", care, observation, question]);
    expect(code).toBe(0);
    const [first, second, third] = JSON.parse(out) as Record<string, unknown>[];
    expect(first).toMatchObject({
      file: care,
      kind: "message",
      standard: "fhir",
      type: "CareCommunication",
      version: "5.0",
      format: "json",
      message: { kind: "CareCommunication", sender: { gln: "5790000100019" } },
      attachments: [],
      warnings: [],
    });
    expect(second).toMatchObject({ type: "HomeCareObservation", format: "xml" });
    expect(third).toMatchObject({ kind: "emessage" });
    expect(err).toContain(`${care}: CareCommunication 5.0, FHIR JSON: can be taken\n`);
  });

  it("ends with exit code 1 for one that breaks a rule or is torn, with every problem and its FHIRPath", async () => {
    const text = await readFile(care, "utf8");
    await writeFile(file("broken.json"), text.replace("care-communication-message", "unknown-message"));
    await writeFile(file("torn.json"), text.slice(0, 500));
    const { code, out, err } = await cli(["parse", file("broken.json"), file("torn.json")]);
    expect(code).toBe(1);
    expect((JSON.parse(out) as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      "refused",
      "unreadable",
    ]);
    expect(err).toContain("Bundle.entry[0].resource.eventCoding.code: ");
    expect(err).toContain("[message-type-unknown]");
    expect(err).toContain("torn.json: refused: FHIR JSON that cannot be read");
  });
});

describe("render, without a hub", () => {
  it("makes pages of FHIR messages beside those of letters", async () => {
    const { code, err } = await cli(["render", care, observation, question, "--out", file("both")]);
    expect([code, err]).toEqual([0, ""]);
    const page = await readFile(file("both/care-communication.html"), "utf8");
    expect([...sectionsOf(page).keys()]).toEqual(expect.arrayContaining(["Fra og til", "Beskeder"]));
  });

  it("prints the page of a document, in Danish or in English", async () => {
    const [danish, english] = await Promise.all([
      cli(["render", question]),
      cli(["render", question, "--lang", "en"]),
    ]);
    expect([danish.code, danish.err, english.code]).toEqual([0, "", 0]);
    expect([...sectionsOf(danish.out).keys()]).toContain("Fra og til");
    expect([...sectionsOf(english.out).keys()]).toContain("From and to");
  });

  it("writes the page to a file", async () => {
    const { code, out } = await cli(["render", wrapped, "--out", file("page.html")]);
    expect([code, out]).toEqual([0, ""]);
    const page = await readFile(file("page.html"), "utf8");
    expect(elementsOf(pageTree(page)).some(({ local }) => local === "article")).toBe(true);
  });

  it("writes several pages into a folder, none in the place of another, and says which document is refused", async () => {
    const { code, err } = await cli(["render", question, refused, question, "--out", file("pages")]);
    expect(code).toBe(1);
    expect((await readdir(file("pages"))).toSorted()).toEqual([
      "xdis91-question-2.html",
      "xdis91-question.html",
      "xdis91-version-wrong.html",
    ]);
    expect(err).toContain(`${refused}: 1 letter`);
    expect(err).not.toContain(`${question}:`);
    expect(await readFile(file("pages/xdis91-version-wrong.html"), "utf8")).toContain("version-wrong");
  });

  it("several pages without a folder, and a language that there is not, are wrong usage", async () => {
    const [several, swedish, nowhere] = await Promise.all([
      cli(["render", question, question]),
      cli(["render", question, "--lang", "sv"]),
      cli(["render", question, "--out", file("gone/page.html")]),
    ]);
    expect([several.code, swedish.code, nowhere.code]).toEqual([2, 2, 1]);
    expect(several.err).toContain("name it with --out");
    expect(nowhere.err).toContain("That file cannot be written");
  });
});
