import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { AgreementSet } from "../../../contracts/agreement.ts";
import { AgreementReasons, AgreementVersions } from "../../../contracts/messages/agreement.ts";
import { cli, startUp, type UpProcess } from "../../support/cli.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const practice = "5790000100019";
const department = "5790000200016";
// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

let folder: TempDir;
const good = () => join(folder.path, "good");
const bad = () => join(folder.path, "bad");
const data = () => join(folder.path, "data");

/** The built-in set as a region's own, with two working days to answer a specialist's question. */
const writeSets = async (): Promise<void> => {
  const exported = await cli(["agreements", "export", good()]);
  expect(exported).toMatchObject({ code: 0, out: "" });
  const [name = ""] = await readdir(good());
  const set = JSON.parse(await readFile(join(good(), name), "utf8")) as AgreementSet;
  const own = (days: number) => ({
    ...set,
    id: "region-test",
    version: 1,
    agreements: set.agreements.map((one) =>
      one.kind === "clock" && one.id === "ADVICE-MSG"
        ? { ...one, limit: { kind: "workingDays", days }, warnAt: { kind: "workingDays", days: 1 } }
        : one,
    ),
  });
  await writeFile(join(good(), name), JSON.stringify(own(2)));
  await mkdir(bad());
  await writeFile(join(bad(), "wrong.json"), JSON.stringify(own(0)));
};

beforeAll(async () => {
  folder = await tempDir();
  await writeSets();
}, 120_000);
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

describe("sektorbro agreements check", () => {
  it("finds a folder in order, with no hub", async () => {
    const { code, out, err } = await cli(["agreements", "check", good()]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^In order: \d\d agreements in 1 files\.\n$/);
  });

  it("tells every problem with its file and path, in Danish, in English or as JSON", async () => {
    const danish = await cli(["agreements", "check", bad()]);
    expect(danish).toMatchObject({ code: 1, out: "" });
    expect(danish.err).toMatch(
      /wrong\.json: agreements\.\d+\.warnAt: Der advares først, når svaret allerede er for sent\. \[warns-too-late\]/,
    );
    expect((await cli(["agreements", "check", bad(), "--english"])).err).toContain(
      "late already. [warns-too-late]",
    );
    const json = await cli(["agreements", "check", bad(), "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({
      problems: [{ file: "wrong.json", code: "warns-too-late" }],
    });
  });

  it("says so when there is no folder, no file, or no JSON", async () => {
    const none = await cli(["agreements", "check", join(folder.path, "nowhere")]);
    expect(none).toMatchObject({ code: 1 });
    expect(none.err).toContain("The folder cannot be read");
    const empty = join(folder.path, "empty");
    await mkdir(empty);
    expect((await cli(["agreements", "check", empty])).err).toContain("[no-files]");
    await writeFile(join(empty, "x.json"), "{");
    expect((await cli(["agreements", "check", empty])).err).toContain(
      "x.json: Filen er ikke JSON i UTF-8. [not-json]",
    );
  });
});

describe("sektorbro up --agreements", () => {
  let hub: UpProcess;
  beforeAll(async () => {
    hub = await startUp(data(), ["--agreements", good()]);
  }, 120_000);
  afterAll(async () => {
    await hub.end("SIGTERM");
  }, 60_000);
  const run = (...args: string[]) => cli(["agreements", ...args, "--data", data()]);

  it("puts a region's files in force", async () => {
    const { code, out } = await run("list", "--family", "advice");
    expect(code).toBe(0);
    expect(out).toContain("region-test v1");
    expect(out).toMatch(/ADVICE-MSG v1 +2 hverdage +forslag +Svar på specialistrådgivning/);
    expect(out).toContain("COR-HOSP-READ v1");
    expect(out).not.toContain("(måles ikke)");
  });

  it("shows every version of one, and why it binds two organisations", async () => {
    const shown = await run("show", "ADVICE-MSG", "--json");
    expect(AgreementVersions.parse(JSON.parse(shown.out)).versions).toMatchObject([
      { status: "in-force", set: "region-test" },
    ]);
    expect((await run("show", "RESP-72H", "--english")).out).toContain("so nobody can be late with it");
    expect(await run("show", "NO-SUCH")).toMatchObject({ code: 1, out: "" });

    const asked = ["why", "--family", "advice", "--from", practice, "--to", department];
    const why = await run(...asked, "--english");
    expect(why.out).toContain("ADVICE-MSG (specialist): ADVICE-MSG v1, 2 working days");
    expect(why.out).toContain("+ ADVICE-MSG v1: It binds: no other agreement is more specific.");
    expect(why.out).toContain(
      "- COR-ROUTINE v1: It is about another matter: which kind of organisation owes the answer.",
    );
    const json = await run(...asked, "--kind", "specialist", "--json");
    expect(AgreementReasons.parse(JSON.parse(json.out)).promises[0]?.agreement?.id).toBe("ADVICE-MSG");
  });

  it("does not start with a set that is not in order, and tells all of it in both languages", async () => {
    const refused = await cli(["up", "--data", join(folder.path, "other"), "--agreements", bad()]);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("It warns only when the answer is late already. / Der advares først");
  });
});

describe("the next start", () => {
  it("without files keeps the region's set, and with a changed version is refused", async () => {
    await using again = await startUp(data());
    const { out } = await cli(["agreements", "list", "--data", data()]);
    expect(out).toContain("region-test v1");
    await again.end("SIGTERM");

    const [name = ""] = await readdir(good());
    const set = JSON.parse(await readFile(join(good(), name), "utf8")) as AgreementSet;
    const changed = set.agreements.map((one) =>
      one.id === "ADVICE-MSG" ? { ...one, targetShare: 80 } : one,
    );
    await writeFile(join(good(), name), JSON.stringify({ ...set, version: 2, agreements: changed }));
    const refused = await cli(["up", "--data", data(), "--agreements", good()]);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("[version-changed]");
  });
});
