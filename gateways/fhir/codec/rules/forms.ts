import { isGln } from "../../../../contracts/identifiers.ts";
import type { Form } from "./rule.ts";

/** How values are written (guide to MedCom FHIR, sections 2 and 3; the invariants of medcom-core 4.0.0 where one is named). */

const matching = (pattern: RegExp): Form["fits"] => {
  return (text) => pattern.test(text);
};

/** Days of each month, 29 February in every year: invariant `cpr`. */
const date =
  "(?:(?:0[1-9]|[12][0-9]|3[01])(?:01|03|05|07|08|10|12)|(?:0[1-9]|[12][0-9]|30)(?:04|06|09|11)|(?:0[1-9]|[12][0-9])02)[0-9]{2}";

/** Modulus 11 has not been asked since 2007. */
export const cpr: Form = {
  fits: matching(new RegExp(`^${date}[0-9]{4}$`)),
  code: "value-form",
  says: {
    en: "A CPR number is ten digits that begin with a date (ddmmyy).",
    da: "Et CPR-nummer er ti cifre, der begynder med en dato (ddmmåå).",
  },
};
/** Invariant `x-ecpr`. */
export const nationalReplacement: Form = {
  fits: matching(new RegExp(`^${date}[17][A-Z]{2}[0-9]$`)),
  code: "value-form",
  says: {
    en: "A national replacement number is a date, 1 or 7, two letters and a digit.",
    da: "Et nationalt erstatnings-CPR er en dato, 1 eller 7, to bogstaver og et ciffer.",
  },
};
/** Invariant `d-ecpr`. */
export const regionalReplacement: Form = {
  fits: matching(new RegExp(`^${date}[056][A-Z]{2}[0-9]$`)),
  code: "value-form",
  says: {
    en: "A regional replacement number is a date, 0, 5 or 6, two letters and a digit.",
    da: "Et regionalt erstatnings-CPR er en dato, 0, 5 eller 6, to bogstaver og et ciffer.",
  },
};

/** Invariant `min-digits-sor`; MedCom asks for no check digit. */
export const sor: Form = {
  fits: matching(/^[0-9]{11,}$/),
  code: "value-form",
  says: { en: "A SOR code is at least 11 digits.", da: "En SOR-kode er mindst 11 cifre." },
};

export const gln: Form = {
  fits: matching(/^[0-9]{13}$/),
  code: "value-form",
  says: {
    en: "A GLN (lokationsnummer) is 13 digits.",
    da: "Et lokationsnummer (GLN) er 13 cifre.",
  },
};
/** Of what is thirteen digits; real addresses break it, so it only warns (contracts/identifiers.ts, Address). */
export const glnCheckDigit: Form = {
  fits: (text) => !gln.fits(text) || isGln(text),
  code: "identifier-unusual",
  says: {
    en: "The GLN fails its check digit.",
    da: "Lokationsnummerets kontrolciffer passer ikke.",
  },
};

export const ydernummer: Form = {
  fits: matching(/^[0-9]{6}$/),
  code: "value-form",
  says: {
    en: "A ydernummer is six digits; keep the leading zero.",
    da: "Et ydernummer er seks cifre; behold det foranstillede nul.",
  },
};

const hex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** Invariant `medcom-uuidv4`: its pattern asks for no version, and MedCom's own examples carry others. */
export const uuidUrn: Form = {
  fits: matching(new RegExp(`^urn:uuid:${hex}$`)),
  code: "value-form",
  says: {
    en: "The identifier is urn:uuid: and a UUID in lower case.",
    da: "Identifikationen er urn:uuid: og et UUID med små bogstaver.",
  },
};
/** Invariant `uuidv5`. The protocol's own positive files carry version 4 (TEK_ID_LPR3, TEK_ID_2): it only warns. */
export const lpr3: Form = {
  fits: matching(/^urn:uuid:[a-f0-9]{8}-[a-f0-9]{4}-5[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$/i),
  code: "identifier-unusual",
  says: {
    en: "An LPR3 course is urn:uuid: and a UUID of version 5.",
    da: "Et LPR3-forløbselement er urn:uuid: og et UUID af version 5.",
  },
};
/** G11: ids are UUIDs by the rules, and not in MedCom's examples. */
export const uuid: Form = {
  fits: matching(new RegExp(`^${hex}$`, "i")),
  code: "identifier-unusual",
  says: { en: "The id is not a UUID.", da: "Id'et er ikke et UUID." },
};

/** G9: every time carries its offset. */
export const zonedTime: Form = {
  fits: matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/),
  code: "time-without-zone",
  says: {
    en: "Give date, time and offset from UTC.",
    da: "Angiv dato, klokkeslæt og afvigelse fra UTC.",
  },
};

/** Invariant `medcom-core-contact`, whose pattern is not anchored: a digit or a hyphen is enough. */
export const phone: Form = {
  fits: matching(/[-0-9]/),
  code: "value-form",
  says: { en: "A telephone number has digits.", da: "Et telefonnummer har cifre." },
};

export const atMost = (length: number): Form => ({
  fits: (text) => text.length <= length,
  code: "value-length",
  says: { en: `At most ${length} characters.`, da: `Højst ${length} tegn.` },
});

/** In UTF-8, as MedCom counts a report's conclusion: 1 MB. */
export const atMostBytes = (bytes: number): Form => ({
  fits: (text) => text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes,
  code: "value-length",
  says: { en: `At most ${bytes} bytes.`, da: `Højst ${bytes} byte.` },
});
