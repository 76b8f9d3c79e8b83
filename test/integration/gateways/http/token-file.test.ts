import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { demoPeople } from "../../../../gateways/console/main.ts";
import { developmentPeople, developmentToken, openTrust } from "../../../../gateways/http/main.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const audience = "sektorbro";
const who = { gln: "5790000100019", role: "organisation", ttlSeconds: 600 } as const;

test("the issuer's keys appear whole and once: of many that need them at the same time, each gets a token that holds", async () => {
  await using dir = await tempDir();
  const source = { dataDir: dir.path, audience, host: "127.0.0.1" };
  const tokens = await Promise.all(Array.from({ length: 20 }, () => developmentToken(source, who)));
  const { verifyToken: verify } = await openTrust(source);
  for (const token of tokens) expect(await verify(token)).toMatchObject({ gln: who.gln });
  expect(await readdir(dir.path)).toEqual(["development-issuer.json"]);
});

test("made-up people sign in where nobody but this machine reaches the hub, and nowhere else", () => {
  expect(developmentPeople("127.0.0.1", demoPeople()).length).toBeGreaterThan(5);
  expect(developmentPeople("0.0.0.0", demoPeople())).toEqual([]);
  expect(developmentPeople("hub.example.org", demoPeople())).toEqual([]);
});
