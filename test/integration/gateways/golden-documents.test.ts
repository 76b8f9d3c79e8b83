import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import { exampleDirectory, goldenDirectory, goldenParties } from "../../support/golden-samples.ts";
import { type Answer, caseOf, type GatewayHub, startGatewayHub } from "../../support/hub-client.ts";
import { textOf } from "../../support/oioxml-builders.ts";
import { example, sample, samplesPresent, schemaErrors } from "../../support/oioxml-samples.ts";
import { documentLines } from "../../support/oioxml-trees.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
beforeAll(async () => {
  hub = await startGatewayHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** The hub's own envelope is a listed loss (losses.ts, `own-envelope`). */
const withoutEnvelope = (bytes: Uint8Array): string[] =>
  documentLines(bytes).filter((line) => !line.includes("}Envelope/"));

const fetched = async (gln: string, caseId: string): Promise<Answer> => {
  const [item] = await hub.inboxOf(gln, caseId);
  return (await hub.as(gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
};

describe.runIf(samplesPresent)("MedCom's own samples, from bytes to bytes", () => {
  beforeAll(async () => {
    const answer = await hub.operator.post("/v1/directory/import", goldenDirectory());
    expect(answer.status).toBe(200);
    const reply = answer.json() as Extract<CommandReply, { status: "accepted" }>;
    expect(reply.warnings?.map((w) => w.path)).toEqual(["organisations.0.gln", "organisations.1.gln"]);
  });

  const { hilleroed, laegehuset, klinikken, testcenter, vedel, taulov } = goldenParties;
  test.each([
    { name: "DIS91_1", from: hilleroed, to: laegehuset, schema: "2006" },
    { name: "DIS91_2", from: klinikken, to: testcenter, schema: "2006" },
    { name: "BIN01_1", from: vedel, to: taulov, schema: "2012" },
    { name: "BIN01_2", from: vedel, to: taulov, schema: "2012" },
  ] as const)(
    "$name is accepted, the same again is its duplicate, and its receiver gets it as it was",
    async ({ name, from, to, schema }) => {
      const bytes = sample(name);
      const sender = await hub.as(from.gln);
      const first = await sender.send(bytes);
      expect(first.status, first.text).toBe(201);
      const again = await sender.send(bytes);
      expect(again.status).toBe(200);
      expect(again.bytes).toEqual(first.bytes);
      for (const header of ["sektorbro-case", "sektorbro-due", "content-type"])
        expect(again.header(header)).toBe(first.header(header));
      const inbox = await fetched(to.gln, caseOf(first));
      expect(inbox.status, inbox.text).toBe(200);
      expect(schemaErrors(schema, inbox.bytes)).toEqual([]);
      expect(withoutEnvelope(inbox.bytes)).toEqual(withoutEnvelope(bytes));
      expect(await hub.inboxOf(to.gln, caseOf(first))).toHaveLength(1);
    },
  );

  test("a letter of a type that is not spoken is refused by its version, and its original is kept to the byte", async () => {
    const asRadiology = textOf(sample("DIS91_1"))
      .replaceAll("ClinicalEmail", "RadiologyReport")
      .replaceAll("2006/07/01", "2005/08/07");
    const bytes = Buffer.from(asRadiology, "latin1");
    const sender = await hub.as(goldenParties.hilleroed.gln);
    const refused = await sender.send(bytes);
    expect(refused.status).toBe(422);
    expect(schemaErrors("2005", refused.bytes)).toEqual([]);
    expect(refused.text).toContain("<RefuseCode>problem_med_version</RefuseCode>");
    const asJson = await sender.send(bytes, { accept: "application/json" });
    expect(asJson.json()).toMatchObject({ code: "type-unspoken", fate: "park" });
    const list = (await hub.operator.get("/v1/intake/refused")).json() as { documents: RefusedDocument[] };
    const intake = refused.header("sektorbro-intake") ?? "";
    expect(list.documents.find((d) => d.intake === intake)).toMatchObject({
      sender: goldenParties.hilleroed.gln,
      code: "type-unspoken",
      documentType: "XDIS05",
    });
    const original = await hub.operator.get(`/v1/intake/${intake}`);
    expect(original.status).toBe(200);
    expect(original.bytes).toEqual(Buffer.from(bytes));
    expect((await sender.get(`/v1/intake/${intake}`)).status).toBe(403);
    expect((await sender.get("/v1/intake/refused")).status).toBe(403);
  });
});

describe("our own examples, from bytes to bytes", () => {
  beforeAll(async () => {
    const answer = await hub.operator.post("/v1/directory/import", exampleDirectory());
    expect(answer.status, answer.text).toBe(200);
  });

  const sent = async (name: string, gln: string): Promise<{ first: Answer; again: Answer }> => {
    const client = await hub.as(gln);
    return { first: await client.send(example(name)), again: await client.send(example(name)) };
  };

  test("the question reaches the department as it was written, and the reply comes back in its thread", async () => {
    const { first, again } = await sent("xdis91-question", who.practice);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(first.text).toContain("<PositiveReceipt>");
    expect(again.bytes).toEqual(first.bytes);
    const caseId = caseOf(first);
    const question = await fetched(who.endocrinology, caseId);
    expect(withoutEnvelope(question.bytes)).toEqual(withoutEnvelope(example("xdis91-question")));

    const reply = await sent("xdis91-reply", who.endocrinology);
    expect(reply.first.status, reply.first.text).toBe(201);
    expect(caseOf(reply.first)).toBe(caseId);
    expect(reply.again.bytes).toEqual(reply.first.bytes);
    const answer = await fetched(who.practice, caseId);
    expect(withoutEnvelope(answer.bytes)).toEqual(withoutEnvelope(example("xdis91-reply")));
    const records = await hub.recordsOf(caseId);
    expect(records.flatMap((r) => r.facts.map((f) => f.type))).toEqual(["AdviceAsked", "AdviceAnswered"]);
  });

  test("the letter in a VANS envelope is the same letter", async () => {
    const { first } = await sent("vans-xdis91-question", who.practice);
    const bare = await (await hub.as(who.practice)).send(example("xdis91-question"));
    expect([first.status, bare.status]).toEqual([200, 200]);
    expect(bare.bytes).toEqual(first.bytes);
  });

  test("letter and attachments are accepted and delivered each in its own document", async () => {
    const letter = await sent("xdis91-with-attachments", who.practice);
    const bin = await sent("xbin01-attachments", who.practice);
    expect([letter.first.status, bin.first.status]).toEqual([201, 201]);
    expect(caseOf(bin.first)).not.toBe(caseOf(letter.first));
    const out = await fetched(who.endocrinology, caseOf(bin.first));
    expect(withoutEnvelope(out.bytes)).toEqual(withoutEnvelope(example("xbin01-attachments")));
    if (samplesPresent) expect(schemaErrors("2012", out.bytes)).toEqual([]);
  });

  test("the wrong version is refused for good, the same way each time", async () => {
    const { first, again } = await sent("xdis91-version-wrong", who.practice);
    expect([first.status, again.status]).toEqual([422, 422]);
    expect(textOf(first.bytes)).toContain("<RefuseCode>problem_med_version</RefuseCode>");
    expect(textOf(first.bytes)).toContain(
      "Brev med nummeret AAPBREV0000009, afsendt 2026-11-23 kl. 11:00, kunne ikke modtages.",
    );
    expect(again.bytes).toEqual(first.bytes);
    if (samplesPresent) expect(schemaErrors("2005", first.bytes)).toEqual([]);
    expect(await hub.recordsOf(caseOf(first))).toMatchObject([
      { facts: [], deliveries: [], meta: { outcome: "refused", refusal: "version-wrong" } },
    ]);
  });
});
