import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirFormat } from "../../../../gateways/fhir/codec/model/read-fhir.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";
import { developmentToken } from "../../../../gateways/http/main.ts";
import { besideOthers, mostPrintingBytes } from "../../../support/beside-others.ts";
import { type CompiledHub, startCompiledHub } from "../../../support/compiled-hub.ts";
import { eventually } from "../../../support/eventually.ts";
import { careCommunication } from "../../../support/fhir-bundles.ts";
import { clinic, fhirDirectory, ids, town } from "../../../support/fhir-hub.ts";
import { practice } from "../../../support/golden-samples.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

const timeout = 300_000;

let dir: TempDir;
let hub: CompiledHub & { dataDir: string };
const tokenFor = (gln: string, role: "organisation" | "operator" = "organisation"): Promise<string> =>
  developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, { gln, role, ttlSeconds: 900 });

beforeAll(async () => {
  dir = await tempDir();
  hub = await startCompiledHub(dir.path);
  const imported = await fetch(`${hub.url}/v1/directory/import`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await tokenFor("5790000999998", "operator")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(fhirDirectory),
  });
  expect(imported.status, await imported.text()).toBe(200);
}, timeout);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
}, timeout);

const get = async (gln: string, path: string): Promise<Buffer> => {
  const response = await fetch(hub.url + path, {
    headers: { authorization: `Bearer ${await tokenFor(gln)}` },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

/** Beside a practice that asks small things all the time. */
const beside = async <T>(work: () => Promise<T>, mostBytes?: number): Promise<T> =>
  besideOthers({ hub, token: await tokenFor(practice.gln) }, work, mostBytes);

const send = (bytes: Uint8Array, format: FhirFormat) =>
  beside(async () => {
    const response = await fetch(`${hub.url}/v1/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await tokenFor(clinic.gln)}`,
        "content-type": `application/fhir+${format}`,
        accept: "application/json",
      },
      body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    });
    return { status: response.status, outcome: (await response.json()) as Record<string, unknown> };
  });

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const contentsIn = (bytes: Uint8Array): string[] => {
  const parsed = parseMessage(bytes);
  return parsed.kind === "message" ? [...parsed.contents.values()].map(sha256) : [parsed.kind];
};

describe("a message of 100 MB", () => {
  test.each<FhirFormat>(["xml", "json"])(
    "in %s is taken and passed on while others are served: no turn of the hub is longer than 50 ms, and its memory stays under 500 MB, 650 as it is printed",
    async (format) => {
      const attachments = [22_000_000, 20_000_000, 18_000_000, 15_000_000].map((size, at) => ({
        title: `Bilag ${String(at)}`,
        bytes: randomBytes(size),
      }));
      const digests = attachments.map(({ bytes }) => sha256(bytes));
      const message = printFhir(careCommunication({ ...ids(), from: clinic, to: town, attachments }), format);
      expect(message.length).toBeGreaterThan(100_000_000);
      expect(message.length).toBeLessThan(100 * 1024 ** 2);
      const { status, outcome } = await send(message, format);
      expect([status, outcome["problems"]]).toEqual([201, []]);
      const deliveryId = await eventually(async () => {
        const page = JSON.parse((await get(town.gln, "/v1/inbox?limit=500")).toString()) as {
          items: { deliveryId: string; caseId: string }[];
        };
        return page.items.find(({ caseId }) => caseId === outcome["caseId"])?.deliveryId;
      }, "the message in the inbox");
      const passed = await beside(() => get(town.gln, `/v1/inbox/${deliveryId}`), mostPrintingBytes);
      expect(passed.length).toBeGreaterThan(100_000_000);
      expect(contentsIn(passed)).toEqual(digests);
    },
    timeout,
  );
});

const size = 25_000_000;
const repeated = (text: string): string => text.repeat(Math.floor(size / text.length));

describe("a hostile message of many megabytes", () => {
  test.each<[string, FhirFormat, () => string]>([
    ["elements inside one another without end", "xml", () => repeated("<extension>")],
    ["nothing but text", "xml", () => `<Bundle xmlns="http://hl7.org/fhir"><id value="${repeated("a ")}"/>`],
    ["nothing but elements", "xml", () => `<Bundle xmlns="http://hl7.org/fhir">${repeated("<entry/>")}`],
    ["arrays inside one another without end", "json", () => repeated('{"entry":[')],
    [
      "nothing but members",
      "json",
      () => `{"resourceType":"Bundle","entry":[${repeated('{"id":"1"},')}{"id":"1"}]}`,
    ],
  ])(
    "of %s is refused, and others are served meanwhile",
    async (_, format, make) => {
      const { status, outcome } = await send(Buffer.from(make()), format);
      expect(status).toBe(422);
      expect(outcome["problems"]).not.toEqual([]);
    },
    timeout,
  );
});
