import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareVersions, findServer, versionIn } from "../../../../infra/embedded/binaries.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const fakeServer = async (dir: string, says: string): Promise<string> => {
  const path = join(dir, "nats-server");
  await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
  await chmod(path, 0o755);
  return path;
};

test.each([
  ["2.10.23", "2.10.23", 0],
  ["2.9.30", "2.10.0", -1],
  ["2.11.0", "2.10.27", 1],
  ["7.0.15", "6.0.0", 1],
])("%s compared with %s has the sign %i", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test.each([
  ["nats-server: v2.10.27\n", "2.10.27"],
  ["Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", "7.0.15"],
  ["nothing of the kind", undefined],
])("the version is read out of what a server says: %j", (said, version) => {
  expect(versionIn(said)).toBe(version);
});

describe("the server that is named", () => {
  test("is used when it is new enough", async () => {
    await using dir = await tempDir();
    const path = await fakeServer(dir.path, "nats-server: v2.11.1");
    expect(await findServer("nats-server", undefined, { SEKTORBRO_NATS_SERVER: path })).toEqual({
      path,
      version: "2.11.1",
    });
  });

  test("is refused when it is too old, even if another would do", async () => {
    await using dir = await tempDir();
    const path = await fakeServer(dir.path, "nats-server: v2.9.10");
    await expect(findServer("nats-server", path)).rejects.toMatchObject({ code: "server-too-old" });
  });

  test("is refused when it does not exist", async () => {
    await expect(findServer("redis-server", "/nowhere/redis-server")).rejects.toMatchObject({
      code: "server-missing",
    });
  });
});
