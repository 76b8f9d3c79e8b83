import type { Check, CheckName } from "./conversation.ts";

const receipts = {
  document: "MedCom OIOXML, Kvittering XCTL01-03 (2005/08/07)",
  section: "OriginalEmessage",
};
const refusals = { document: "MedCom OIOXML, Kvittering XCTL02 (2005/08/07)", section: "RefuseCode" };
const letters = { document: "MedCom, Governance for episode of care identifiers", section: "080" };
const acknowledgements = { document: "MedCom Acknowledgement 2.0, Governance 040", section: "KR1-KR7" };
const reliable = {
  document: "MedCom FHIR, Reliable messaging (043)",
  section: "MR8; decision table of the receiver",
};
const hub = { document: "Sektorbro, gateways/http", section: "POST /v1/inbox/{deliveryId}/receipt" };

type Words = Pick<Check, "tells" | "cure">;

/** What each check tells, and what to do where it fails. */
const words: Readonly<Record<CheckName, Words>> = {
  fetched: {
    tells: { da: "Dokumentet hentes", en: "The document is fetched" },
    cure: {
      da: "Læs indbakken (GET /v1/inbox) mindst hvert minut, og hent det, der venter.",
      en: "Read the inbox (GET /v1/inbox) at least every minute, and fetch what waits.",
    },
  },
  receipt: {
    tells: { da: "Der kvitteres", en: "A receipt is given" },
    cure: {
      da: "Send kvitteringen, så snart dokumentet er sikret hos jer: uden den sendes det igen, og afsenderen får besked om, at det ikke vides at være nået frem.",
      en: "Send the receipt as soon as the document is safe with you: without it the document is sent again, and its sender is told that nobody knows whether it arrived.",
    },
  },
  positive: {
    tells: { da: "Kvitteringen er positiv", en: "The receipt is positive" },
    cure: {
      da: "Dokumentet følger standarden og er til jer. Se i kvitteringens begrundelse, hvad jeres system mener er galt.",
      en: "The document keeps the standard and is for you. See in the reason of the receipt what your system holds against it.",
    },
  },
  negative: {
    tells: { da: "Kvitteringen er negativ", en: "The receipt is negative" },
    cure: {
      da: "Dokumentet har en fejl og må ikke kvitteres som modtaget: afsenderen ville tro, at det er læst.",
      en: "The document has a fault and must not be receipted as taken: its sender would believe that it is read.",
    },
  },
  "names-envelope": {
    tells: { da: "Den nævner kuvertens nummer", en: "It names the envelope" },
    cure: {
      da: "OriginalEnvelopeIdentifier skal være Envelope/Identifier af det dokument, der kvitteres for, også når det er sendt igen i en ny kuvert.",
      en: "OriginalEnvelopeIdentifier is to be Envelope/Identifier of the document that is receipted, also when it was sent again in a new envelope.",
    },
  },
  "names-message": {
    tells: { da: "Den nævner meddelelsens nummer", en: "It names the message" },
    cure: {
      da: "OriginalLetterIdentifier er brevets Letter/Identifier; i FHIR er response.identifier meddelelsens MessageHeader.id, ikke Bundle.id.",
      en: "OriginalLetterIdentifier is Letter/Identifier of the letter; in FHIR response.identifier is MessageHeader.id of the message, not Bundle.id.",
    },
  },
  "refuse-code": {
    tells: { da: "Den rigtige afvisningskode", en: "The right refuse code" },
    cure: {
      da: "Afsenderens system vælger efter koden, hvad der skal rettes. Brug den, der hører til fejlen, og ikke den uspecificerede.",
      en: "The sender's system goes by the code to find what to mend. Use the one that belongs to the fault, not the unspecified one.",
    },
  },
  "wants-none": {
    tells: { da: "Den beder ikke selv om kvittering", en: "It asks for no receipt itself" },
    cure: {
      da: "Kvitteringer har AcknowledgementCode minuspositivkvitt: ellers kvitteres der for kvitteringer uden ende.",
      en: "Receipts have AcknowledgementCode minuspositivkvitt: else receipts are receipted without end.",
    },
  },
  "taken-by-hub": {
    tells: { da: "Knudepunktet kunne tage den", en: "The hub could take it" },
    cure: {
      da: "Dokumentet blev afvist. Svaret på jeres kald siger hvorfor, felt for felt; `sektorbro parse` siger det samme uden et knudepunkt.",
      en: "The document was refused. The answer to your call says why, field by field; `sektorbro parse` says the same without a hub.",
    },
  },
  answer: {
    tells: { da: "Der svares på spørgsmålet", en: "The question is answered" },
    cure: {
      da: "Svar i jeres system, som en bruger ville gøre, inden tiden er gået (--within).",
      en: "Answer in your system, as a user would, before the time has gone (--within).",
    },
  },
  "in-thread": {
    tells: { da: "Svaret bærer forløbets id", en: "The answer carries the thread's id" },
    cure: {
      da: "EpisodeOfCareIdentifier fra spørgsmålet skal stå uændret i svaret.",
      en: "EpisodeOfCareIdentifier of the question is to stand unchanged in the answer.",
    },
  },
  "in-case": {
    tells: { da: "Svaret finder sin sag", en: "The answer finds its case" },
    cure: {
      da: "Svaret blev en ny sag. Det skal gå til den, der spurgte, om samme borger og i samme tråd.",
      en: "The answer became another case. It is to go to whoever asked, about the same citizen and in the same thread.",
    },
  },
  "answered-once": {
    tells: { da: "Det, der kom to gange, behandles én gang", en: "What came twice is processed once" },
    cure: {
      da: "Kend et dokument på afsender og meddelelsens nummer, ikke på kuverten, og gem svaret: den samme kvittering igen, men intet nyt.",
      en: "Know a document by its sender and the message's number, not by its envelope, and keep the answer: the same receipt again, and nothing new.",
    },
  },
};

const sections: Readonly<Record<"oioxml" | "fhir" | "json", Partial<Record<CheckName, Check["section"]>>>> = {
  oioxml: { "refuse-code": refusals, answer: letters, "in-thread": letters, "in-case": letters },
  fhir: { "answered-once": reliable, fetched: reliable },
  json: {},
};
const usual = { oioxml: receipts, fhir: acknowledgements, json: hub } as const;

/** Checks by their names, with the section of a standard that each is held by; `refuse-code:CODE` awaits that code. */
export const checksOf = (standard: "oioxml" | "fhir" | "json", names: string): Check[] =>
  names.split(" ").flatMap((text) => {
    const [name, code] = text.split(":");
    const check = checkNames.find((one) => one === name);
    if (check === undefined) throw new RangeError(`There is no check called ${text}.`);
    const section = sections[standard][check] ?? usual[standard];
    return [{ check, section, ...words[check], ...(code === undefined ? {} : { code }) }];
  });

const isCheckName = (name: string): name is CheckName => Object.hasOwn(words, name);
const checkNames: readonly CheckName[] = Object.keys(words).filter(isCheckName);
