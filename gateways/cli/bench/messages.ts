/** What the bench sends: one realistic question, as a command and as XDIS91, under a new number each time. */
const text =
  "Kvinde på 54 år med hypothyreose gennem otte år. TSH 6,8 og frit T4 11 efter seks uger på uændret dosis. " +
  "Hun har vægtøgning og træthed, ingen hjertebanken. Spørgsmål: skal dosis øges nu, eller skal prøverne gentages først?";

export const asker = "5790000100019";
export const unit = "5790000200016";

export const askPayload = (messageId: string): unknown => ({
  messageId,
  to: { gln: unit },
  patient: {
    cpr: "0101010101",
    surname: "Prøve",
    givenName: "Bænk",
    street: "Bænkevej 1",
    postCode: "9998",
    district: "Nørre Søby",
  },
  subject: "Forhøjet TSH",
  question: text,
});

export const askEnvelope = (messageId: string, time: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      id: `ask:${messageId}`,
      type: "advice.ask",
      version: 1,
      time,
      sender: asker,
      payload: askPayload(messageId),
    }),
  );

const party = ([gln, id, code, name]: readonly [
  gln: string,
  id: string,
  code: string,
  name: string,
]): string =>
  `<EANIdentifier>${gln}</EANIdentifier><Identifier>${id}</Identifier><IdentifierCode>${code}</IdentifierCode><OrganisationName>${name}</OrganisationName>`;

/** XDIS91 (XD9134L) that asks for a positive receipt. `number`: at most ten letters and digits. */
export const xdis91 = (number: string, identifiers: { asker: string; unit: string }): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<Emessage xmlns="http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/2006/07/01/">` +
      `<Envelope><Sent><Date>2026-11-23</Date><Time>09:15</Time></Sent><Identifier>E${number}</Identifier><AcknowledgementCode>pluspositivkvitt</AcknowledgementCode></Envelope>` +
      `<ClinicalEmail><Letter><Identifier>L${number}</Identifier><VersionCode>XD9134L</VersionCode><StatisticalCode>XDIS91</StatisticalCode>` +
      `<Authorisation><Date>2026-11-23</Date><Time>09:14</Time></Authorisation><TypeCode>XDIS91</TypeCode><StatusCode>nytbrev</StatusCode></Letter>` +
      `<Sender>${party([asker, identifiers.asker, "ydernummer", "Lægehuset Åparken"])}<MedicalSpecialityCode>almen_medicin</MedicalSpecialityCode></Sender>` +
      `<Receiver>${party([unit, identifiers.unit, "sygehusafdelingsnummer", "Regionshospitalet Nordfjord"])}</Receiver>` +
      `<Patient><CivilRegistrationNumber>0101010101</CivilRegistrationNumber><PersonSurnameName>Prøve</PersonSurnameName><PersonGivenName>Bænk</PersonGivenName>` +
      `<EpisodeOfCareStatusCode>inaktiv</EpisodeOfCareStatusCode></Patient><AdditionalInformation><Priority>rutine</Priority><Subject>Forhøjet TSH</Subject></AdditionalInformation>` +
      `<ClinicalInformation><Text01>${text}<Break/>Med venlig hilsen<Break/>Læge B. Prøve</Text01></ClinicalInformation></ClinicalEmail></Emessage>`,
    "latin1",
  );

/** What every id of the example message begins with; three digits follow. */
const exampleIds = "5e9f0c1a-7b2d-4e63-8a41-000000000";

/** The example CareCommunication of the house under ids of its own. `number`: from 0. */
export const careCommunication = (example: string, number: number): Buffer =>
  Buffer.from(
    example.replaceAll(exampleIds, exampleIds.slice(0, -9) + (number + 1).toString(16).padStart(9, "0")),
  );
