import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import { eanPoint } from "../../gateways/envelopes/vans/wrap-vans.ts";
import { printFhir } from "../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { newId } from "../../infra/ids.ts";
import { inEnvelope } from "./enveloped.ts";
import { careCommunication } from "./fhir-bundles.ts";
import { department, freshCpr, freshId, type Named, practice, xdis91 } from "./golden-samples.ts";
import { wrapInVans } from "./printing.ts";

/** The ways in which a message comes, each with an outer id (of an envelope, or a Bundle.id) and an id of the message. */
export const kinds = ["oioxml", "oioxml in vans", "fhir", "fhir in vans", "fhir in sbdh"] as const;
export type Kind = (typeof kinds)[number];

/** One message: its ids are its own for ever. `to` nobody: a rule says no. */
export type Message = {
  kind: Kind;
  isWrong: boolean;
  cpr: string;
  letterId: string;
  emessage: string;
  headerId: string;
  thread: string;
  inner: string;
};
export const aMessage = (kind: Kind, isWrong: boolean): Message => ({
  kind,
  isWrong,
  cpr: freshCpr(),
  letterId: freshId("RAEK"),
  emessage: freshId("KUVR"),
  headerId: newId(),
  thread: `urn:uuid:${newId()}`,
  inner: newId(),
});

export const ward = { gln: "5790002001512", sor: "999081000016005", name: "Prøveklinikken" };
export const town = { gln: "5790002001529", sor: "999141000016003", name: "Prøveby Kommune" };
const nobody = { gln: "5790002999992", sor: "999149000016009", name: "Prøveby Intet" };
const noDepartment: Named = { ...department, gln: "5790000999998" };

const letterOf = ({ isWrong, cpr, letterId, emessage }: Message, text: string): Uint8Array =>
  xdis91({
    letterId,
    envelopeId: emessage,
    episode: null,
    cpr,
    text,
    ...(isWrong ? { to: noDepartment } : {}),
  });

const bundleOf = ({ isWrong, headerId, thread }: Message, bundleId: string, text: string): Uint8Array => {
  const bundle = careCommunication({ bundleId, headerId, thread, from: ward, to: isWrong ? nobody : town });
  const said = JSON.stringify(bundle).replace(/"title":"[^"]*"/, `"title":"${text}"`);
  return printFhir(JSON.parse(said) as FhirResource, "xml");
};

/** As it is sent: in which outer one, and what it says. */
export const asSent = (message: Message, outer: string, text = "Kan vi få et svar?"): Uint8Array => {
  const ids = { envelope: outer, message: message.inner };
  switch (message.kind) {
    case "oioxml":
      return letterOf(message, text);
    case "oioxml in vans":
      return wrapInVans(letterOf(message, text), {
        sender: eanPoint(practice.gln),
        receiver: eanPoint(message.isWrong ? noDepartment.gln : department.gln),
        ids,
        at: "2026-11-23T09:15:05.000Z",
        type: "XDIS91",
        version: "XD9134L",
        reliable: true,
      });
    case "fhir":
      return bundleOf(message, outer, text);
    case "fhir in vans":
    case "fhir in sbdh":
      return inEnvelope(envelopeOf(message.kind), bundleOf(message, message.inner, text), { ids });
  }
};
const envelopeOf = (kind: "fhir in vans" | "fhir in sbdh"): EnvelopeKind =>
  kind === "fhir in vans" ? "vans" : "sbdh";

export const senderOf = (kind: Kind): string => (kind.startsWith("oioxml") ? practice.gln : ward.gln);
export const receiverOf = (kind: Kind): string => (kind.startsWith("oioxml") ? department.gln : town.gln);
export const mediaTypeOf = (kind: Kind): string =>
  kind === "fhir" ? "application/fhir+xml" : "application/xml";

export type Said = "positive" | "negative" | "nothing" | "both";

/** What the receipts of a document say, whichever standard's; `refused`: people were told why, where the standard has no word for it. */
export const saidIn = (receipts: readonly string[], refused: boolean): Said => {
  const text = receipts.join("\n");
  const yes = /<StatisticalCode>XCTL03|<PositiveMessage|code value="ok"/.test(text);
  const no =
    /<StatisticalCode>XCTL02|<NegativeMessage|<NegativeVans|code value="(fatal|transient)-error"/.test(text);
  if (yes && no) return "both";
  if (yes) return "positive";
  return no || refused ? "negative" : "nothing";
};

/** A row of the tables: what comes after a message that was accepted, or refused, and what is said then. */
export type Row = {
  name: string;
  make: (first: Message, outer: string) => Uint8Array;
  of: (kind: Kind) => boolean;
  /** After the first was accepted; after one that was refused nothing is ever positive. */
  said: (kind: Kind) => Said;
};

const isEnveloped = (kind: Kind): boolean => kind !== "oioxml";

/** Guide to OIOXML, section 10; guide to MedCom FHIR, section 8.1. */
export const rows: readonly Row[] = [
  {
    name: "the same once more",
    make: (m, outer) => asSent(m, outer),
    of: () => true,
    said: () => "positive",
  },
  {
    name: "the same in a new envelope",
    make: (m) => asSent(m, newId()),
    of: isEnveloped,
    said: () => "positive",
  },
  {
    name: "another message in the envelope that was used",
    make: ({ kind }, outer) => asSent(aMessage(kind, false), outer),
    of: isEnveloped,
    said: () => "negative",
  },
  {
    name: "other content under the same id",
    make: (m) => asSent(m, newId(), "Noget helt andet"),
    of: () => true,
    // FHIR keeps to what it answered first, and says beside it that this was not taken.
    said: (kind) => (kind.startsWith("fhir") ? "positive" : "negative"),
  },
];
