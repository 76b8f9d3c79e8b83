import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import { isAdviceFact } from "../../../contracts/messages/advice.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import { newId, sha256 } from "../../../infra/ids.ts";
import { eventually } from "../../support/eventually.ts";
import {
  type Attached,
  department,
  freshCpr,
  otherPractice,
  practice,
  xbin01,
  xdis91,
} from "../../support/golden-samples.ts";
import { caseOf, type GatewayHub, type HubClient, startGatewayHub } from "../../support/hub-client.ts";
import { letterIn, onlyLetter } from "../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../support/oioxml-samples.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
let receiver: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub();
  sender = await hub.as(practice.gln);
  receiver = await hub.as(department.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const someObjects = (...sizes: number[]): Attached[] =>
  sizes.map((size) => ({ id: newId().toUpperCase(), bytes: randomBytes(size) }));
const digestOf = ({ bytes }: Attached): string => `sha256-${sha256(bytes)}`;

const joinedIn = async (caseId: string, viewer: HubClient): Promise<string[]> => {
  const view = (await viewer.get(`/v1/cases/${caseId}`)).json() as CaseView;
  return view.records
    .flatMap((record) => record.facts)
    .filter(isAdviceFact)
    .flatMap((fact) => (fact.type === "AttachmentsJoined" ? fact.objects.map((o) => o.digest) : []));
};

/** The case of a letter, once it shows all the attachments; each of them once. */
const expectJoined = async (caseId: string, attached: readonly Attached[]): Promise<void> => {
  const digests = await eventually(async () => {
    const found = await joinedIn(caseId, receiver);
    return found.length >= attached.length ? found : undefined;
  }, "the attachments joined");
  expect(digests.toSorted()).toEqual(attached.map(digestOf).toSorted());
};

const expectBytes = async (caseId: string, { id, bytes }: Attached): Promise<void> => {
  const path = `/v1/cases/${caseId}/attachments/sha256-${sha256(bytes)}`;
  for (const party of [sender, receiver]) {
    const answer = await party.get(path);
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.header("content-disposition")).toContain(id.replaceAll("-", "").toLowerCase());
  }
  for (const stranger of [otherPractice.gln, who.municipality, who.cardiology])
    expect((await (await hub.as(stranger)).get(path)).status).toBe(404);
  // Who runs the hub sees no content of a case, and is told so: that the case exists says nothing to them that they do not know.
  expect((await hub.operator.get(path)).status).toBe(403);
};

describe("attachments find their letter", () => {
  const sendBoth = {
    "the letter first": async (letter: Uint8Array, bin: Uint8Array) => {
      const first = await sender.send(letter);
      await hub.inboxOf(department.gln, caseOf(first));
      return [first, await sender.send(bin)] as const;
    },
    "the attachments first": async (letter: Uint8Array, bin: Uint8Array) => {
      const first = await sender.send(bin);
      await hub.inboxOf(department.gln, caseOf(first));
      return [await sender.send(letter), first] as const;
    },
    "both at the same time": (letter: Uint8Array, bin: Uint8Array) =>
      Promise.all([sender.send(letter), sender.send(bin)]),
  };
  test.each(Object.entries(sendBoth))("%s", async (_, send) => {
    const attached = someObjects(100, 2_000);
    const wish = { cpr: freshCpr(), attached };
    const [letter, bin] = await send(xdis91(wish), xbin01(wish));
    expect([letter.status, bin.status]).toEqual([201, 201]);
    const caseId = caseOf(letter);
    await expectJoined(caseId, attached);
    for (const object of attached) await expectBytes(caseId, object);
    await expectBytes(caseOf(bin), attached[0] as Attached);
  });

  test("attachments in two documents are joined as they come, and again after the index was emptied", async () => {
    const attached = someObjects(50, 60);
    const wish = { cpr: freshCpr(), attached };
    const letter = await sender.send(xdis91(wish));
    const caseId = caseOf(letter);
    const [first, second] = attached.map((object) => ({ ...wish, attached: [object] }));
    await sender.send(xbin01(first ?? wish));
    await expectJoined(caseId, attached.slice(0, 1));
    await hub.platform.redis.flushall();
    await sender.send(xbin01(second ?? wish));
    await expectJoined(caseId, attached);
  });

  test("the attachments of another sender are not joined", async () => {
    const attached = someObjects(70);
    const cpr = freshCpr();
    const letter = await sender.send(xdis91({ cpr, attached }));
    const foreign = await (await hub.as(otherPractice.gln)).send(
      xbin01({ cpr, attached, from: otherPractice }),
    );
    expect(foreign.status).toBe(201);
    const own = someObjects(80);
    const other = await sender.send(xdis91({ attached: own }));
    await sender.send(xbin01({ attached: own }));
    // The hub joins in the order in which the index tells of both: this later pair is joined, so the earlier was looked at.
    await expectJoined(caseOf(other), own);
    expect(await joinedIn(caseOf(letter), receiver)).toEqual([]);
  });
});

