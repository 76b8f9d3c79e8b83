import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fetchRelease, isPinned, release } from "../../../../infra/setup/fetch-release.mjs";

const withServer = async (
  status: number,
  body: string,
  use: (base: string, asked: string[]) => Promise<void>,
): Promise<void> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
};

const inFolder = async (use: (root: string) => Promise<void>): Promise<void> => {
  const root = await mkdtemp(join(tmpdir(), "sb-release-"));
  await use(root).finally(() => rm(root, { recursive: true, force: true }));
};

test("the archive is asked for by version and machine, and bytes that are not pinned are not used", async () => {
  await inFolder(async (root) => {
    await withServer(200, "not the archive", async (base, asked) => {
      expect(await fetchRelease(root, { base, machine: "linux-x64" })).toBeUndefined();
      expect(asked).toEqual([`/v${release.version}/nats-server-v${release.version}-linux-amd64.tar.gz`]);
    });
    expect(existsSync(join(root, ".bin"))).toBe(false);
  });
});

test("an archive that is not there, and a machine that has none, are no error", async () => {
  await inFolder(async (root) => {
    await withServer(404, "", async (base) => {
      expect(await fetchRelease(root, { base, machine: "linux-arm64" })).toBeUndefined();
    });
    expect(await fetchRelease(root, { base: "http://127.0.0.1:1", machine: "linux-x64" })).toBeUndefined();
    expect(await fetchRelease(root, { machine: "sunos-x64" })).toBeUndefined();
  });
});

test("pinned bytes are told by their sha256", () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect(isPinned(new Uint8Array(), empty)).toBe(true);
  expect(isPinned(new Uint8Array([1]), empty)).toBe(false);
});
