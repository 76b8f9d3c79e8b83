import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { searchLeftBehind } from "../../../support/left-behind.ts";
import { markers } from "../../../support/markers.ts";
import { tempDir } from "../../../support/temp-dir.ts";

test("a planted text in a file's name or in a dump is found, in a store it may be, and what is older is not ours", async () => {
  await using dir = await tempDir();
  const [temporary, here] = [join(dir.path, "tmp"), join(dir.path, "here")];
  const store = join(temporary, "sb-store");
  await mkdir(store, { recursive: true });
  await mkdir(here);
  await writeFile(join(store, "1.blk"), markers.text);
  await writeFile(join(temporary, "of-somebody-else"), markers.text);
  const sinceMs = Date.now() - 60_000;
  expect(searchLeftBehind({ temporary, here, sinceMs })).toEqual({ names: 2, dumps: 0, leaks: [] });
  await writeFile(join(store, `${markers.surname}.xml`), "");
  await writeFile(join(here, "report.20261123.1.json"), `{"heap":"${markers.cpr}"}`);
  const found = searchLeftBehind({ temporary, here, sinceMs });
  expect([found.names, found.dumps, found.leaks.length]).toEqual([3, 1, 2]);
  expect(searchLeftBehind({ temporary, here, sinceMs: Date.now() + 60_000 }).leaks).toEqual([]);
});
