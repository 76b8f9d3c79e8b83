import { afterAll, beforeAll, expect, test } from "vitest";
import type { RefusedDocument } from "../../../../contracts/messages/worklist.ts";
import { startReferral } from "../../../../services/referral/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { caseOf, type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";
import { readJournal } from "../../../support/journal-audit.ts";
import { complaintsOf, readOne } from "../../../support/letter-cases.ts";
import { oio } from "../../../support/oioxml-region.ts";
import { printClinicalLetter } from "../../../support/printing.ts";
import { xref01 } from "../../../support/referral-letters.ts";

let hub: GatewayHub;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, undefined, [startReferral]);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** A letter within every limit of a document, in UTF-8: of a text of so many characters, three bytes each. */
const grown = (letterId: string, characters: number): Uint8Array => {
  const { bytes } = printClinicalLetter(xref01({ letterId }), {
    envelopeId: letterId,
    sent: "2026-11-23T10:15",
    wantsPositiveReceipt: true,
  });
  const text = Buffer.from(bytes)
    .toString("latin1")
    .replace("ISO-8859-1", "UTF-8")
    .replace("Reponibelt brok.", "€".repeat(characters));
  return Buffer.from(text, "utf8");
};

const refusals = async (): Promise<RefusedDocument[]> =>
  ((await hub.operator.get("/v1/intake/refused")).json() as { documents: RefusedDocument[] }).documents;

/** Documents that no reader is done with. */
const inHand = async (): Promise<number> => {
  const streams = [0, 1, 2, 3].map((n) => `INTAKE_${String(n)}`);
  const infos = await Promise.all(streams.map((name) => hub.platform.jsm.consumers.info(name, "oioxml")));
  return infos.reduce((sum, { num_ack_pending: held, num_pending: left }) => sum + held + left, 0);
};

test("a letter whose record is larger than the server takes is refused and parked, and not tried for ever", async () => {
  const practice = await hub.as(oio.practice);
  const document = grown("FORSTORT1", 1_450_000);
  const answer = await practice.send(document);
  expect(answer.status).toBe(422);
  expect(complaintsOf(answer.bytes)).toEqual([]);
  expect(readOne(answer.bytes)).toMatchObject({
    kind: "receipt",
    outcome: "negative",
    originalLetters: [
      {
        letterId: "FORSTORT1",
        refuseText: expect.arrayContaining([
          "Det fylder mere, end der er plads til i én post i journalen.",
        ]) as unknown,
      },
    ],
  });
  const intake = answer.header("sektorbro-intake") ?? "";
  expect((await refusals()).find((one) => one.intake === intake)).toMatchObject({ code: "record-too-large" });
  await eventually(async () => ((await inHand()) === 0 ? true : undefined), "that nobody reads it again");
  expect(await readJournal(hub.nats.url)).toEqual([]);
  // Sent again it is refused again, in the same words, and others go on.
  expect((await practice.send(document)).status).toBe(422);
  expect(caseOf(await practice.send(grown("LILLE1", 10)))).not.toBe("");
});
