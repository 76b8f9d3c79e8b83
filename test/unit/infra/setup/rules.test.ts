import { describe, expect, test } from "vitest";
import { serverFloors } from "../../../../infra/embedded/binaries.ts";
import {
  archivesIn,
  installedAsLocked,
  isAtLeast,
  newerSources,
  packagesToUnpack,
  servers,
} from "../../../../infra/setup/rules.mjs";

test("the set-up and the hub ask for the same servers", () => {
  expect(Object.fromEntries(servers.map((server) => [server.name, server.floor]))).toEqual(serverFloors);
});

test.each([
  ["2.10.23", "2.10.23", true],
  ["2.10.9", "2.10.23", false],
  ["2.9.30", "2.10.23", false],
  ["3.0.0", "2.10.23", true],
])("%s is at least %s: %s", (version, floor, answer) => {
  expect(isAtLeast(version, floor)).toBe(answer);
});

describe("the installed packages are the locked ones", () => {
  const lock = JSON.stringify({
    packages: {
      "": { version: "0.1.0" },
      "node_modules/a": { version: "1.0.0" },
      "node_modules/b-darwin": { version: "1.0.0", optional: true },
    },
  });
  const having = (packages: Record<string, unknown>): string => JSON.stringify({ packages });

  test("when each is there in its version, but for those of other machines", () => {
    expect(installedAsLocked(lock, having({ "node_modules/a": { version: "1.0.0" } }))).toBe(true);
  });

  test("not when one has another version, is missing, or nothing is installed", () => {
    expect(installedAsLocked(lock, having({ "node_modules/a": { version: "1.0.1" } }))).toBe(false);
    expect(installedAsLocked(lock, having({}))).toBe(false);
    expect(installedAsLocked(lock, "")).toBe(false);
  });
});

describe("a newer suite is looked for on the mirror this machine already uses", () => {
  test("on Debian in trixie, then in testing", () => {
    const archives = archivesIn(
      "http://packages.example/apt/ tools Other people\nhttp://mirror.example/debian-security/ bookworm-security Debian\nhttp://mirror.example/debian/ bookworm Debian\n",
    );
    const signed = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";
    expect(newerSources(archives)).toEqual([
      `${signed} http://mirror.example/debian/ trixie main`,
      `${signed} http://mirror.example/debian/ testing main`,
    ]);
  });

  test("nowhere when the machine uses neither Debian's nor Ubuntu's packages", () => {
    expect(newerSources(archivesIn("http://packages.example/apt/ tools Other people"))).toEqual([]);
  });
});

test("what is unpacked beside redis-server is the libraries that the machine lacks, never the C library", () => {
  const plan =
    "Inst libc6 (2.36)\nInst liblzf1 (3.6-3)\nInst lsb-base (11.6)\nInst redis-server (7)\nConf liblzf1\n";
  expect(packagesToUnpack(plan)).toEqual(["redis-server", "redis-tools", "liblzf1"]);
});
