import { expect, test } from "vitest";
import { sparing } from "../../../../gateways/folder/say-sparingly.ts";

const minutes = 60_000;

const listen = () => {
  const said: string[] = [];
  let nowMs = 0;
  const log = { info: () => undefined, warn: (event: string) => void said.push(event) };
  const warn = sparing(log, () => nowMs);
  return {
    said,
    at: (ms: number, event: string, fields = {}) => {
      nowMs = ms;
      warn(event, fields);
    },
  };
};

test("what is true at every look is said at once, and then every ten minutes", () => {
  const { said, at } = listen();
  for (let ms = 0; ms <= 30 * minutes; ms += 2_000) at(ms, "folder-waits", { gln: "1", code: "ENOSPC" });
  expect(said).toHaveLength(4);
});

test("another organisation, code or file is another warning", () => {
  const { said, at } = listen();
  at(0, "folder-waits", { gln: "1", code: "ENOSPC" });
  at(1, "folder-waits", { gln: "2", code: "ENOSPC" });
  at(2, "folder-waits", { gln: "1", code: "EACCES" });
  at(3, "folder-not-a-file", { gln: "1", code: "link", hash: "a" });
  at(4, "folder-not-a-file", { gln: "1", code: "link", hash: "b" });
  expect(said).toHaveLength(5);
});

test("a document that fails again is told once in ten minutes, another one at once", () => {
  const { said, at } = listen();
  at(0, "folder-document-waits", { gln: "1", code: "EISDIR", key: "claim", attempt: 1 });
  at(2_000, "folder-document-waits", { gln: "1", code: "EISDIR", key: "claim", attempt: 2 });
  expect(said).toHaveLength(1);
  at(3_000, "folder-document-waits", { gln: "1", code: "EISDIR", key: "another", attempt: 1 });
  expect(said).toHaveLength(2);
  at(11 * minutes, "folder-document-waits", { gln: "1", code: "EISDIR", key: "claim", attempt: 12 });
  expect(said).toHaveLength(3);
});
