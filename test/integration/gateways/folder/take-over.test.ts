import { mkdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { silentLimitMs } from "../../../../gateways/folder/core/after-crash.ts";
import { claimsIn, foldersOf } from "../../../../gateways/folder/organisation-folders.ts";
import { newOwner, othersSeenBy, takeOver } from "../../../../gateways/folder/take-over.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const gln = "5790000100019";

/** A gateway of another machine that has one file in hand. */
const other = "elsewhere.1.aaaa.0";

test("a gateway of another machine whose clock is hours behind ours keeps what it has in hand while it gives signs of life, and loses it a minute after the last", async () => {
  await using dir = await tempDir();
  const { me, leave } = newOwner("bbbb");
  const ours = foldersOf(dir.path, gln, "here.2.bbbb.0");
  const theirs = join(ours.work, other);
  await mkdir(join(claimsIn(theirs), "claim"), { recursive: true });
  await mkdir(claimsIn(ours.own), { recursive: true });
  const others = othersSeenBy(me);
  const sign = (seconds: number): Promise<void> => utimes(theirs, seconds, seconds);
  for (let i = 0; i < 5; i++) {
    // By our own clock each of these is years ago.
    await sign(1_000_000 + i);
    expect(await takeOver(ours, others, i * silentLimitMs)).toMatchObject({ claims: 0 });
  }
  const last = 4 * silentLimitMs;
  expect(await takeOver(ours, others, last + silentLimitMs - 1)).toMatchObject({ claims: 0 });
  expect(await takeOver(ours, others, last + silentLimitMs)).toMatchObject({ claims: 1 });
  leave();
});
