import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { actWords, wordsOfAct } from "../../../../contracts/codes/act-words.ts";

/** Every act that a family's core writes down as awaited. */
const acts = readdirSync("services", { recursive: true, encoding: "utf8" })
  .filter((file) => /\/core\/.*\.ts$/.test(file))
  .flatMap((file) => [...readFileSync(`services/${file}`, "utf8").matchAll(/\bact: "([a-z-]+)"/g)])
  .map(([, act = ""]) => act);

test("every act that a family awaits has words for people in both languages", () => {
  expect(acts.length).toBeGreaterThan(20);
  expect([...new Set(acts)].filter((act) => !Object.hasOwn(actWords, act))).toEqual([]);
});

test("an act that has no words stands for itself", () => {
  expect(wordsOfAct("dance")).toEqual({ da: "dance", en: "dance" });
});
