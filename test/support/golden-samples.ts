import type { Organisation } from "../../contracts/messages/directory.ts";
import { who } from "./region-view.ts";

/** A party as a MedCom document names it. */
export type Named = { gln: string; id: string; code: "ydernummer" | "sygehusafdelingsnummer"; name: string };

const orgFrom = ({ gln, id, code, name }: Named): Organisation => ({
  gln,
  name,
  kind: code === "ydernummer" ? "practice" : "department",
  identifiers: code === "ydernummer" ? { ydernummer: id } : { shak: id },
  specialities: [],
  offers: [],
  directNumbers: [],
  substitutes: [],
  channels: [{ standard: "oioxml", transport: "inbox", accepts: ["XDIS91", "XBIN01"], sendsReceipts: true }],
  openingHours: [],
  closingDays: [],
  authority: [],
  operator: [],
  validFrom: "2020-01-01",
});

/** Sender and receiver of each of MedCom's samples, as the sample names them. Two of them fail the check digit. */
export const goldenParties = {
  hilleroed: {
    gln: "5790000120400",
    id: "2001060",
    code: "sygehusafdelingsnummer",
    name: "Hillerød Sygehus",
  },
  laegehuset: { gln: "5790000128700", id: "291714", code: "ydernummer", name: "Lægehuset" },
  klinikken: { gln: "5790000121526", id: "200106", code: "ydernummer", name: "Fys-klinikken" },
  testcenter: { gln: "5790000120314", id: "091034", code: "ydernummer", name: "MedComs testcenter" },
  vedel: { gln: "5790000120420", id: "004391", code: "ydernummer", name: "Læge Vedel" },
  taulov: { gln: "5790000125067", id: "654321", code: "ydernummer", name: "Lægehuset i Taulov" },
  odense: { gln: "5790001659592", id: "461", code: "ydernummer", name: "Odense" },
} as const satisfies Record<string, Named>;

/** The parties of the samples as a directory file. */
export const goldenDirectory = () => ({
  format: "sektorbro-directory",
  version: 1,
  organisations: Object.values(goldenParties).map((party: Named) => ({
    ...orgFrom(party),
    ...(party.id === "461" ? { kind: "municipality", identifiers: {} } : {}),
  })),
});

/** The region with the identifiers that our own example documents write. */
export const exampleDirectory = () => ({
  format: "sektorbro-directory",
  version: 1,
  organisations: [
    orgFrom({ ...practice, id: "061654" }),
    {
      ...orgFrom({ ...department, id: "990110M" }),
      partOf: who.hospital,
      offers: [{ service: "advice", speciality: "med_endokrinologi", validFrom: "2026-01-01" }],
    },
  ],
});

export const practice: Named = {
  gln: who.practice,
  id: "991001",
  code: "ydernummer",
  name: "Lægehuset Åparken",
};
export const otherPractice: Named = {
  gln: who.otherPractice,
  id: "991002",
  code: "ydernummer",
  name: "Lægerne Ved Kirken",
};
export const department: Named = {
  gln: who.endocrinology,
  id: "9901010",
  code: "sygehusafdelingsnummer",
  name: "Regionshospitalet Nordfjord",
};

export type Attached = { id: string; bytes: Uint8Array; extension?: string };

/** What varies between the documents of the tests; whatever is left out is new for each document. */
export type Wish = {
  from?: Named;
  to?: Named;
  letterId?: string;
  envelopeId?: string;
  episode?: string | null;
  cpr?: string;
  surname?: string;
  given?: string;
  subject?: string;
  text?: string;
  wantsReceipt?: boolean;
  encoding?: string;
  corrected?: boolean;
  attached?: readonly Attached[];
};

let counter = 0;
const next = (): number => ++counter;
/** Made-up numbers: 1 January 1965 and a running number, which no one was given. */
export const freshCpr = (): string => `010165${String(next()).padStart(4, "0")}`;
export const freshId = (prefix: string): string => `${prefix}${String(next()).padStart(6, "0")}`;
export const freshEpisode = (): string => next().toString(16).padStart(32, "0");

const envelope = (wish: Wish): string =>
  `<Envelope><Sent><Date>2026-11-23</Date><Time>10:15</Time></Sent>` +
  `<Identifier>${wish.envelopeId ?? freshId("KUV")}</Identifier><AcknowledgementCode>` +
  `${wish.wantsReceipt === false ? "minus" : "plus"}positivkvitt</AcknowledgementCode></Envelope>`;

