import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compareEntries,
  type Entry,
  type IndexFile,
  openIndex,
  writeIndex,
} from "../../../../infra/archive/index-file.ts";
import { ownProcessorMs, shareOf } from "../../../support/processor-time.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

/** Ten million in the long form: SEKTORBRO_ARCHIVE_SCALE=10000000. */
const scale = Number(process.env["SEKTORBRO_ARCHIVE_SCALE"] ?? "1000000");
/** Of the processor, which nobody else's work adds to: a look takes a few hundred microseconds of it. */
const mostMs = 25;

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir();
});
afterAll(async () => {
  await dir[Symbol.asyncDispose]();
});

const keyOf = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, 16);
const entryOf = (n: number): Entry => ({
  key: keyOf(`case ${String(n)}`),
  segment: Math.floor(n / 5_000) + 1,
  offset: n * 7,
  length: 1_000,
});

/** Evenly spread keys in order, without holding them all: the first six bytes count up, as those of so many hashes do. */
function* spread(count: number): Generator<Entry> {
  const step = Math.floor(2 ** 48 / count);
  for (let n = 0; n < count; n++) {
    const key = Buffer.alloc(16, 7);
    key.writeUIntBE(Math.min(2 ** 48 - 1, n * step + ((n * 2_654_435_761) % step)), 0, 6);
    yield { key, segment: 1, offset: n, length: 1 };
  }
}

const indexOf = async (name: string, entries: Iterable<Entry>): Promise<IndexFile> => {
  await writeIndex(join(dir.path, name), entries);
  return openIndex(join(dir.path, name));
};

describe("the index of the archive", () => {
  it.each([0, 1, 2, 127, 128, 129, 1_000])("finds each of %i entries, and no other", async (count) => {
    const entries = Array.from({ length: count }, (_, n) => entryOf(n)).toSorted(compareEntries);
    const index = await indexOf(`small-${String(count)}`, entries);
    for (const entry of entries) expect(await index.find(entry.key)).toEqual([entry]);
    for (let n = 0; n < 50; n++) expect(await index.find(keyOf(`other ${String(n)}`))).toEqual([]);
    await index.close();
  });

  it("finds every entry of one key, also of one that fills many pages, and keys that lie close together", async () => {
    const [key, low] = [keyOf("a citizen"), Buffer.alloc(16)];
    const many = Array.from({ length: 700 }, (_, n) => ({ key, segment: 1, offset: n, length: 1 }));
    const close = Array.from({ length: 700 }, (_, n) => {
      const near = Buffer.from(low);
      near.writeUInt16BE(n, 10);
      return { key: near, segment: 2, offset: n, length: 1 };
    });
    const others = Array.from({ length: 500 }, (_, n) => entryOf(n));
    const entries = [...many, ...close, ...others].toSorted(compareEntries);
    const index = await indexOf("many", entries);
    expect(await index.find(key)).toEqual(many);
    for (const entry of close) expect(await index.find(entry.key)).toEqual([entry]);
    for (const entry of others) expect(await index.find(entry.key)).toEqual([entry]);
    await index.close();
  });

  it(`answers in the same time whether it holds ten thousand entries or ${String(scale)}`, async () => {
    const measured = async (count: number) => {
      const index = await indexOf(`scale-${String(count)}`, spread(count));
      const wanted: Buffer[] = [];
      let n = 0;
      for await (const { key } of index.all()) if (n++ % Math.ceil(count / 1_000) === 0) wanted.push(key);
      const heldBefore = process.memoryUsage().arrayBuffers;
      const times: number[] = [];
      for (const key of [...wanted, ...wanted.map((_, i) => keyOf(`absent ${String(i)}`))]) {
        const began = ownProcessorMs();
        await index.find(key);
        times.push(ownProcessorMs() - began);
      }
      const held = process.memoryUsage().arrayBuffers - heldBefore;
      await index.close();
      return { p99: shareOf(times, 0.99), p50: shareOf(times, 0.5), held };
    };
    const [small, large] = [await measured(10_000), await measured(scale)];
    expect(large.p99, JSON.stringify({ small, large })).toBeLessThan(mostMs);
    // What is read of it is a page at a time: it takes no memory that grows with it.
    expect(large.held).toBeLessThan(64 * 1024 * 1024);
    if (process.env["SEKTORBRO_ARCHIVE_SCALE"] !== undefined)
      process.stdout.write(`${JSON.stringify({ scale, small, large })}\n`);
  }, 600_000);

  it("that is shorter than it says is not taken for an index", async () => {
    const { truncate } = await import("node:fs/promises");
    const index = await indexOf("short", [entryOf(1), entryOf(2)].toSorted(compareEntries));
    await index.close();
    await truncate(join(dir.path, "short"), 50);
    await expect(openIndex(join(dir.path, "short"))).rejects.toThrow(/damaged/);
  });
});
