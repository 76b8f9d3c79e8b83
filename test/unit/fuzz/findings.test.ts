import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createLoop } from "../../fuzz/loop.ts";
import { minimised } from "../../fuzz/minimise.ts";
import { hangMs, mustBe, type Target } from "../../fuzz/target.ts";
import { targets } from "../../fuzz/targets/targets.ts";
import { howOften } from "../../support/how-often.ts";
import { randomOf } from "../../support/oioxml-mutations.ts";

/** How many turns of 24 inputs each edge gets here; `npm run fuzz` gives it hours. */
const turns = howOften("SEKTORBRO_FUZZ_TURNS", { short: 2, long: 200 });
const folder = "test/golden/findings";
const findings = existsSync(folder)
  ? readdirSync(folder).flatMap((name) =>
      readdirSync(`${folder}/${name}`).map((file) => [name, `${folder}/${name}/${file}`] as const),
    )
  : [];
const targetOf = (name: string): Target => {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  return target;
};

/** Coverage would tell of other tests in this process: what is kept here is what the input itself is. */
const noCoverage = { take: () => new Set<string>(), stop: () => undefined };

describe("what was found once", () => {
  test("stays mended, and hangs nothing", () => {
    for (const [name, file] of findings) {
      const start = performance.now();
      expect(() => {
        targetOf(name).run(readFileSync(file));
      }, file).not.toThrow();
      expect(performance.now() - start, file).toBeLessThan(hangMs);
    }
  });
});

describe("inputs that chance changes", () => {
  test.each(targets.map(({ name }) => name))("break no promise of %s", (name) => {
    const random = randomOf(20_261_123);
    const loop = createLoop(targetOf(name), { coverage: noCoverage, random, beginning: () => undefined });
    const found = Array.from({ length: turns }, loop.turn).flat();
    expect(found.map(({ kind, message }) => `${kind} ${message}`)).toEqual([]);
    expect(loop.tried()).toBeGreaterThanOrEqual(turns * 24);
  });
});

/** A target with a fault in it that only an input of three steps comes to. */
const planted: Target = {
  name: "planted",
  seeds: () => [Buffer.from("....")],
  mutate: (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[Math.floor(random() * changed.length)] = 97 + Math.floor(random() * 26);
    return changed;
  },
  run: (bytes) => {
    mustBe(!Buffer.from(bytes).toString("latin1").startsWith("abc"), "the planted fault");
  },
};
/** As the inspector would tell of it: one place more for each letter that is right. */
const reached = (): { run: (bytes: Uint8Array) => void; take: () => Set<string> } => {
  let places = new Set<string>();
  return {
    run: (bytes) => {
      for (const [at, letter] of Array.from("abc").entries()) {
        if (bytes[at] !== letter.charCodeAt(0)) break;
        places.add(`letter ${String(at)}`);
      }
      planted.run(bytes);
    },
    take: () => {
      const before = places;
      places = new Set();
      return before;
    },
  };
};

describe("the fuzzer itself", () => {
  test("finds a fault behind three steps, because it keeps what comes further", () => {
    const { run, take } = reached();
    const coverage = { take, stop: () => undefined };
    const loop = createLoop(
      { ...planted, run },
      { coverage, random: randomOf(7), beginning: () => undefined },
    );
    const found = Array.from({ length: 400 }, loop.turn).flat();
    expect(found.at(0)).toMatchObject({ kind: "wrong", message: "Wrong: the planted fault" });
    expect(loop.corpus()).toBeGreaterThanOrEqual(3);
  });

  test("leaves out of an input what is not needed for it to fail", () => {
    const fails = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString("latin1").includes("xy");
    expect(Buffer.from(minimised(Buffer.from("so long a text with xy in it"), fails)).toString()).toBe("xy");
  });
});
