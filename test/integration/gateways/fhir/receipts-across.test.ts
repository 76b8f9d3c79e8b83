import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeliveryChange } from "../../../../contracts/deliveries.ts";
import type { CaseView } from "../../../../contracts/messages/worklist.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { newId } from "../../../../infra/ids.ts";
import { clinicNamed, hasFact, messagesOf, receiptFor, someObjects } from "../../../support/apart.ts";
import { eventually } from "../../../support/eventually.ts";
import { acknowledgement, careCommunication, fhirParties } from "../../../support/fhir-bundles.ts";
import { answerIn, caseOf, clinic, type FhirHub, ids, startFhirHub } from "../../../support/fhir-hub.ts";
import { freshCpr, xdis91 } from "../../../support/golden-samples.ts";
import type { Answer } from "../../../support/hub-client.ts";

/** A practice whose system takes letters and nothing else: its people have no list of the hub's. */
const lettersOnly = {
  gln: "5790000100057",
  id: "991005",
  code: "ydernummer",
  name: "Fjordby Lægehus",
} as const;

const parties = { by: fhirParties.practice.gln, to: clinic.gln };

describe("receipts between a department that speaks FHIR and a practice that speaks OIOXML", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub({ receipts: { receiptSeconds: 2, resends: 1, fetchSeconds: 3_600 } });
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  type Sent = { caseId: string; headerId: string; documents: Map<string, Answer> };
  /** A message with an attachment, and the two documents that it became, fetched. */
  const sentWithAttachment = async (): Promise<Sent> => {
    const own = ids();
    const [object] = someObjects("pdf");
    const attachments = [{ title: "Foto", id: `urn:uuid:${newId()}`, bytes: object?.bytes ?? Buffer.of() }];
    const sent = await hub.sendMessage(
      clinic.gln,
      careCommunication({ ...own, from: clinic, to: fhirParties.practice, attachments }),
    );
    expect(answerIn(sent)).toMatchObject({ code: "ok", about: own.headerId });
    const [caseId, documents] = [caseOf(sent), new Map<string, Answer>()];
    for (const type of ["XDIS91", "XBIN01"])
      documents.set(type, await hub.fetched(fhirParties.practice.gln, caseId, type));
    return { caseId, headerId: own.headerId, documents };
  };
  const giveReceipt = async (
    { documents }: Sent,
    type: string,
    more: Parameters<typeof receiptFor>[2] = {},
  ): Promise<Answer> => {
    const document = documents.get(type);
    if (document === undefined) throw new Error(type);
    return (await hub.as(fhirParties.practice.gln)).send(receiptFor(document, parties, more));
  };
  const viewOf = async (gln: string, caseId: string): Promise<CaseView> =>
    (await (await hub.as(gln)).get(`/v1/cases/${caseId}`)).json() as CaseView;
  const changesOf = async (caseId: string): Promise<DeliveryChange[]> =>
    (await hub.recordsOf(caseId)).flatMap(({ deliveries }) => deliveries);
  /** What the sender sees of the message that it sent, as the one message that it is. */
  const fatesOf = async ({ caseId }: { caseId: string }): Promise<(string | undefined)[]> =>
    (await viewOf(clinic.gln, caseId)).deliveries
      .filter(({ to }) => to === fhirParties.practice.gln)
      .map(({ together }) => together);

  test("a message that became a letter and its attachments has arrived when both have their receipts, and not before", async () => {
    const sent = await sentWithAttachment();
    expect(await fatesOf(sent)).toEqual(["underway", "underway"]);
    expect((await giveReceipt(sent, "XDIS91")).status).toBe(201);
    expect(await fatesOf(sent)).toEqual(["underway", "underway"]);
    expect((await giveReceipt(sent, "XBIN01")).status).toBe(201);
    expect(await fatesOf(sent)).toEqual(["arrived", "arrived"]);
    expect((await giveReceipt(sent, "XBIN01")).status).toBe(200);
    expect((await changesOf(sent.caseId)).filter(({ change }) => change === "acknowledged")).toHaveLength(2);
    expect(await hub.inboxOf(clinic.gln, sent.caseId, 0)).toEqual([]);
  });

  test("a negative receipt on one of two: the message was refused, and its sender is told in the thread, once, with the receiver's words", async () => {
    const sent = await sentWithAttachment();
    expect((await giveReceipt(sent, "XDIS91")).status).toBe(201);
    const refusal = { refuseCode: "syntaksfejl" as const, refuseText: ["Bilaget kan ikke åbnes"] };
    const refused = await giveReceipt(sent, "XBIN01", { outcome: "negative", ...refusal });
    expect(refused.status, refused.text).toBe(201);
    expect(await fatesOf(sent)).toEqual(["refused", "refused"]);
    const [told] = await messagesOf(hub, { gln: clinic.gln, caseId: sent.caseId }, 1);
    expect(told?.text).toContain("Automatisk besked fra Sektorbro: Meddelelsen af");
    expect(told?.text).toContain("er afvist af modtagerens system.");
    expect(told?.text).toContain("Årsag: Bilaget kan ikke åbnes");
    expect(told?.message.history.map(({ messageId }) => messageId)).toContain(sent.headerId);
    expect(told?.message.sender.gln).toBe(fhirParties.practice.gln);
    await giveReceipt(sent, "XBIN01", { outcome: "negative", ...refusal });
    expect(await messagesOf(hub, { gln: clinic.gln, caseId: sent.caseId }, 1)).toHaveLength(1);
  });

  test("one receipt of two that never comes: the document is sent again, and then its sender is told in the thread", async () => {
    const sent = await sentWithAttachment();
    expect((await giveReceipt(sent, "XDIS91")).status).toBe(201);
    const { changes } = await eventually(
      async () => {
        const changes = await changesOf(sent.caseId);
        return changes.some(({ change }) => change === "resent") ? { changes } : undefined;
      },
      "sent again",
      20_000,
    );
    expect(changes.filter(({ change }) => change === "failed" || change === "unconfirmed")).toEqual([]);
    await hub.fetched(fhirParties.practice.gln, sent.caseId, "XBIN01");
    await hasFact(hub, sent.caseId, "LetterNotDelivered");
    expect(await fatesOf(sent)).toEqual(["unconfirmed", "unconfirmed"]);
    const [told] = await messagesOf(hub, { gln: clinic.gln, caseId: sent.caseId }, 1);
    expect(told?.text).toContain("modtagerens system har ikke kvitteret");
    const late = await giveReceipt(sent, "XBIN01");
    expect(late.status, late.text).toBe(201);
    expect(await fatesOf(sent)).toEqual(["arrived", "arrived"]);
  });

  test("a fatal-error from the department is told to the practice that wrote the letter, as XDIS91, with its reason", async () => {
    const letter = await (await hub.as(lettersOnly.gln)).send(
      xdis91({ from: lettersOnly, to: clinicNamed, cpr: freshCpr() }),
    );
    const caseId = caseOf(letter);
    const [came] = await messagesOf(hub, { gln: clinic.gln, caseId }, 1);
    const answer = acknowledgement({
      ...ids(),
      from: clinic,
      to: { ...fhirParties.practice, gln: lettersOnly.gln },
      code: "fatal-error",
      original: { headerId: came?.message.messageId ?? "", activity: "new-message" },
    });
    const given = await (await hub.as(clinic.gln)).send(printFhir(answer, "xml"), {
      "content-type": "application/fhir+xml",
    });
    expect(given.status, given.text).toBe(201);
    const told = await hub.fetched(lettersOnly.gln, caseId, "XDIS91");
    expect(told.text).toContain("Automatisk besked fra Sektorbro");
    expect(told.text).toContain("er afvist af modtagerens system");
    const refusedAgain = await (await hub.as(lettersOnly.gln)).send(
      receiptFor(told, { by: lettersOnly.gln, to: clinic.gln }, { outcome: "negative" }),
    );
    expect(refusedAgain.status).toBe(201);
    // What tells of a failure is not told of when it fails: the next thing that the rules do comes after it.
    const other = await sentWithAttachment();
    await giveReceipt(other, "XDIS91", { outcome: "negative" });
    await hasFact(hub, other.caseId, "LetterNotDelivered");
    expect(
      (await hub.recordsOf(caseId))
        .flatMap(({ facts }) => facts)
        .filter(({ type }) => type === "LetterNotDelivered"),
    ).toHaveLength(1);
  });
});
