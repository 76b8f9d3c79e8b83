import { expect, test } from "vitest";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import { developmentToken } from "../../../gateways/http/main.ts";
import { type Came, cameAs, clinicNamed, someObjects } from "../../support/apart.ts";
import { eventually } from "../../support/eventually.ts";
import { clinic, fhirDirectory } from "../../support/fhir-hub.ts";
import { freshCpr, freshId, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import { caseOf, clientAt, type HubClient } from "../../support/hub-client.ts";
import { type HubProcess, startHubProcess } from "../../support/hub-process.ts";
import { tempDir } from "../../support/temp-dir.ts";

const waitSeconds = 8;
/** So long may the hub take to start again and to look at its alarms, on a machine with much to do. */
const patienceMs = 60_000;

const clientOf = async (
  hub: HubProcess,
  gln: string,
  role: "organisation" | "operator" = "organisation",
): Promise<HubClient> => {
  const who = { gln, role, ttlSeconds: 3_600 };
  return clientAt(hub.url(), await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who));
};

const cameTo = async (hub: HubProcess, caseId: string, count: number): Promise<Came[]> => {
  const client = await clientOf(hub, clinic.gln);
  const items = await eventually(
    async () => {
      const page = (await client.get("/v1/inbox?show=all&limit=500")).json() as { items: InboxItem[] };
      const found = page.items.filter((item) => item.caseId === caseId);
      return found.length >= count ? found : undefined;
    },
    "a message",
    patienceMs,
  );
  return Promise.all(
    items.map(async ({ deliveryId }) => cameAs(await client.get(`/v1/inbox/${deliveryId}`), deliveryId)),
  );
};

const wishOf = () => ({
  to: clinicNamed,
  cpr: freshCpr(),
  attached: someObjects("pdf"),
  letterId: freshId("BREV"),
  envelopeId: freshId("KUV"),
  episode: null,
});

test("letters that wait for their attachments when the hub is killed go on after it: one with what came then, one when its time is up", async () => {
  await using dir = await tempDir();
  await using hub = await startHubProcess(dir.path, { SEKTORBRO_ATTACHMENT_SECONDS: String(waitSeconds) });
  const operator = await clientOf(hub, "5790000999998", "operator");
  expect((await operator.post("/v1/directory/import", fhirDirectory)).status).toBe(200);
  const [answered, never] = [wishOf(), wishOf()];
  const before = await clientOf(hub, practice.gln);
  const sent = [await before.send(xdis91(answered)), await before.send(xdis91(never))];
  expect(sent.map(({ status }) => status)).toEqual([201, 201]);
  const [answeredCase = "", neverCase = ""] = sent.map(caseOf);
  await hub.kill();
  await hub.start();
  const after = await clientOf(hub, practice.gln);
  const bin = { ...answered, letterId: freshId("BIN"), envelopeId: freshId("KUV") };
  const brought = await after.send(xbin01(bin));
  expect(brought.status, brought.text).toBe(201);
  const again = await after.send(xdis91(never));
  expect([again.status, again.text]).toEqual([200, sent[1]?.text]);
  const [whole, ...more] = await cameTo(hub, answeredCase, 1);
  expect(more).toEqual([]);
  expect(whole?.bytes.map((one) => one.toString("hex"))).toEqual(
    answered.attached.map(({ bytes }) => Buffer.from(bytes).toString("hex")),
  );
  const [lacking, ...others] = await cameTo(hub, neverCase, 1);
  expect(others).toEqual([]);
  expect(lacking?.text).toContain("bilag er ikke modtaget fra afsenderen");
  await hub.kill();
  await hub.start();
  const last = await clientOf(hub, practice.gln);
  expect((await last.send(xbin01(bin))).status).toBe(200);
  expect(await cameTo(hub, neverCase, 1)).toHaveLength(1);
  expect(await cameTo(hub, answeredCase, 1)).toHaveLength(1);
}, 180_000);
