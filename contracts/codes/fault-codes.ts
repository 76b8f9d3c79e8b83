import { ask, type Meaning, retry } from "./fate.ts";

/** What can fail beneath the hub, or in it. */
export const faultCodes = {
  // faults
  "journal-unavailable": retry("The journal cannot be reached.", "Journalen kan ikke nås."),
  "journal-timeout": ask("The journal did not confirm in time.", "Journalen bekræftede ikke i tide."),
  "journal-full": retry("The journal has no room.", "Der er ikke plads i journalen."),
  "journal-busy": retry("The case changed too often meanwhile.", "Sagen blev ændret for ofte undervejs."),
  "index-unavailable": retry("The index (Redis) cannot be reached.", "Indekset (Redis) kan ikke nås."),
  "rebuild-underway": retry(
    "This index is being made anew already.",
    "Dette indeks er allerede ved at blive genopbygget.",
  ),
  "record-unreadable": ask(
    "A record of the journal cannot be read; an operator has been told.",
    "En post i journalen kan ikke læses; driften har fået besked.",
  ),
  "record-version-unknown": ask(
    "The journal holds a record of a version that this program does not know.",
    "Journalen indeholder en post i en version, som dette program ikke kender.",
  ),
  "projection-failed": ask(
    "A record of the journal could not be taken into an index; an operator has been told.",
    "En post i journalen kunne ikke indgå i et indeks; driften har fået besked.",
  ),
  "issuer-unavailable": retry(
    "Whoever issued this token cannot be asked for its keys now.",
    "Udstederen af dette adgangstoken kan ikke spørges om sine nøgler lige nu.",
  ),
  "audit-unavailable": retry(
    "Who looks at what cannot be kept now, so nothing is shown.",
    "Opslaget kan ikke noteres lige nu, og derfor vises intet.",
  ),
  "hub-busy": retry(
    "The hub has more waiting than it can take in now.",
    "Broen har mere i kø, end den kan nå lige nu.",
  ),
  "service-unavailable": retry(
    "The service that decides this is not running.",
    "Tjenesten, der afgør dette, kører ikke.",
  ),
  "answer-late": ask(
    "The document is kept safe, but its answer is not ready; send it again to get it.",
    "Dokumentet er gemt, men svaret er ikke klar; send igen for at få det.",
  ),
  "internal-error": ask(
    "Something broke here; an operator has been told.",
    "Der opstod en fejl; driften har fået besked.",
  ),
} as const satisfies Record<string, Meaning>;
