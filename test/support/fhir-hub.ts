import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import { readAcknowledgement } from "../../gateways/fhir/codec/acknowledgement.ts";
import { printFhir } from "../../gateways/fhir/codec/model/print-fhir.ts";
import { type FhirFormat, readFhir } from "../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { startFhir } from "../../gateways/fhir/main.ts";
import { newId } from "../../infra/ids.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startDischarge } from "../../services/discharge/main.ts";
import { startObservation } from "../../services/observation/main.ts";
import { eventually } from "./eventually.ts";
import { type Answer, type GatewayHub, startGatewayHub } from "./hub-client.ts";

/** A department whose system speaks FHIR in XML, and a municipality whose system speaks it in JSON. */
export const clinic = { gln: "5790002001512", sor: "999081000016005", name: "Prøveklinikken" };
export const town = { gln: "5790002001529", sor: "999141000016003", name: "Prøveby Kommune" };
const organisation = (
  { gln, sor, name }: { gln: string; sor: string; name: string },
  kind: Organisation["kind"],
  format: FhirFormat,
): Organisation => ({
  gln,
  name,
  kind,
  identifiers: { sor, ...(kind === "municipality" ? { municipalityCode: "0101" } : {}) },
  specialities: [],
  offers: [],
  directNumbers: [],
  substitutes: [],
  channels: [{ standard: "fhir", transport: "inbox", format, accepts: ["*"], sendsReceipts: true }],
  openingHours: [],
  closingDays: [],
  authority: [],
  operator: [],
  validFrom: "2026-01-01",
});

export const fhirDirectory = {
  format: "sektorbro-directory",
  version: 1,
  organisations: [organisation(clinic, "department", "xml"), organisation(town, "municipality", "json")],
};

export const bundleIn = (bytes: Uint8Array): FhirResource => {
  const document = readFhir(bytes);
  if (!document.ok) throw new Error(document.problems.map(({ code, path }) => `${path} ${code}`).join());
  return document.resource;
};
export const answerIn = ({ bytes }: Answer) => readAcknowledgement(bundleIn(bytes)).message;
/** A thread of its own with each message, or the messages of all tests would be one conversation. */
export const ids = (): { bundleId: string; headerId: string; thread: string } => ({
  bundleId: newId(),
  headerId: newId(),
  thread: `urn:uuid:${newId()}`,
});

export const caseOf = (answer: Answer): string => answer.header("sektorbro-case") ?? "";

/** A hub with the gateway of FHIR, whose directory has the two. */
export type FhirHub = GatewayHub & {
  sendMessage: (from: string, bundle: FhirResource, format?: FhirFormat) => Promise<Answer>;
  /** The first document of a type that the inbox has of a case. */
  fetched: (gln: string, caseId: string, type: string) => Promise<Answer>;
};

type Start = (platform: Platform) => Part | Promise<Part>;
/** `gateway`: the gateway of FHIR, where a test starts and stops it itself. */
type Rules = { receipts?: ReceiptRules; attachments?: AttachmentRules; gateway?: Start };

export const startFhirHub = async ({
  receipts,
  attachments,
  gateway = (platform) => startFhir(platform),
}: Rules = {}): Promise<FhirHub> => {
  const families = [startDischarge, startObservation, gateway];
  const hub = await startGatewayHub(undefined, receipts, families, attachments);
  const imported = await hub.operator.post("/v1/directory/import", fhirDirectory);
  if (imported.status !== 200) throw new Error(imported.text);
  return {
    ...hub,
    sendMessage: async (from, bundle, format = "xml") =>
      (await hub.as(from)).send(printFhir(bundle, format), { "content-type": `application/fhir+${format}` }),
    fetched: (gln, caseId, type) =>
      eventually(async () => {
        const items = await hub.inboxOf(gln, caseId);
        const item = items.find(({ documentType }) => documentType === type);
        return item === undefined ? undefined : (await hub.as(gln)).get(`/v1/inbox/${item.deliveryId}`);
      }, `${type} in the inbox of ${gln}`),
  };
};
