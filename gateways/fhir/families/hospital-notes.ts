import { type Problem, warning } from "../../../contracts/problem.ts";

/**
 * What a HospitalNotification says and a stay has no field for, by its code: kept with the command as warnings. The message
 * itself is kept whole beside it.
 */
const meanings = {
  "answer-elsewhere": [
    "MessageHeader.extension",
    "Answers go to whoever told, not to another number. / Svar går til den, der sendte advis, ikke til et andet lokationsnummer.",
  ],
  "report-not-asked-for": [
    "MessageHeader.extension",
    "A report of admission is asked for when a stay begins, and not by this notification. / Indlæggelsesrapport ønskes, når et ophold begynder, og ikke ved dette advis.",
  ],
  "ward-unknown": [
    "Encounter.serviceProvider",
    "The ward is not known here by a GLN: whoever told stands for it. / Afdelingen kendes ikke her på et lokationsnummer: afsenderen står for den.",
  ],
  "event-time-missing": [
    "Encounter.period",
    "When it happened is not told: it is taken for the time when it was sent. / Det er ikke oplyst, hvornår det skete: tidspunktet for afsendelsen bruges.",
  ],
  "names-too-long": [
    "Patient.name",
    "The name is longer than there is room for, and stands in the message alone. / Navnet er længere, end der er plads til, og står kun i meddelelsen.",
  ],
  "in-message-alone": [
    "Patient",
    "What is told of the citizen beyond number and name stands in the message alone. / Andet om borgeren end nummer og navn står kun i meddelelsen.",
  ],
  "death-with-correction": [
    "Patient.deceasedBoolean",
    "The message corrects an event and tells a death: the death is noted, the correction is not. / Meddelelsen retter en hændelse og melder dødsfald: dødsfaldet er noteret, rettelsen er ikke.",
  ],
  "about-unknown": [
    "Provenance.entity",
    "The message does not say which notification it corrects or takes back, and none is known: it changes nothing. / Meddelelsen siger ikke, hvilket advis den retter eller annullerer, og der kendes intet: den ændrer ikke noget.",
  ],
} as const satisfies Readonly<Record<string, readonly [path: string, text: string]>>;

export type HospitalNote = keyof typeof meanings;

export const noteOf = (code: HospitalNote): Problem => {
  const [path, text] = meanings[code];
  return warning(path, code, text);
};
