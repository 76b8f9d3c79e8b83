import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliProcess, startUp, type UpProcess } from "../../support/cli.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const run = promisify(execFile);
const compiler = resolve("node_modules/typescript/bin/tsc");
const tsc = (cwd: string, args: readonly string[]) => run(process.execPath, [compiler, ...args], { cwd });

/** What a partner writes on the first day: typed, in a project of its own, with nothing of ours but the package. */
const program = `
import { createClient, HubProblem } from "@sektorbro/client";

const [url = "", practice = "", department = "", question = ""] = process.argv.slice(2);
const as = (token: string) => createClient({ url, token: () => Promise.resolve(token) });
const { accepted, due } = await as(practice).sendDocument(new TextEncoder().encode(question), "application/xml");
const stop = new AbortController();
for await (const delivery of as(department).documents({ signal: stop.signal })) {
  const { bytes, mediaType } = await delivery.fetch();
  await delivery.receipt({ outcome: "positive" });
  const subject = /<Subject>(.*)<\\/Subject>/.exec(new TextDecoder().decode(bytes))?.[1];
  console.log(JSON.stringify({ accepted, due, mediaType, subject }));
  stop.abort();
  break;
}
const no: unknown = await as("no token").sendDocument(new Uint8Array(), "application/xml").catch((error: unknown) => error);
console.log(JSON.stringify({ code: no instanceof HubProblem ? no.code : undefined }));
`;
/** A mistake that the types are there for. */
const mistaken = `
import { createClient } from "@sektorbro/client";
await createClient({ url: "", token: () => Promise.resolve("") }).command("advice.answer", { caseId: 7, text: "Ja." });
`;

let folder: TempDir;
let hub: UpProcess;
beforeAll(async () => {
  folder = await tempDir();
  const home = join(folder.path, "partner");
  const client = join(home, "node_modules", "@sektorbro", "client");
  await mkdir(client, { recursive: true });
  await tsc(".", ["-p", "gateways/client", "--outDir", join(client, "dist")]);
  await cp("gateways/client/package.json", join(client, "package.json"));
  for (const name of ["zod", "@types"])
    await symlink(resolve("node_modules", name), join(home, "node_modules", name));
  await writeFile(join(home, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(home, "partner.ts"), program);
  await writeFile(join(home, "mistaken.ts"), mistaken);
  // A strict project compiles with the types that come with it.
  await compile("partner.ts");
  hub = await startUp(join(folder.path, "data"));
}, 180_000);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const asStrict = ["--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
const compile = (file: string) => tsc(join(folder.path, "partner"), [...asStrict, "--outDir", "out", file]);
const tokenOf = async (gln: string): Promise<string> =>
  (await cliProcess(["token", gln, "--data", hub.dataDir])).out.trim();

describe("the client as a package", () => {
  it("has types that find a mistake", async () => {
    await expect(compile("mistaken.ts")).rejects.toMatchObject({
      stdout: expect.stringContaining("mistaken.ts(3,") as string,
    });
  }, 120_000);

  it("sends, fetches and acknowledges, and tells a no by its code", async () => {
    const question = await readFile("contracts/examples/demo/question.xml", "utf8");
    const [practice, department] = [await tokenOf("5790000100019"), await tokenOf("5790000200016")];
    const { stdout } = await run(process.execPath, [
      join(folder.path, "partner", "out", "partner.js"),
      hub.url,
      practice,
      department,
      question,
    ]);
    const [told, refused] = stdout.trim().split("\n");
    expect(JSON.parse(told ?? "")).toMatchObject({
      accepted: true,
      due: expect.stringMatching(/^\d{4}-/) as string,
      mediaType: expect.stringMatching(/xml/) as string,
      subject: expect.any(String) as string,
    });
    expect(JSON.parse(refused ?? "")).toEqual({ code: "not-authenticated" });
  }, 120_000);
});
