import { expect } from "vitest";
import { medcomNamespace, sundcomNamespace } from "../../contracts/codes/oioxml-types.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { LetterOrder } from "../../gateways/families/order.ts";
import { parseDocument } from "../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedLetter } from "../../gateways/oioxml/codec/parsed-document.ts";
import { clinicalVersions, spokenTypes } from "../../gateways/oioxml/codec/spoken-types.ts";
import { letterCommandId } from "../../gateways/oioxml/families/letter-command-id.ts";
import { readClinical } from "../../gateways/oioxml/families/read-clinical.ts";
import type { PrintOrder } from "../../gateways/oioxml/print-order.ts";
import type { Printed } from "../../gateways/tables/losses.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { createDischargeHandler } from "../../services/discharge/handler.ts";
import { createReferralHandler } from "../../services/referral/handler.ts";
import { viewOf } from "../../services/worklist/core/case-view.ts";
import { type Accepted, accepted, createTestCases, type TestCases } from "./case-given.ts";
import { type SchemaName, samplesPresent, schemaErrors } from "./oioxml-samples.ts";
import { printClinicalLetter, printDelivery, printOrder } from "./printing.ts";
import { kindOf } from "./region-view.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** A letter as a system writes it: printed, and read again by the codec. */
export const throughXml = (letter: ClinicalLetter): ClinicalLetter => {
  const envelope = { envelopeId: "KUV1", sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
  const { bytes, losses } = printClinicalLetter(letter, envelope);
  expect(losses).toEqual([]);
  const read = readOne(bytes);
  if (read.kind !== "clinical") throw new Error(JSON.stringify(read));
  return read.letter;
};

export const readOne = (bytes: Uint8Array): ParsedLetter => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(JSON.stringify(parsed));
  const [letter] = parsed.letters;
  if (letter === undefined) throw new Error("no letter");
  return letter;
};

const yearOf = (namespace: string): SchemaName => {
  const year = /\/(\d{4})\//.exec(namespace)?.[1] ?? "";
  return year as SchemaName;
};
const namespaces: readonly string[] = [
  ...new Set([
    ...clinicalVersions.map(({ namespace }) => namespace),
    ...Object.values(spokenTypes).map(({ namespace }) => namespace),
    sundcomNamespace("2005/08/07"),
    medcomNamespace("2012/03/28"),
  ]),
];

/** What the standard's own schema says of a document; nothing where the schemas are not at hand. */
export const complaintsOf = (bytes: Uint8Array): string[] => {
  if (!samplesPresent) return [];
  const text = Buffer.from(bytes).toString("latin1");
  const namespace = namespaces.find((one) => text.includes(`xmlns="${one}"`));
  if (namespace === undefined) throw new Error("a document of no known namespace");
  return schemaErrors(yearOf(namespace), bytes);
};

export type LetterCases = {
  cases: TestCases;
  /** What a letter is read as, among the cases that its sender is a party to. */
  read: (letter: ClinicalLetter) => LetterOrder;
  /** Sends it, as the gateway does. */
  send: (letter: ClinicalLetter) => Promise<CommandReply>;
  sent: (letter: ClinicalLetter) => Promise<Accepted>;
  /** Commands of systems that speak JSON. */
  does: (type: string, by: string, payload: object) => Promise<Accepted>;
  /** What is owed to somebody in a case, as it is printed; only its losses may be `allowed`. */
  owedTo: (gln: string, caseId: string) => Owed[];
  printed: (owed: Owed) => Promise<Printed>;
  view: (caseId: string) => CaseView;
};

/** The families behind the gateway of letters, on one journal in memory. */
export const createLetterCases = (): LetterCases => {
  const cases = createTestCases();
  const handlers: Record<string, (message: unknown) => Promise<CommandReply>> = {
    referral: createReferralHandler({ ...cases.ports, caseIdFor }),
    discharge: createDischargeHandler({ ...cases.ports, caseIdFor }),
  };
  const view = (caseId: string): CaseView => {
    const found = viewOf(caseId, cases.records(caseId), kindOf);
    return CaseView.parse(JSON.parse(JSON.stringify(found)));
  };
  const seenBy = (
    gln: string,
    { cpr, alternativeId }: { cpr?: string; alternativeId?: string },
  ): CaseView[] => {
    const ids = [...new Set(cases.records().map(({ caseId }) => caseId))];
    return ids
      .filter((caseId) => {
        const { card, parties } = cases.state(caseId);
        const { patient } = card ?? {};
        return parties.includes(gln) && patient?.cpr === cpr && patient?.alternativeId === alternativeId;
      })
      .map(view)
      .toReversed();
  };
  const read = (letter: ClinicalLetter): LetterOrder =>
    readClinical(letter, {
      commandId: letterCommandId(letter),
      cases: seenBy(letter.sender.gln, letter.patient as { cpr?: string; alternativeId?: string }),
    });
  const send = (letter: ClinicalLetter): Promise<CommandReply> => {
    const { type, payload, notes } = read(letter);
    const handle = handlers[type.split(".")[0] ?? ""];
    if (handle === undefined) throw new Error(`nobody takes ${type}`);
    const envelope: Envelope = {
      id: letterCommandId(letter),
      type,
      version: 1,
      time: cases.ports.now(),
      sender: letter.sender.gln,
      // As it comes over the bus.
      payload: JSON.parse(JSON.stringify(payload)) as unknown,
      written: letter,
      notes: [...notes],
    };
    return handle(envelope);
  };
  return {
    cases,
    read,
    send,
    sent: async (letter) => accepted(await send(letter)),
    does: async (type, by, payload) => accepted(await cases.send({ type, by, payload })),
    owedTo: (gln, caseId) =>
      cases
        .records(caseId)
        .flatMap(({ deliveries }) => deliveries)
        .filter((d): d is Owed => d.change === "owed" && d.to === gln),
    printed: ({ deliveryId }) => {
      const [caseId = "", no = ""] = deliveryId.split(".");
      const records: CaseRecord[] = cases.records(caseId);
      const record = records.find(({ meta }) => meta.no === Number(no));
      if (record === undefined) throw new Error("no such record");
      const ports = {
        loadCase: () => Promise.resolve(records),
        getObject: () => Promise.resolve(undefined),
        print: (order: PrintOrder) => Promise.resolve(printOrder(order)),
      };
      return printDelivery(ports, { record, deliveryId });
    },
    view,
  };
};
