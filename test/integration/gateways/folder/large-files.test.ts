import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { newId } from "../../../../infra/ids.ts";
import { type CompiledHub, startCompiledHub } from "../../../support/compiled-hub.ts";
import { eventually } from "../../../support/eventually.ts";
import { type Partner, partnerAt } from "../../../support/folder-hub.ts";
import { practice, xbin01 } from "../../../support/golden-samples.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

const timeout = 300_000;
const files = 6;
const attachmentBytes = 22_000_000;
/** Of which the hub at rest is 155 MB; all of the files in memory once would be 180 MB more. */
const mostMemoryBytes = 500_000_000;

let dir: TempDir;
let hub: CompiledHub;
let partner: Partner;
beforeAll(async () => {
  dir = await tempDir();
  const root = join(dir.path, "folders");
  await mkdir(join(root, practice.gln), { recursive: true });
  hub = await startCompiledHub(dir.path, {
    SEKTORBRO_FOLDERS: root,
    SEKTORBRO_FOLDERS_POLL_MS: "100",
    SEKTORBRO_FOLDERS_SETTLE_MS: "200",
  });
  partner = partnerAt(root, practice.gln);
  await eventually(
    async () => ((await readdir(partner.dir)).includes("refused") ? true : undefined),
    "the folders",
  );
}, timeout);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
}, timeout);

/** Puts everything in at once, and waits until each has its receipt. */
const exchanged = async (documents: ReadonlyMap<string, Uint8Array>): Promise<Map<string, Buffer>> => {
  await hub.watch();
  for (const [name, bytes] of documents) await partner.put(`${name}.xml`, bytes);
  const names = await eventually(
    async () => {
      const found = await partner.names("receipts");
      return found.length === documents.size ? found : undefined;
    },
    "every receipt",
    timeout / 3,
  );
  const { peakRssBytes } = await hub.watched();
  expect(peakRssBytes).toBeLessThanOrEqual(mostMemoryBytes);
  expect(await partner.names("refused")).toEqual([]);
  const receipts = new Map<string, Buffer>();
  for (const name of names) {
    receipts.set(name, await partner.read("receipts", name));
    await rm(join(partner.dir, "receipts", name));
  }
  return receipts;
};

test(
  "many large files at once are each receipted, and again when they come again, and memory stays under 500 MB",
  async () => {
    const documents = new Map<string, Uint8Array>(
      Array.from({ length: files }, (_, n) => {
        const attached = [{ id: newId(), bytes: randomBytes(attachmentBytes) }];
        return [`STOR${String(n)}`, xbin01({ attached })] as const;
      }),
    );
    const first = await exchanged(documents);
    for (const [name, bytes] of first) {
      const document = parseDocument(bytes);
      if (document.kind !== "emessage") throw new Error(document.kind);
      expect(document.letters).toMatchObject([{ kind: "receipt", outcome: "positive" }]);
      const own = documents.get(name.slice(0, 5)) ?? Buffer.of();
      // Named by its content, as a small one is.
      expect(name).toContain(createHash("sha256").update(own).digest("hex").slice(0, 12));
    }
    expect(await exchanged(documents)).toEqual(first);
  },
  timeout,
);
