import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import { NatsWay } from "../../../contracts/push.ts";
import { developmentToken } from "../../../gateways/http/main.ts";
import { sha256 } from "../../../infra/ids.ts";
import { clinicNamed, someObjects } from "../../support/apart.ts";
import { cli, startUp, type UpProcess } from "../../support/cli.ts";
import { eventually } from "../../support/eventually.ts";
import { clinic, fhirDirectory } from "../../support/fhir-hub.ts";
import { freshCpr, freshId, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import { type Answer, caseOf, clientAt, type HubClient } from "../../support/hub-client.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

vi.setConfig({ testTimeout: 180_000 });

type At = Pick<UpProcess, "url" | "dataDir">;
const clientOf = async (
  { url, dataDir }: At,
  gln: string,
  role: "organisation" | "operator" = "organisation",
): Promise<HubClient> =>
  clientAt(url, await developmentToken({ dataDir, audience: "sektorbro" }, { gln, role, ttlSeconds: 3_600 }));
const operatorOf = (hub: At) => clientOf(hub, "5790000999998", "operator");

const [like] = fhirDirectory.organisations.filter(({ gln }) => gln === clinic.gln);
if (like === undefined) throw new Error("The directory of the test has no clinic.");
/** A receiver that documents are brought to, and that is paused. */
const brought: Organisation = {
  ...like,
  gln: "5790002001598",
  name: "Klinikken ved åen",
  identifiers: {},
  channels: like.channels.map((channel) => ({
    ...channel,
    transport: "nats" as const,
    nats: NatsWay.parse({}),
  })),
};

let dir: TempDir;
let hub: UpProcess;
let cases: string[];
const inDir = (name: string) => join(dir.path, name);
const key = () => inDir("key");

/** Letters with attachments that are too large to stand in a message of the journal, and what came of them. */
const fill = async (): Promise<string[]> => {
  const operator = await operatorOf(hub);
  const organisations = [...fhirDirectory.organisations, brought];
  const imported = await operator.post("/v1/directory/import", { ...fhirDirectory, organisations });
  expect(imported.status, imported.text).toBe(200);
  expect((await operator.post(`/v1/receivers/${brought.gln}/pause`, { reason: "drill" })).status).toBe(200);
  const sender = await clientOf(hub, practice.gln);
  const wishes = Array.from({ length: 3 }, () => ({
    to: clinicNamed,
    cpr: freshCpr(),
    attached: someObjects("pdf"),
    letterId: freshId("BREV"),
    envelopeId: freshId("KUV"),
    episode: null,
  }));
  const sent: Answer[] = [];
  for (const wish of wishes) sent.push(await sender.send(xdis91(wish)));
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
  const [wish] = wishes;
  if (wish === undefined) throw new Error("no letter");
  const bin = await sender.send(xbin01({ ...wish, letterId: freshId("BIN"), envelopeId: freshId("KUV") }));
  expect(bin.status, bin.text).toBe(201);
  await sender.upload(Buffer.alloc(3_000_000, 7));
  return sent.map(caseOf);
};

beforeAll(async () => {
  dir = await tempDir();
  await writeFile(key(), "a-key-that-is-long-enough-for-a-test\n");
  hub = await startUp(inDir("first"));
  cases = await fill();
}, 180_000);
afterAll(async () => {
  await hub.end("SIGTERM");
  await dir[Symbol.asyncDispose]();
}, 60_000);

/** Everything that somebody can be told of a hub, as text; documents of the inbox as bytes. */
const allOf = async (at: At): Promise<string[]> => {
  const [operator, sender, receiver] = [
    await operatorOf(at),
    await clientOf(at, practice.gln),
    await clientOf(at, clinic.gln),
  ];
  const texts: string[] = [];
  const keep = async (client: HubClient, path: string): Promise<string> => {
    const { status, text } = await client.get(path);
    texts.push(`${path} ${String(status)} ${text}`);
    return text;
  };
  for (const id of cases) await keep(sender, `/v1/cases/${id}`);
  await keep(operator, "/v1/directory");
  await keep(operator, "/v1/receivers");
  await keep(operator, "/v1/owed?scope=all");
  for (const client of [sender, receiver]) await keep(client, "/v1/owed");
  const inbox = JSON.parse(await keep(receiver, "/v1/inbox?show=all")) as { items: InboxItem[] };
  for (const { deliveryId } of inbox.items) {
    // A fetch is a record: it comes last, and in both hubs.
    const { status, bytes } = await receiver.get(`/v1/inbox/${deliveryId}`);
    expect(status).toBe(200);
    texts.push(`${deliveryId} ${sha256(bytes)}`);
  }
  return texts;
};

const fingerprint = async (at: At): Promise<string> => {
  const { code, out, err } = await cli(["rebuild", "--json", "--data", at.dataDir]);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as { sha256: string }).sha256;
};

