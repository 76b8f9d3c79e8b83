type Words = { readonly da: string; readonly en: string };

/** Why an attempt to bring a document did not succeed, besides `http-<status>`: one word each, and what it means. */
const pushCodes = {
  timeout: {
    da: "Modtagerens system svarede ikke i tide.",
    en: "The receiver's system did not answer in time.",
  },
  unreachable: {
    da: "Der er ingen forbindelse til modtagerens system.",
    en: "There is no connection to the receiver's system.",
  },
  "name-unknown": {
    da: "Navnet i modtagerens adresse findes ikke.",
    en: "The name in the receiver's address is not known.",
  },
  "address-forbidden": {
    da: "Adressen er på et internt net, som ikke er tilladt i opsætningen.",
    en: "The address is on an internal network that the settings do not allow.",
  },
  tls: {
    da: "Certifikaterne blev ikke godkendt.",
    en: "The certificates were not accepted.",
  },
  "secret-missing": {
    da: "Hemmeligheden eller certifikatet, som vejviseren nævner, findes ikke i hubben.",
    en: "The secret or certificate that the directory names is not here.",
  },
  "no-responders": {
    da: "Ingen lytter på partnerens emne.",
    en: "Nobody listens on the partner's subject.",
  },
  "document-too-large": {
    da: "Dokumentet er større, end en besked på bussen må være.",
    en: "The document is larger than a message on the bus may be.",
  },
  "answer-unclear": {
    da: "Svaret kunne ikke forstås som et ja eller nej.",
    en: "The answer could not be understood as a yes or a no.",
  },
  "internal-error": { da: "Fejlen er hubbens egen.", en: "The fault is the hub's own." },
} as const satisfies Readonly<Record<string, Words>>;

export type PushCode = keyof typeof pushCodes;

const isKnown = (code: string): code is PushCode => Object.hasOwn(pushCodes, code);

export const wordsOfPush = (code: string): Words => {
  if (isKnown(code)) return pushCodes[code];
  const status = /^http-(\d{3})$/.exec(code)?.[1];
  return status === undefined
    ? pushCodes["internal-error"]
    : { da: `Modtagerens system svarede ${status}.`, en: `The receiver's system answered ${status}.` };
};
