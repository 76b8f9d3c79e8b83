import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { DirectoryFile } from "../../../contracts/messages/directory.ts";
import { developmentToken } from "../../../gateways/http/main.ts";
import { eventually } from "../../support/eventually.ts";
import { startHubProcess } from "../../support/hub-process.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { crashSeries, kills } from "./series.ts";

test(`nats-server killed ${String(kills)} times under load: nothing accepted is lost or done twice`, async () => {
  const restarts = await crashSeries("nats", (hub) => hub.killServer("nats"));
  expect(Math.max(...restarts)).toBeLessThan(10_000);
}, 180_000);

test("after nats-server was killed the hub sees again what is put into the directory", async () => {
  await using dir = await tempDir();
  await using hub = await startHubProcess(dir.path);
  const who = { gln: "5790000400010", role: "operator", ttlSeconds: 600 } as const;
  const token = await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const file = DirectoryFile.parse(JSON.parse(await readFile("services/directory/region.json", "utf8")));
  for (let n = 0; n < 5; n++) {
    await hub.killServer("nats");
    await sleep(n * 60);
    const phone = `9000100${String(n)}`;
    const body = JSON.stringify({ ...file, organisations: file.organisations.map((o) => ({ ...o, phone })) });
    await eventually(
      async () => {
        const imported = await fetch(`${hub.url()}/v1/directory/import`, { method: "POST", headers, body });
        if (imported.status !== 200) throw new Error(`${String(imported.status)} ${await imported.text()}`);
        return true;
      },
      "the import",
      20_000,
    );
    const exported = await fetch(`${hub.url()}/v1/directory/export`, { headers });
    const kept = DirectoryFile.parse(await exported.json()).organisations;
    expect(new Set(kept.map((o) => o.phone))).toEqual(new Set([phone]));
  }
}, 60_000);
