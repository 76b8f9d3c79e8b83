import { checksOf } from "./checks.ts";
import type { Conversation, Step } from "./conversation.ts";

const expect = (standard: "oioxml" | "fhir" | "json", names: string): Step => ({
  does: "expect",
  checks: checksOf(standard, names),
});

const letterReceipt = "fetched receipt positive names-envelope names-message wants-none taken-by-hub";
const messageReceipt = "fetched receipt positive names-message taken-by-hub";
const refused = (code: string): string =>
  `fetched receipt negative names-envelope names-message refuse-code:${code} wants-none`;

const oioxml = ["oioxml"] as const;
const fhir = ["fhir"] as const;

const letters: readonly Conversation[] = [
  {
    id: "letter-receipt",
    standards: oioxml,
    title: { da: "Et brev modtages og kvitteres", en: "A letter is received and receipted" },
    steps: [{ does: "say", what: "question" }, expect("oioxml", letterReceipt)],
  },
  {
    id: "letter-version",
    standards: oioxml,
    title: { da: "Et brev i en ukendt version afvises", en: "A letter of an unknown version is refused" },
    steps: [
      { does: "say", what: "question", change: "version" },
      expect("oioxml", refused("problem_med_version")),
    ],
  },
  {
    id: "letter-receiver",
    standards: oioxml,
    title: { da: "Et brev til en anden afvises", en: "A letter to somebody else is refused" },
    steps: [
      { does: "say", what: "question", change: "receiver" },
      expect("oioxml", refused("problem_med_modtagerID")),
    ],
  },
  {
    id: "letter-cut",
    standards: oioxml,
    title: { da: "Et afbrudt brev afvises", en: "A letter that ends in the middle is refused" },
    steps: [
      { does: "say", what: "question", change: "cut" },
      expect("oioxml", "fetched receipt negative names-envelope refuse-code:syntaksfejl"),
    ],
  },
  {
    id: "letter-twice",
    standards: oioxml,
    title: {
      da: "Et brev, der kommer igen, kvitteres igen",
      en: "A letter that comes again is receipted again",
    },
    steps: [
      { does: "say", what: "question" },
      expect("oioxml", "fetched receipt positive"),
      { does: "repeat" },
      expect("oioxml", "fetched receipt positive names-envelope names-message answered-once"),
    ],
  },
  {
    id: "letter-answer",
    standards: oioxml,
    title: { da: "Et svar finder sin tråd", en: "An answer finds its thread" },
    steps: [
      { does: "say", what: "question" },
      expect("oioxml", "receipt positive answer taken-by-hub in-thread in-case"),
    ],
  },
  {
    id: "attachment-first",
    standards: oioxml,
    title: {
      da: "Bilaget (XBIN01) kommer før sit brev",
      en: "The attachment (XBIN01) comes before its letter",
    },
    steps: [{ does: "say", what: "question-with-attachment" }, expect("oioxml", letterReceipt)],
  },
];

const messages: readonly Conversation[] = [
  {
    id: "message-ok",
    standards: fhir,
    title: { da: "En CareCommunication kvitteres med ok", en: "A CareCommunication is acknowledged with ok" },
    steps: [{ does: "say", what: "question" }, expect("fhir", messageReceipt)],
  },
  {
    id: "message-fatal",
    standards: fhir,
    title: { da: "En meddelelse af ukendt slags afvises", en: "A message of an unknown kind is refused" },
    steps: [
      { does: "say", what: "question", change: "unknown-code" },
      expect("fhir", "fetched receipt negative names-message refuse-code:MSG_VALUESET_VALUE_UNKNOWN"),
    ],
  },
  {
    id: "message-twice",
    standards: fhir,
    title: {
      da: "Samme MessageHeader.id igen behandles ikke igen",
      en: "The same MessageHeader.id is not processed again",
    },
    steps: [
      { does: "say", what: "question" },
      expect("fhir", "fetched receipt positive"),
      { does: "repeat" },
      expect("fhir", "fetched receipt positive names-message answered-once"),
    ],
  },
  {
    id: "stay-corrected",
    standards: fhir,
    kind: "municipality",
    title: {
      da: "En indlæggelse meldes, rettes og annulleres",
      en: "An admission is told of, corrected and cancelled",
    },
    steps: [
      { does: "say", what: "admitted" },
      expect("fhir", messageReceipt),
      { does: "say", what: "corrected" },
      expect("fhir", messageReceipt),
      { does: "say", what: "cancelled" },
      expect("fhir", messageReceipt),
    ],
  },
];

const typed: readonly Conversation[] = [
  {
    id: "advice-answered",
    standards: ["json"],
    title: { da: "Rådgivning spørges og besvares i JSON", en: "Advice is asked and answered in JSON" },
    steps: [
      { does: "say", what: "question" },
      expect("json", "fetched receipt positive answer taken-by-hub in-case"),
    ],
  },
];

/** Every conversation there is, in the order that they are held. */
export const conversations: readonly Conversation[] = [...letters, ...messages, ...typed];