let tries = 0;
// What the hub does by itself in the moment after the backup is in one of the two alone: then it is tried once more.
test("a backup that is taken while the hub runs is restored to another place, and the two hubs answer alike", {
  retry: 2,
}, async () => {
  tries += 1;
  const [file, place] = [inDir(`b${String(tries)}`), inDir(`second${String(tries)}`)];
  // What the hub still does by itself after the last letter is in the backup or is not: it is waited for.
  let last = "";
  await eventually(async () => {
    const before = last;
    await sleep(1_500);
    last = await fingerprint(hub);
    return before === last ? true : undefined;
  }, "a hub at rest");
  const taken = await cli(["backup", "--to", file, "--key-file", key(), "--data", hub.dataDir]);
  expect(taken).toMatchObject({ code: 0 });
  expect((await readFile(file)).includes(clinicNamed.name)).toBe(false);
  const restored = await cli(["restore", "--from", file, "--key-file", key(), "--data", place]);
  expect(restored.err).not.toContain("damaged");
  expect(restored.code, restored.err).toBe(0);
  await using second = await startUp(place);
  expect(await fingerprint(second)).toBe(await fingerprint(hub));
  const all = await allOf(second);
  expect(all).toEqual(await allOf(hub));
  expect(all.join()).toContain("drill");
});

test("a backup is not restored over anything, and a backup is never written over", async () => {
  const file = inDir("b2");
  expect(await cli(["backup", "--to", file, "--data", hub.dataDir])).toMatchObject({ code: 0 });
  const again = await cli(["backup", "--to", file, "--data", hub.dataDir]);
  expect(again.code).toBe(1);
  expect(again.err).toContain("never written over");
  const running = await cli(["restore", "--from", file, "--data", hub.dataDir]);
  expect(running.code).toBe(1);
  expect(running.err).toContain("Another hub");
  const once = await cli(["restore", "--from", file, "--data", inDir("third")]);
  expect(once.code, once.err).toBe(0);
  const twice = await cli(["restore", "--from", file, "--data", inDir("third")]);
  expect(twice.code).toBe(1);
  expect(twice.err).toContain("The store is not empty: it holds");
});

test("whoever is killed while writing a backup leaves no file under its name, and the next backup is whole", async () => {
  const file = inDir("b3");
  for (const afterMs of [0, 20, 60]) {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "gateways/cli/main.ts", "backup", "--to", file],
      {
        env: { ...process.env, SEKTORBRO_DATA: hub.dataDir },
        stdio: "ignore",
      },
    );
    const exited = new Promise((resolve) => child.once("exit", resolve));
    await eventually(
      async () =>
        (await readdir(dir.path)).includes("b3.partial") || child.exitCode !== null ? true : undefined,
      "a backup that is being written",
      120_000,
    );
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill("SIGKILL");
    await exited;
    if ((await readdir(dir.path)).includes("b3")) break;
  }
  if (!(await readdir(dir.path)).includes("b3"))
    expect(await cli(["backup", "--to", file, "--data", hub.dataDir])).toMatchObject({ code: 0 });
  const verified = await cli(["backup", "verify", file]);
  expect(verified.code, verified.err).toBe(0);
  expect(verified.out).toContain("Every byte is what was written.");
});