describe("attachments by JSON", () => {
  test("uploaded bytes come out as XDIS91 and XBIN01 for a receiver that speaks OIOXML", async () => {
    const bytes = randomBytes(3_000);
    const uploaded = await sender.upload(bytes);
    expect(uploaded.status).toBe(201);
    const { digest, sizeBytes } = uploaded.json() as { digest: string; sizeBytes: number };
    expect({ digest, sizeBytes }).toEqual({ digest: `sha256-${sha256(bytes)}`, sizeBytes: 3_000 });
    const object = { objectId: newId().replaceAll("-", ""), code: "vektor_grafik", extension: "pdf" };
    const attachments = [{ ...object, digest, sizeBytes, description: "Blodsukre" }];
    const asked = await sender.post("/v1/advice", {
      messageId: "JSON-1",
      to: { gln: department.gln },
      patient: { cpr: freshCpr(), surname: "Prøve-Åsen" },
      subject: "Diabetes",
      question: "Kan insulin øges?",
      attachments,
    });
    expect(asked.status, asked.text).toBe(201);
    const { caseId } = asked.json() as Extract<CommandReply, { status: "accepted" }>;
    const items = await hub.inboxOf(department.gln, caseId, 2);
    expect(items.map((i) => i.documentType).toSorted()).toEqual(["XBIN01", "XDIS91"]);
    const documents = new Map<string, Buffer>();
    for (const { documentType, deliveryId } of items)
      documents.set(documentType, (await receiver.get(`/v1/inbox/${deliveryId}`)).bytes);
    const [letter, bin] = [documents.get("XDIS91") ?? Buffer.of(), documents.get("XBIN01") ?? Buffer.of()];
    if (samplesPresent) expect([schemaErrors("2006", letter), schemaErrors("2012", bin)]).toEqual([[], []]);
    expect(letterIn(parseDocument(letter)).references).toMatchObject([
      { description: "Blodsukre", target: { kind: "bin", objectId: object.objectId, sizeBytes } },
    ]);
    const attachmentLetter = onlyLetter(parseDocument(bin));
    if (attachmentLetter.kind !== "attachments") throw new Error(attachmentLetter.kind);
    const [out] = attachmentLetter.letter.objects;
    expect(out?.objectId).toBe(object.objectId);
    expect(Buffer.from(out?.bytes ?? [])).toEqual(bytes);
    await expectBytes(caseId, { id: object.objectId, bytes });
  });

  test("an attachment that was never uploaded is refused by its place in the message", async () => {
    const attachment = {
      objectId: newId().replaceAll("-", ""),
      code: "vektor_grafik",
      extension: "pdf",
      sizeBytes: 5,
      digest: `sha256-${sha256("aldrig")}`,
      description: "Intet",
    };
    const answer = await sender.post("/v1/advice", {
      messageId: "JSON-2",
      to: { gln: department.gln },
      patient: { cpr: freshCpr(), surname: "Prøve-Åsen" },
      subject: "Diabetes",
      question: "?",
      attachments: [attachment],
    });
    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({
      code: "object-unknown",
      problems: [{ path: "attachments.0.digest" }],
    });
  });
});

test("attachments of several MB come through to the byte, also beside a letter that names them", async () => {
  const attached = someObjects(4_000_000, 1_500_000);
  const wish = { cpr: freshCpr(), attached };
  const document = xbin01(wish);
  const [bin, letter] = await Promise.all([sender.send(document), sender.send(xdis91(wish))]);
  expect(bin.status, bin.text).toBe(201);
  await expectJoined(caseOf(letter), attached);
  const [item] = await hub.inboxOf(department.gln, caseOf(bin));
  const out = await receiver.get(`/v1/inbox/${item?.deliveryId ?? ""}`);
  expect(out.status).toBe(200);
  const parsed = onlyLetter(parseDocument(out.bytes));
  if (parsed.kind !== "attachments") throw new Error(parsed.kind);
  expect(parsed.letter.objects.map((o) => `sha256-${sha256(o.bytes)}`)).toEqual(attached.map(digestOf));
  const original = await hub.operator.get(`/v1/intake/${bin.header("sektorbro-intake") ?? ""}`);
  expect(original.bytes.equals(document)).toBe(true);
});
