import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { FhirCorrespondent } from "../../contracts/fhir/parts.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import { printFhir } from "../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirFormat } from "../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { startFhir } from "../../gateways/fhir/main.ts";
import { startDischarge } from "../../services/discharge/main.ts";
import { startObservation } from "../../services/observation/main.ts";
import { eventually } from "./eventually.ts";
import type { FhirParty } from "./fhir-bundle-parts.ts";
import { type Answer, type GatewayHub, startGatewayHub } from "./hub-client.ts";

/** Made-up organisations of which each has its documents in another envelope. */
export const ward = { gln: "5790002001512", sor: "999081000016005", name: "Prøveklinikken" };
export const town = { gln: "5790002001529", sor: "999141000016003", name: "Prøveby Kommune" };
export const nurses = { gln: "5790002001536", sor: "999151000016000", name: "Akutteam Prøveby" };
export const surgery = {
  gln: "5790002001543",
  sor: "999011000016000",
  name: "Lægerne Prøvevej",
  ydernummer: "991001",
};

/** A correspondent of a message, as an organisation of the directory. */
export const asParty = ({ gln, sor, name, ydernummer }: FhirCorrespondent): FhirParty => ({
  gln,
  sor,
  name: name ?? "Prøveenheden",
  ...(ydernummer === undefined ? {} : { ydernummer }),
});

export const organisation = (
  { gln, sor, name, ydernummer }: FhirParty,
  kind: Organisation["kind"],
  envelope: EnvelopeKind,
  { format = "xml", transport = "inbox" }: { format?: FhirFormat; transport?: Transport } = {},
): Organisation => ({
  gln,
  name,
  kind,
  identifiers: {
    sor,
    ...(ydernummer === undefined ? {} : { ydernummer }),
    ...(kind === "municipality" || kind === "acuteTeam" ? { municipalityCode: "0101" } : {}),
  },
  specialities: [],
  offers: [],
  directNumbers: [],
  substitutes: [],
  channels: [
    { standard: "fhir", accepts: ["*"], sendsReceipts: true, envelope, format, transport },
    { standard: "json", transport: "inbox", accepts: ["*"], sendsReceipts: true },
  ],
  openingHours: [],
  closingDays: [],
  authority: [],
  operator: [],
  validFrom: "2026-01-01",
});

type Transport = Organisation["channels"][number]["transport"];

/** All of them, reached by HTTP or by folder. */
export const envelopeRegion = (transport: Transport) => ({
  format: "sektorbro-directory",
  version: 1,
  organisations: [
    organisation(ward, "department", "vans", { transport }),
    organisation(town, "municipality", "vans", { format: "json", transport }),
    organisation(nurses, "acuteTeam", "sbdh", { transport }),
    organisation(surgery, "practice", "sbdh", { transport }),
  ],
});

export type EnvelopeHub = GatewayHub & {
  /** Sends what came in an envelope, and asks for the answer in one too. */
  sendIn: (kind: EnvelopeKind, from: string, document: Uint8Array) => Promise<Answer>;
  /** The first document of a type that the inbox has of a case. */
  fetched: (gln: string, caseId: string, type: string) => Promise<{ deliveryId: string; document: Answer }>;
};

export const bytesOf = (bundle: FhirResource, format: FhirFormat): Uint8Array => printFhir(bundle, format);

export const startEnvelopeHub = async (): Promise<EnvelopeHub> => {
  const hub = await startGatewayHub(undefined, undefined, [startDischarge, startObservation, startFhir]);
  const imported = await hub.operator.post("/v1/directory/import", envelopeRegion("inbox"));
  if (imported.status !== 200) throw new Error(imported.text);
  return {
    ...hub,
    sendIn: async (kind, from, document) =>
      (await hub.as(from)).send(document, { "content-type": "application/xml", "sektorbro-answer": kind }),
    fetched: (gln, caseId, type) =>
      eventually(async () => {
        const items = await hub.inboxOf(gln, caseId);
        const item = items.find(({ documentType }) => documentType === type);
        if (item === undefined) return undefined;
        const { deliveryId } = item;
        return { deliveryId, document: await (await hub.as(gln)).get(`/v1/inbox/${deliveryId}`) };
      }, `${type} in the inbox of ${gln}`),
  };
};
