import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { printAgain } from "../../../../support/oioxml-answers.ts";

const folder = "test/golden/oioxml";
const update = process.env["UPDATE_GOLDEN"] === "1";

describe("golden files", () => {
  test.each(readdirSync(folder))("%s: exact bytes in, exact bytes out", (name) => {
    const out = `${folder}/${name}/out.xml`;
    const printed = printAgain(readFileSync(`${folder}/${name}/in.xml`));
    if (update) writeFileSync(out, printed);
    expect(existsSync(out)).toBe(true);
    expect(Buffer.from(printed).toString("latin1")).toBe(readFileSync(out, "latin1"));
  });
});
