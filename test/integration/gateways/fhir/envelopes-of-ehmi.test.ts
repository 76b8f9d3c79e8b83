import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import { wrapInSbdh } from "../../../../gateways/envelopes/sbdh/wrap-sbdh.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { newId } from "../../../../infra/ids.ts";
import {
  asParty,
  bytesOf,
  type EnvelopeHub,
  envelopeRegion,
  nurses,
  organisation,
  startEnvelopeHub,
  surgery,
} from "../../../support/envelope-hub.ts";
import { fhirIn, inEnvelope, messageIn, receiptIn } from "../../../support/enveloped.ts";
import { eventually } from "../../../support/eventually.ts";
import { homeCareObservation } from "../../../support/fhir-bundle-home-care.ts";
import { acknowledgement } from "../../../support/fhir-bundles.ts";
import { department, practice, xdis91 } from "../../../support/golden-samples.ts";
import { caseOf } from "../../../support/hub-client.ts";

const ids = () => ({ bundleId: newId(), headerId: newId(), thread: `urn:uuid:${newId()}` });
const envelopeIds = () => ({ envelope: newId(), message: newId() });

describe("messages in StandardBusinessDocuments", () => {
  let hub: EnvelopeHub;
  beforeAll(async () => {
    hub = await startEnvelopeHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });
  const changesOf = async (caseId: string): Promise<string[]> =>
    (await hub.recordsOf(caseId)).flatMap(({ deliveries }) => deliveries).map(({ change }) => change);

  describe("a HomeCareObservation in a StandardBusinessDocument", () => {
    const values = [{ code: "NPU21692", value: "92", unit: "1/min", at: "2026-01-05T09:50:00+01:00" }];
    const observed = (own = ids()) =>
      bytesOf(homeCareObservation({ ...own, values, from: nurses, to: surgery }), "xml");

    test("is taken and answered in one, and passed on in one of the hub's; receipts of envelopes settle nothing", async () => {
      const own = ids();
      const named = envelopeIds();
      const document = inEnvelope("sbdh", observed(own), { ids: named });
      const sent = await hub.sendIn("sbdh", nurses.gln, document);
      expect(sent.status, sent.text).toBe(201);
      const answer = messageIn(sent.bytes);
      expect(answer.enveloped).toMatchObject({
        kind: "sbdh",
        wantsReceipt: true,
        sbdh: {
          sender: `0088:${surgery.gln}`,
          receiver: `0088:${nurses.gln}`,
          standard: "acknowledgement-message",
          typeVersion: "2.0",
          type: "Bundle",
        },
      });
      const scopes = answer.enveloped.kind === "sbdh" ? answer.enveloped.sbdh.scopes : [];
      const told = (type: string) => scopes.find((scope) => scope.type === type)?.value;
      expect(told("ORIGINALMESSAGEIDENTIFIER")).toBe(own.headerId);
      expect(told("ORIGINALENVELOPEIDENTIFIER")).toBe(named.envelope);
      expect(told("PATIENTID")).toBeUndefined();
      expect(told("MESSAGEIDENTIFIER")).toBe(fhirIn(sent.bytes).messageId);
      const again = await hub.sendIn("sbdh", nurses.gln, document);
      expect([again.status, fhirIn(again.bytes).messageId]).toEqual([200, fhirIn(sent.bytes).messageId]);

      const caseId = caseOf(sent);
      const passed = await hub.fetched(surgery.gln, caseId, "HomeCareObservation");
      const { enveloped } = messageIn(passed.document.bytes);
      expect(enveloped).toMatchObject({
        kind: "sbdh",
        sbdh: { standard: "homecareobservation-message", typeVersion: "1.2" },
      });
      expect(fhirIn(passed.document.bytes).messageId).toBe(own.headerId);
      const receipt = receiptOfEnvelope(enveloped, { level: "message", at: "2026-11-23T10:00:00.000Z" });
      const came = await hub.sendIn("sbdh", surgery.gln, receipt ?? new Uint8Array());
      expect([came.status, came.text]).toEqual([200, ""]);
      expect(await changesOf(caseId)).not.toContain("acknowledged");
      const original = { headerId: own.headerId, activity: "new-message" };
      const ack = bytesOf(acknowledgement({ ...ids(), from: surgery, to: nurses, original }), "xml");
      await hub.sendIn("sbdh", surgery.gln, inEnvelope("sbdh", ack, { ids: envelopeIds() }));
      await eventually(
        async () => ((await changesOf(caseId)).includes("acknowledged") ? true : undefined),
        "the acknowledged delivery",
      );
    });

    test("a header that says something else is a warning, and the message is believed", async () => {
      const document = Buffer.from(inEnvelope("sbdh", observed(), { ids: envelopeIds() })).toString();
      const odd = document
        .replace(/(<Type>MESSAGEENVELOPEIDENTIFIER<\/Type><InstanceIdentifier>)[^<]*/, `$1${newId()}`)
        .replace("<Standard>homecareobservation-message", "<Standard>HomeCareObservation-Message")
        .replace(/<ExpectedResponseDateTime>/, "<ExpectedResponseDateTime>\n      ")
        .replace("<BinaryContent", '<BinaryContent xmlns="http://peppol.eu/xsd/ticc/envelope/1.0"');
      const client = await hub.as(nurses.gln);
      const answer = await client.send(Buffer.from(odd), { accept: "application/json" });
      expect(answer.status, answer.text).toBe(201);
      const { problems } = answer.json() as { problems: { code: string; path: string; severity: string }[] };
      expect(problems.filter(({ code }) => code === "header-differs")).toMatchObject([
        { severity: "warning", path: expect.stringContaining("MESSAGEENVELOPEIDENTIFIER") as string },
      ]);
    });

    test("an envelope that is no whole one gets a ReceiptException by those who take one", async () => {
      const named = envelopeIds();
      const document = Buffer.from(inEnvelope("sbdh", observed(), { ids: named })).toString();
      const empty = document.replace(/(<BinaryContent[^>]*>)[^<]*/, "$1");
      const answer = await hub.sendIn("sbdh", nurses.gln, Buffer.from(empty));
      expect(answer.status).toBe(422);
      expect(receiptIn(answer.bytes)).toMatchObject({
        kind: "sbdh",
        sbdh: { type: "ReceiptException" },
        signal: { outcome: "negative", reason: expect.stringContaining("BinaryContent") as string },
      });
    });
  });

  test("a letter in a StandardBusinessDocument is read by the gateway of letters, and answered as letters are", async () => {
    const letter = xdis91();
    const document = wrapInSbdh(letter, {
      identifier: newId(),
      at: "2026-11-23T09:15:05.000Z",
      sender: { gln: practice.gln },
      receiver: { gln: department.gln },
      event: "clinicalemail",
      version: "XD9134L",
      messageId: newId(),
      bundleId: newId(),
      mediaType: "application/fhir+xml",
    });
    const answer = await hub.sendIn("sbdh", practice.gln, document);
    expect(answer.status, answer.text).toBe(201);
    expect(parseDocument(answer.bytes)).toMatchObject({
      kind: "emessage",
      letters: [{ outcome: "positive" }],
    });
  });

  const root = "../shared/fhir/samples/sbdh";
  const samples = existsSync(root) ? readdirSync(root) : [];
  const sample = (part: string): Buffer =>
    readFileSync(`${root}/${samples.find((name) => name.includes(part)) ?? ""}`);
  test.runIf(samples.length > 0)(
    "MedCom's own message in one is taken once, and MedCom's receipt leads to its delivery by the message",
    async () => {
      const message = fhirIn(sample("HCO_full"));
      const imported = await hub.operator.post("/v1/directory/import", {
        ...envelopeRegion("inbox"),
        organisations: [
          organisation(asParty(message.sender), "acuteTeam", "sbdh"),
          organisation(asParty(message.receiver), "practice", "sbdh"),
        ],
      });
      expect(imported.status, imported.text).toBe(200);
      const sent = await hub.sendIn("sbdh", message.sender.gln, sample("HCO_full"));
      expect(sent.status, fhirIn(sent.bytes).kind).toBe(201);
      expect(fhirIn(sent.bytes)).toMatchObject({
        kind: "Acknowledgement",
        about: message.messageId,
        code: "ok",
      });
      expect((await hub.sendIn("sbdh", message.sender.gln, sample("HCO_full"))).status).toBe(200);
      const receipt = Buffer.from(
        sample("ReceiptAcknowledgement")
          .toString()
          .replaceAll("0088:5790000127092", `0088:${message.receiver.gln}`),
      );
      const answer = await (await hub.as(message.receiver.gln)).send(receipt, { accept: "application/json" });
      expect(answer.status, answer.text).toBe(201);
      // The message is months old, and its clocks ring by and by: others are owed word of that.
      const changes = await changesOf(caseOf(sent));
      expect(changes.filter((change) => change !== "owed")).toEqual(["fetched"]);
    },
  );
});
