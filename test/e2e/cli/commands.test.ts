import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { cli, cliProcess, startUp, type UpProcess } from "../../support/cli.ts";
import { eventually } from "../../support/eventually.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const practice = "5790000100019";
const department = "5790000200016";
const question = "contracts/examples/demo/question.xml";

let folder: TempDir;
let hub: UpProcess;
// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });
const run = (...args: string[]) => cli([...args, "--data", folder.path]);

/** The item of an inbox, once the projection has it. */
const inboxOf = (gln: string): Promise<InboxItem> =>
  eventually(
    async () => {
      const { out } = await run("inbox", gln, "--json");
      return InboxItem.array().parse(JSON.parse(out))[0];
    },
    "an item in the inbox",
    60_000,
  );

beforeAll(async () => {
  folder = await tempDir();
  hub = await startUp(folder.path);
}, 120_000);
afterAll(async () => {
  await hub.end("SIGTERM");
  await folder[Symbol.asyncDispose]();
}, 60_000);

describe("send, inbox and case", () => {
  it("carry a letter: sent, seen, fetched, and told as a timeline", async () => {
    const sent = await cliProcess(["send", question, "--as", practice, "--data", folder.path]);
    expect(sent).toMatchObject({ code: 0, err: "" });
    expect(sent.out).toContain("Accepted, and safe on disk.");
    expect(sent.out).toMatch(/answer due {2}\p{L}+dag \d+\. \p{L}+( \d{4})? kl\. 16\.00/u);

    const { deliveryId, caseId } = await inboxOf(department);
    const listed = await run("inbox", department);
    expect(listed.out).toContain("Lægehuset Åparken");
    expect(listed.out).not.toMatch(/1105650000|Demosen/);
    const fetched = await run("inbox", department, "--fetch", deliveryId);
    expect(fetched.code).toBe(0);
    expect(fetched.out).toContain("<VersionCode>XD9134L</VersionCode>");
    expect(fetched.err).toContain(caseId);

    const shown = await run("case", caseId, "--as", practice);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(`Case ${caseId}: advice, asked`);
    expect(shown.out).toContain("Advice asked");
    expect(shown.out).toMatch(/delivery 1\.0: fetched/);
    const json = await run("case", caseId, "--as", department, "--json");
    expect(CaseView.parse(JSON.parse(json.out)).caseId).toBe(caseId);
    const foreign = await run("case", caseId, "--as", "5790000100026");
    expect(foreign).toMatchObject({ code: 1, out: "" });
    expect(foreign.err).toContain("There is no such case.");
  });

  it("trace tells the letter's way in words, by the name that its sender gave it; top tells what the hub does", async () => {
    const traced = await run("trace", "DEMOQB00000001", "--language", "en");
    expect(traced).toMatchObject({ code: 0 });
    expect(traced.out).toMatch(/Lægehuset Åparken handed it in; it is on disk\./);
    expect(traced.out).toMatch(/Endokrinologisk Afd\. has it\.\n\nNow: .* has not given a receipt yet/);
    expect(traced.out).not.toMatch(/1105650000|Demosen/);
    const nothing = await run("trace", "no-such-message");
    expect(nothing).toMatchObject({ code: 1, out: "" });
    expect(nothing.err).toContain("No message is called that");

    const seen = await run("top", "--once", "--every", "1", "--language", "en");
    expect(seen).toMatchObject({ code: 0 });
    expect(seen.out).toMatch(/^Sektorbro .* takes in\n/);
    expect(seen.out).toMatch(/clocks +\d+ wait for their time/);
  });

  it("send tells each problem of a refused document with its path, and ends with exit 1", async () => {
    const wrong = "contracts/examples/oioxml/xdis91-version-wrong.xml";
    const refused = await cliProcess(["send", wrong, "--as", practice, "--data", folder.path]);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("ClinicalEmail/Letter/VersionCode: ");
    expect(refused.err).toContain("The document is kept as ");
    const receipt = await run("send", wrong, "--as", practice, "--receipt");
    expect(receipt.code).toBe(1);
    expect(receipt.out).toContain("XCTL02");
    const json = await run("send", wrong, "--as", practice, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ code: "version-wrong" });
  });

  it("send refuses to speak for another organisation", async () => {
    const { code, err } = await run("send", question, "--as", "5790000100026");
    expect(code).toBe(1);
    expect(err).toContain("[sender-not-authorised]");
  });

  it("inbox says that an organisation is not in the directory, and that a delivery is not there", async () => {
    const unknown = await run("inbox", "5790000999997");
    expect(unknown).toMatchObject({ code: 1, out: "" });
    expect(unknown.err).toContain("is not in the hub's directory");
    const nothing = await run("inbox", department, "--fetch", "nothing");
    expect(nothing.code).toBe(1);
    expect(nothing.err).toContain("[delivery-unknown]");
  });
});

