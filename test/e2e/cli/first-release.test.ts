import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CliProcess, cliProcess, startCli } from "../../support/cli.ts";
import { type Answers, askAll } from "../../support/first-release.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const golden = "test/golden/first-release";
/** When the first release was asked: at another time other promises would be late. */
const askedAt = "2026-11-23T17:19:43.000Z";

const first = JSON.parse(gunzipSync(await readFile(join(golden, "answers.json.gz"))).toString()) as Answers;

let folder: TempDir;
let hub: CliProcess;
let now: Answers;
beforeAll(async () => {
  folder = await tempDir();
  const dataDir = join(folder.path, "data");
  const from = ["--from", join(golden, "journal.backup"), "--key-file", join(golden, "key.txt")];
  const restored = await cliProcess(["restore", ...from, "--data", dataDir]);
  if (restored.code !== 0) throw new Error(restored.err);
  hub = startCli(["up", "--data", dataDir, "--port", "0"], {
    SEKTORBRO_TIME_FROM: askedAt,
    SEKTORBRO_TIME_SPEED: "1",
  });
  const [, url = ""] = await hub.prints(/^listening (\S+)$/m);
  now = await askAll({ url, dataDir });
}, 120_000);
afterAll(async () => {
  await hub.end("SIGKILL");
  await folder[Symbol.asyncDispose]();
});

describe("a store that the first release wrote", () => {
  it("holds what that release said of it: more than a hundred answers, on every family", () => {
    const families = Object.values(first).map(
      (answer) => (answer as { body: { family?: string } }).body.family,
    );
    expect(Object.keys(first).length).toBeGreaterThan(100);
    expect(new Set(families)).toEqual(
      new Set([undefined, "advice", "referral", "discharge", "observation", "booking"]),
    );
  });

  it("is asked the same by this release", () => {
    expect(Object.keys(now).toSorted()).toEqual(Object.keys(first).toSorted());
  });

  it.each(Object.keys(first))("answers %s with nothing less", (asked) => {
    expect(now[asked]).toMatchObject(first[asked] as object);
  });
});
