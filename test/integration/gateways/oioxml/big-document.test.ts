import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { developmentToken } from "../../../../gateways/http/main.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { encodeBase64 } from "../../../../gateways/xml/base64.ts";
import { newId } from "../../../../infra/ids.ts";
import { besideOthers, mostPrintingBytes } from "../../../support/beside-others.ts";
import { type CompiledHub, startCompiledHub } from "../../../support/compiled-hub.ts";
import { eventually } from "../../../support/eventually.ts";
import { department, practice, xbin01, xdis91 } from "../../../support/golden-samples.ts";
import { inVansEnvelope } from "../../../support/oioxml-specimens.ts";
import { organisation } from "../../../support/region-view.ts";
import { type TempDir, tempDir } from "../../../support/temp-dir.ts";

const timeout = 300_000;

let dir: TempDir;
let hub: CompiledHub & { dataDir: string };
beforeAll(async () => {
  dir = await tempDir();
  hub = await startCompiledHub(dir.path);
  const ward = organisation(department.gln);
  const channels = ward.channels.map((channel) => ({ ...channel, envelope: "vans" }));
  const file = { format: "sektorbro-directory", version: 1, organisations: [{ ...ward, channels }] };
  const imported = await fetch(`${hub.url}/v1/directory/import`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await tokenFor("5790000999998", "operator")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(file),
  });
  expect(imported.status, await imported.text()).toBe(200);
}, timeout);
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await dir[Symbol.asyncDispose]();
}, timeout);

const tokenFor = (gln: string, role: "organisation" | "operator" = "organisation"): Promise<string> =>
  developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, { gln, role, ttlSeconds: 900 });

const get = async (gln: string, path: string, role?: "operator"): Promise<Buffer> => {
  const response = await fetch(hub.url + path, {
    headers: { authorization: `Bearer ${await tokenFor(gln, role)}` },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

type Outcome = { intake: string; caseId: string; code?: string; problems: { path: string; code: string }[] };

/** Beside a practice that asks small things all the time. */
const beside = async <T>(work: () => Promise<T>, mostBytes?: number): Promise<T> =>
  besideOthers({ hub, token: await tokenFor(practice.gln) }, work, mostBytes);

const sendBesideOthers = (document: Uint8Array): Promise<{ status: number; outcome: Outcome }> =>
  beside(async () => {
    const response = await fetch(`${hub.url}/v1/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await tokenFor(practice.gln)}`,
        "content-type": "application/xml",
        accept: "application/json",
      },
      body: Buffer.from(document.buffer, document.byteOffset, document.byteLength),
    });
    return { status: response.status, outcome: (await response.json()) as Outcome };
  });

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const inLines = (xml: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(xml)
      .toString("latin1")
      .replace(
        /(<Object_Base64Encoded>)([^<]*)/g,
        (_, tag: string, text: string) => tag + encodeBase64(Buffer.from(text, "base64")),
      ),
    "latin1",
  );

describe("a VANS envelope of 100 MB", () => {
  const attached = [15_000_000, 12_500_000, 11_000_000, 9_000_000, 7_600_000].map((size) => ({
    id: newId(),
    bytes: randomBytes(size),
  }));
  let taken: Outcome;

  test(
    "is taken while others are served: no turn of the hub is longer than 50 ms, and its memory stays under 500 MB",
    async () => {
      const document = inVansEnvelope(inLines(xbin01({ attached })));
      expect(document.length).toBeGreaterThan(100_000_000);
      expect(document.length).toBeLessThan(100 * 1024 ** 2);
      const { status, outcome } = await sendBesideOthers(document);
      expect([status, outcome.problems]).toEqual([201, []]);
      taken = outcome;
      const original = await get("5790000999998", `/v1/intake/${outcome.intake}`, "operator");
      expect(sha256(original)).toBe(sha256(document));
    },
    timeout,
  );

  test.each([0, 1, 2, 3, 4])(
    "its attachment %i arrives byte for byte",
    async (at) => {
      const bytes = attached[at]?.bytes ?? Buffer.of();
      const path = `/v1/cases/${taken.caseId}/attachments/sha256-${sha256(bytes)}`;
      expect((await get(department.gln, path)).equals(bytes)).toBe(true);
    },
    timeout,
  );
});

/** The letter of attachments of a document, read here. */
const attachmentsIn = (document: Uint8Array) => {
  const parsed = parseDocument(document);
  const letter = parsed.kind === "emessage" ? parsed.letters[0] : undefined;
  if (letter?.kind !== "attachments") throw new Error(parsed.kind);
  return { vans: parsed.vans, objects: letter.letter.objects };
};

describe("attachments of more than 70 MB, to a receiver over VANS", () => {
  const attached = [22_000_000, 20_000_000, 14_000_000].map((size) => ({
    id: newId(),
    bytes: randomBytes(size),
  }));

  test(
    "are printed while others are served: no turn of the hub is longer than 50 ms, and its memory stays under 650 MB",
    async () => {
      const document = xbin01({ attached });
      expect(document.length).toBeGreaterThan(70_000_000);
      const { status, outcome } = await sendBesideOthers(document);
      expect([status, outcome.problems]).toEqual([201, []]);
      const deliveryId = await eventually(async () => {
        const page = JSON.parse((await get(department.gln, "/v1/inbox?limit=500")).toString()) as {
          items: { deliveryId: string; caseId: string }[];
        };
        return page.items.find(({ caseId }) => caseId === outcome.caseId)?.deliveryId;
      }, "the attachments in the inbox");
      const printed = await beside(() => get(department.gln, `/v1/inbox/${deliveryId}`), mostPrintingBytes);
      expect(printed.length).toBeGreaterThan(100_000_000);
      const { vans, objects } = attachmentsIn(printed);
      expect(vans?.document).toMatchObject({ name: "MCM:XBIN01", version: "XB0131X" });
      expect(objects.map(({ bytes }) => sha256(bytes))).toEqual(attached.map(({ bytes }) => sha256(bytes)));
    },
    timeout,
  );
});

/** A letter whose text is so many bytes of the same over and over. */
const letterOf = (text: string, bytes: number): Uint8Array =>
  xdis91({ text: text.repeat(Math.floor(bytes / text.length)) });

describe("a hostile document of many megabytes", () => {
  const size = 25_000_000;
  test.each([
    ["nothing but text", () => letterOf("Kære kollega. ", size), "document-too-large"],
    ["nothing but line breaks", () => letterOf("<Break/>", size), "xml-too-deep"],
    ["nothing but references", () => letterOf("&amp;", size), "document-too-large"],
    ["elements inside one another without end", () => letterOf("<Bold>", size), "xml-too-deep"],
    ["a comment without end", () => letterOf("<!-- a -->", size).fill(0x61, 2_000), "document-too-large"],
    [
      "entities that stand for one another",
      () =>
        Buffer.from(
          `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">${'<!ENTITY b "&a;&a;&a;">'.repeat(size / 24)}]><a>&b;</a>`,
        ),
      "xml-forbidden",
    ],
  ])(
    "of %s is refused with a code, and others are served meanwhile",
    async (_, make, code) => {
      const { status, outcome } = await sendBesideOthers(make());
      expect([status, outcome.code]).toEqual([422, code]);
      expect(outcome.problems).toEqual([
        expect.objectContaining({ code, path: expect.stringMatching(/^line \d+$/) as string }),
      ]);
      expect((await get("5790000999998", `/v1/intake/${outcome.intake}`, "operator")).length).toBeGreaterThan(
        size * 0.9,
      );
    },
    timeout,
  );
});