describe("dead-letters", () => {
  const wrong = "contracts/examples/oioxml/xdis91-version-wrong.xml";
  const listed = async (...more: string[]): Promise<string[]> => {
    const { code, out } = await run("dead-letters", "list", "--json", ...more);
    expect(code).toBe(0);
    return (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
  };

  it("lists a refused document, shows why, and leaves it out once it was seen to", async () => {
    // The same document again is the same dead letter, whoever sent it first.
    await run("send", wrong, "--as", practice);
    const id = await eventually(async () => (await listed("--code", "version-wrong"))[0], "the dead letter");
    expect(await listed("--as", practice, "--code", "version-wrong")).toContain(id);
    expect(await listed("--as", department)).not.toContain(id);
    const inWords = await run("dead-letters", "list");
    expect(inWords).toMatchObject({ code: 0, err: "" });
    expect(inWords.out).toContain(id);
    const shown = await run("dead-letters", "show", id);
    expect(shown.out).toContain("ClinicalEmail/Letter/VersionCode");
    expect(await run("dead-letters", "close", id, "--reason", "Rettet")).toMatchObject({ code: 0 });
    await eventually(async () => ((await listed()).includes(id) ? undefined : true), "that it was seen to");
    expect(await listed("--state", "closed")).toContain(id);
    expect(await run("dead-letters", "show", "none")).toMatchObject({ code: 1, out: "" });
  });
});

describe("token", () => {
  it("prints a token that the hub trusts, and nothing else on standard output", async () => {
    const { code, out } = await run("token", practice, "--ttl", "5m");
    expect(code).toBe(0);
    const headers = { authorization: `Bearer ${out.trim()}` };
    expect((await fetch(`${hub.url}/v1/inbox`, { headers })).status).toBe(200);
    expect((await fetch(`${hub.url}/v1/directory/export`, { headers })).status).toBe(403);
    const operator = (await run("token", "operator", "--operator")).out.trim();
    const asOperator = { authorization: `Bearer ${operator}` };
    expect((await fetch(`${hub.url}/v1/directory/export`, { headers: asOperator })).status).toBe(200);
  });

  it("says what is wrong with a GLN, a lifetime or a folder that no hub has used", async () => {
    expect(await run("token", "579-1")).toMatchObject({ code: 2, out: "" });
    expect(await run("token", practice, "--ttl", "forever")).toMatchObject({ code: 2, out: "" });
    const elsewhere = await cli(["token", practice, "--data", join(folder.path, "none")]);
    expect(elsewhere).toMatchObject({ code: 3, out: "" });
  });
});

describe("rebuild", () => {
  it("makes the index again, and to the byte the same", async () => {
    const first = await run("rebuild", "--json");
    expect(first.code).toBe(0);
    const second = await run("rebuild");
    const { keys, sha256 } = JSON.parse(first.out) as { keys: number; sha256: string };
    expect(sha256).toMatch(/^[\da-f]{64}$/);
    expect(second.out).toBe(`Rebuilt: ${keys} keys, sha256 ${sha256}\n`);
  });
});

describe("directory", () => {
  it("exports what it imports again", async () => {
    const file = join(folder.path, "directory.json");
    expect(await run("directory", "export", file)).toMatchObject({ code: 0, out: "" });
    const imported = await run("directory", "import", file);
    expect(imported).toMatchObject({ code: 0, err: "" });
    expect(imported.out).toMatch(/^Imported: \d+ organisations/);
    expect((await run("directory", "export")).out).toBe(await readFile(file, "utf8"));
  });

  it("tells every problem of a file with its path, and changes nothing", async () => {
    const file = join(folder.path, "wrong.json");
    const organisations = [{ gln: "57 9", name: "", kind: "castle", channels: [], validFrom: "2026-01-01" }];
    await writeFile(file, JSON.stringify({ format: "sektorbro-directory", version: 1, organisations }));
    const before = (await run("directory", "export")).out;
    const { code, err } = await run("directory", "import", file);
    expect(code).toBe(1);
    for (const field of ["gln", "name", "kind", "channels"])
      expect(err).toContain(`organisations.0.${field}: `);
    expect((await run("directory", "export")).out).toBe(before);
  });

  it("says that a file is not JSON, or not there", async () => {
    const xml = await run("directory", "import", question);
    expect(xml).toMatchObject({ code: 1, out: "" });
    expect(xml.err).toContain("is not JSON");
    const none = await run("directory", "import", join(folder.path, "none.json"));
    expect(none.err).toContain("There is no such file");
  });
});

describe("doctor", () => {
  it("finds a running hub well, and the address of one that is not there bad", async () => {
    const well = await run("doctor");
    expect(well).toMatchObject({ code: 0, err: "" });
    expect(well.out).toMatch(/^OK +health +.*durability safe$/m);
    const bad = await cli(["doctor", "--data", folder.path, "--url", "http://127.0.0.1:9", "--json"]);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toContainEqual(expect.objectContaining({ name: "health", status: "bad" }));
  });
});

describe("without a hub", () => {
  it.each([["send", question, "--as", practice], ["directory", "export"], ["rebuild"]])(
    "%s ends with exit 3 and says how to start one",
    async (...args) => {
      await using empty = await tempDir();
      const { code, out, err } = await cliProcess([...args, "--data", empty.path]);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toContain('"sektorbro up"');
    },
  );

  it("an address where nobody answers is exit 3, and what is no address exit 2", async () => {
    expect(await run("inbox", department, "--url", "http://127.0.0.1:9")).toMatchObject({ code: 3 });
    expect(await run("inbox", department, "--url", "somewhere")).toMatchObject({ code: 2 });
  });
});

describe("usage", () => {
  it("help is exit 0 on standard output, wrong usage exit 2 on standard error", async () => {
    const help = await cliProcess(["send", "--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("Usage: sektorbro send");
    for (const args of [[], ["send", question]]) {
      const { code, out, err } = await cliProcess(args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).not.toBe("");
    }
  });
});
