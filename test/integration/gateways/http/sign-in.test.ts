import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SessionAnswer } from "../../../../contracts/messages/session.ts";
import { readIdentityProvider } from "../../../../gateways/http/main.ts";
import { type Claims, startIdentityProvider } from "../../../support/identity-provider.ts";
import { type RestHub, startRestHub } from "../../../support/rest-hub.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

const redirectUri = "http://console.example/v1/session/return";
const loa = "https://data.gov.dk/concept/core/nsis/loa";
const nurse: Claims = {
  ...{ gln: "5790000100019", name: "Nanna Prøve", roles: ["SKS-sygeplejerske", "other"] },
  [loa]: "Substantial",
};

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir();
});
afterAll(() => dir[Symbol.asyncDispose]());

type Wish = { issuer: string; clientSecret: string; least?: string };
const providerFile = ({ issuer, clientSecret, least = "Substantial" }: Wish): string => {
  const [file, secret] = [join(dir.path, "provider.json"), join(dir.path, "secret")];
  writeFileSync(secret, `${clientSecret}\n`);
  const roles = { "SKS-sygeplejerske": "nurse" };
  const known = { issuer, clientId: "sektorbro", clientSecretFile: secret, redirectUri };
  writeFileSync(file, JSON.stringify({ ...known, roles, leastAssurance: least }));
  return file;
};

/** A browser of a person: it follows where it is led, and keeps each host's cookies apart. */
const browse = (hub: RestHub) => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const get = async (address: string): Promise<Response> => {
    const wanted = new URL(address.replace("http://console.example", hub.url));
    const cookie = [...jarOf(wanted.host)].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(wanted, {
      redirect: "manual",
      headers: { cookie, "sec-fetch-site": "none" },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jarOf(wanted.host).set(name, value);
    }
    return response;
  };
  const follow = async (address: string): Promise<string[]> => {
    const way = [address];
    for (let i = 0; i < 10; i++) {
      const at = way.at(-1) ?? "";
      const next = (await get(at)).headers.get("location");
      if (next === null) return way;
      way.push(new URL(next, at).href);
      if (next.startsWith("/console/")) return way;
    }
    throw new Error("led round and round");
  };
  return { get, follow, jarOf };
};

const signInWith = async (claims: Claims, least?: string) => {
  await using provider = await startIdentityProvider(redirectUri, claims);
  const file = providerFile({ ...provider, ...(least === undefined ? {} : { least }) });
  const hub = await startRestHub({ identityProvider: await readIdentityProvider(file) });
  const browser = browse(hub);
  const way = await browser.follow(`${hub.url}/v1/session/sign-in`);
  const session = await browser.get(`${hub.url}/v1/session`);
  const answer = session.status === 200 ? SessionAnswer.parse(await session.json()) : undefined;
  const end = new URL(way.at(-1) ?? "");
  await hub[Symbol.asyncDispose]();
  return { answer, ended: end.pathname + end.search, way, issuer: provider.issuer };
};

describe("signing in at an identity provider", () => {
  test("leads there, back, and in: organisation, name, role and level of assurance are the provider's word", async () => {
    const { answer, ended, way, issuer } = await signInWith(nurse);
    expect(way.some((address) => address.startsWith(`${issuer}/auth?`))).toBe(true);
    expect(way.join()).toContain("code_challenge_method=S256");
    expect(ended).toBe("/console/");
    expect(answer).toMatchObject({
      ...{ gln: "5790000100019", role: "organisation", organisation: "Lægehuset Åparken" },
      person: { name: "Nanna Prøve", roles: ["nurse"] },
    });
    expect(answer?.person?.id).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    ["is not sure enough", { ...nurse, [loa]: "Low" }, "assurance"],
    ["is said to be sure by no level at all", { ...nurse, [loa]: undefined }, "assurance"],
    [
      "is of an organisation that the directory does not know",
      { ...nurse, gln: "5790001382445" },
      "organisation",
    ],
    ["has no role that means something here", { ...nurse, roles: "other" }, "role"],
    ["says another's role in words of ours", { ...nurse, roles: ["operator"] }, "role"],
    ["has no name", { ...nurse, name: "" }, "name"],
  ])("somebody who %s is not let in, and is told why in a word", async (_what, claims, why) => {
    const { answer, ended } = await signInWith(claims);
    expect([ended, answer]).toEqual([`/console/?refused=${why}`, undefined]);
  });

  test("coming back with what another browser left with, or with nothing, is not coming in", async () => {
    await using provider = await startIdentityProvider(redirectUri, nurse);
    await using hub = await startRestHub({
      identityProvider: await readIdentityProvider(providerFile(provider)),
    });
    const [mine, others] = [browse(hub), browse(hub)];
    const way = await mine.follow(`${hub.url}/v1/session/sign-in`);
    const back = way.find((address) => address.startsWith(redirectUri)) ?? "";
    expect(back).toContain("code=");
    for (const browser of [others, mine]) {
      const again = await browser.get(back);
      expect(again.headers.get("location")).toBe("/console/?refused=failed");
    }
    const forged = await others.get(`${redirectUri}?code=abc&state=def`);
    expect(forged.headers.get("location")).toBe("/console/?refused=failed");
    expect((await others.get(`${hub.url}/v1/session`)).status).toBe(401);
  });

  test("a provider that is away is said to be", async () => {
    const provider = await startIdentityProvider(redirectUri, nurse);
    const file = providerFile(provider);
    await provider[Symbol.asyncDispose]();
    await using hub = await startRestHub({ identityProvider: await readIdentityProvider(file) });
    const way = await browse(hub).follow(`${hub.url}/v1/session/sign-in`);
    expect(way.at(-1)).toBe(`${hub.url}/console/?refused=unreachable`);
  });
});