const party = (element: string, { gln, id, code, name }: Named): string =>
  `<${element}><EANIdentifier>${gln}</EANIdentifier><Identifier>${id}</Identifier>` +
  `<IdentifierCode>${code}</IdentifierCode><OrganisationName>${name}</OrganisationName></${element}>`;

const letter = (wish: Wish, [version, type]: readonly [string, string]): string =>
  `<Letter><Identifier>${wish.letterId ?? freshId("BREV")}</Identifier><VersionCode>${version}</VersionCode>` +
  `<StatisticalCode>${type}</StatisticalCode><Authorisation><Date>2026-11-23</Date><Time>10:12</Time></Authorisation>` +
  `<TypeCode>${type}</TypeCode><StatusCode>${wish.corrected === true ? "rettetbrev" : "nytbrev"}</StatusCode>` +
  (type === "XBIN01" || wish.episode === null
    ? ""
    : `<EpisodeOfCareIdentifier>${wish.episode ?? freshEpisode()}</EpisodeOfCareIdentifier>`) +
  "</Letter>";

const patient = (wish: Wish, rest: string): string =>
  `<Patient><CivilRegistrationNumber>${wish.cpr ?? freshCpr()}</CivilRegistrationNumber>` +
  `<PersonSurnameName>${wish.surname ?? "Prøve-Åsen"}</PersonSurnameName>` +
  `<PersonGivenName>${wish.given ?? "Ægidia"}</PersonGivenName>${rest}</Patient>`;

const parties = (wish: Wish): string =>
  party("Sender", wish.from ?? practice) + party("Receiver", wish.to ?? department);

const emessage = (encoding: string, namespace: string, content: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?>\n` +
  `<Emessage xmlns="http://rep.oio.dk/${namespace}/">${content}</Emessage>`;

const inEncoding = (text: string, encoding: string): Uint8Array =>
  Buffer.from(text, encoding === "UTF-8" ? "utf8" : "latin1");

/** An XDIS91 letter as a MedCom system writes it; without wishes a new question from the practice to the department. */
export const xdis91 = (wish: Wish = {}): Uint8Array => {
  const encoding = wish.encoding ?? "ISO-8859-1";
  const references = (wish.attached ?? []).map(
    ({ id, bytes, extension = "pdf" }) =>
      `<Reference><RefDescription>Bilag</RefDescription><BIN><ObjectIdentifier>${id.replaceAll("-", "")}</ObjectIdentifier>` +
      `<ObjectCode>vektor_grafik</ObjectCode><ObjectExtensionCode>${extension}</ObjectExtensionCode>` +
      `<OriginalObjectSize>${String(bytes.length)}</OriginalObjectSize></BIN></Reference>`,
  );
  const content =
    envelope(wish) +
    `<ClinicalEmail>${letter(wish, ["XD9134L", "XDIS91"])}${parties(wish)}` +
    patient(wish, "<EpisodeOfCareStatusCode>ambulant</EpisodeOfCareStatusCode>") +
    `<AdditionalInformation><Priority>rutine</Priority><Subject>${wish.subject ?? "Forhøjet TSH"}</Subject></AdditionalInformation>` +
    `<ClinicalInformation><Text01>${wish.text ?? "Kære kollega<Break/>Bør hun behandles?"}</Text01></ClinicalInformation>` +
    `${references.join("")}</ClinicalEmail>`;
  return inEncoding(emessage(encoding, "sundcom.dk/medcom.dk/xml/schemas/2006/07/01", content), encoding);
};

/** The attachments of a wish as an XBIN01 of their own. */
export const xbin01 = (wish: Wish): Uint8Array => {
  const objects = (wish.attached ?? []).map(
    ({ id, bytes, extension = "pdf" }) =>
      `<BinaryObject><ObjectIdentifier>${id}</ObjectIdentifier><ObjectCode>vektor_grafik</ObjectCode>` +
      `<ObjectExtensionCode>${extension}</ObjectExtensionCode><OriginalObjectSize>${String(bytes.length)}</OriginalObjectSize>` +
      `<Object_Base64Encoded>${Buffer.from(bytes).toString("base64")}</Object_Base64Encoded></BinaryObject>`,
  );
  const content =
    envelope(wish) +
    `<BinaryLetter>${letter(wish, ["XB0131X", "XBIN01"])}${parties(wish)}${patient(wish, "")}` +
    `${objects.join("")}</BinaryLetter>`;
  const encoding = wish.encoding ?? "ISO-8859-1";
  return inEncoding(emessage(encoding, "medcom.dk/xml/schemas/2012/03/28", content), encoding);
};
