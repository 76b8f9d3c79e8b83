import { expect, test } from "vitest";
import { filesTaken } from "../../../../../gateways/console/web/src/forms/files-taken.ts";

const file = (name: string, size = 10): File => {
  const one = new File(["x".repeat(Math.min(size, 10))], name);
  Object.defineProperty(one, "size", { value: size });
  return one;
};
const ids = () => {
  let n = 0;
  return () => String(n++);
};

test.each([
  ["pictures and documents are taken", [file("foto.JPG"), file("brev.pdf")], 0, 2, undefined],
  ["what MedCom has no name for is told", [file("foto.jpg"), file("virus.exe")], 0, 1, "fileKind"],
  ["what is empty is no file", [file("tom.pdf", 0)], 0, 0, "fileKind"],
  [
    "what is too large is told, and the rest is taken",
    [file("film.avi", 104_857_601), file("a.pdf")],
    0,
    1,
    "fileSize",
  ],
  ["no more than ten go with a form", [file("a.pdf"), file("b.pdf")], 9, 1, "fileLimit"],
] as const)("%s", (_what, files, has, count, problem) => {
  const found = filesTaken(files, { has, newId: ids() });
  expect([found.taken.length, found.problem]).toEqual([count, problem]);
});

test("each has an id of its own", () => {
  const { taken } = filesTaken([file("a.pdf"), file("b.pdf")], { has: 0, newId: ids() });
  expect(taken.map(({ objectId }) => objectId)).toEqual(["0", "1"]);
});
