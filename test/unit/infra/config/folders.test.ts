import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ConfigError, configFrom } from "../../../../infra/config/config.ts";

test("there are no drop folders unless somebody names their root", () => {
  expect(configFrom({}).folders).toBeUndefined();
  expect(configFrom({ SEKTORBRO_FOLDERS: "", SEKTORBRO_FOLDERS_POLL_MS: "500" }).folders).toBeUndefined();
});

test("the root of the drop folders is an absolute path, and a flag wins over the environment", () => {
  expect(configFrom({ SEKTORBRO_FOLDERS: "partners" }).folders).toEqual({
    root: resolve("partners"),
    pollMs: 2_000,
    settleMs: 5_000,
  });
  expect(configFrom({ SEKTORBRO_FOLDERS: "/a" }, { folders: "/b" }).folders?.root).toBe("/b");
});

test("the times of the drop folders can be set, and not to nothing", () => {
  const times = { SEKTORBRO_FOLDERS_POLL_MS: "500", SEKTORBRO_FOLDERS_SETTLE_MS: "30000" };
  expect(configFrom({ SEKTORBRO_FOLDERS: "/a", ...times }).folders).toMatchObject({
    pollMs: 500,
    settleMs: 30_000,
  });
  for (const name of Object.keys(times)) expect(() => configFrom({ [name]: "0" })).toThrow(ConfigError);
});
