import type { LossRow } from "./loss-row.ts";

const letter = (touches: readonly string[], da: string, en: string): LossRow => ({
  of: "letter",
  touches,
  da,
  en,
});

/** What an XDIS91 and its XBIN01 say, and a CareCommunication does not. */
export const letterLosses = {
  "letter-number": letter(
    ["letterId", "statisticalCode"],
    "Meddelelsen har sine egne id'er.",
    "The message has ids of its own.",
  ),
  "corrected-in-words": letter(
    ["status", "texts"],
    "At brevet retter et tidligere, står med ord i teksten.",
    "That the letter corrects another stands in words in the text.",
  ),
  "parties-as-organisations": letter(
    ["sender", "receiver"],
    "Af parterne følger GLN, SOR, navn og telefon med; navn, afdeling og enhed er ét felt.",
    "Of the parties GLN, SOR, name and telephone come along; name, department and unit are one field.",
  ),
  "patient-details": letter(
    ["patient.suburb", "patient.occupation"],
    "Borgerens bydel og stilling følger ikke med.",
    "The citizen's suburb and occupation do not come along.",
  ),
  "patient-fields": letter(
    ["patient"],
    "Felter uden synlige tegn udelades, og tegn, som XML ikke kan bære, erstattes.",
    "Fields without visible characters are left out, and characters that XML cannot carry are replaced.",
  ),
  "episode-status": letter(
    ["patient.episodeOfCareStatus"],
    "Status uden forløbs-id følger kun med for døde; røntgenambulant bliver ambulant.",
    "A status without an id of the course comes along only for the dead; ambulatory X-ray becomes ambulatory.",
  ),
  "episode-id": letter(
    ["episodeOfCareId"],
    "Forløbs-id'et skrives uden bindestreger i et brev.",
    "In a letter the id of the course is written without hyphens.",
  ),
  "hour-left-out": letter(
    ["authorised"],
    "Et klokkeslæt i den time, som sommertiden springer over, læses som vintertid.",
    "A time in the hour that summer time leaves out is read by winter time.",
  ),
  "priority-in-words": letter(
    ["priority", "texts"],
    "Høj prioritet uden for henvisninger står med ord i teksten; rutine har intet felt.",
    "High priority outside referrals stands in words in the text; routine has no field.",
  ),
  "subject-with-category": letter(
    ["subject"],
    "Emnet får kategorien »Andet« foran; et brev uden emne får »Ukendt emne«.",
    "The subject gets the category `Andet` before it; a letter without one gets `Ukendt emne`.",
  ),
  formatting: letter(
    ["texts"],
    "Teksten er ren tekst: fed, kursiv og faste bredder falder bort.",
    "The text is plain: bold, italics and fixed widths fall away.",
  ),
  "text-blocks": letter(["texts"], "Brevets tekstblokke er én tekst.", "The blocks of text are one text."),
  "text-characters": letter(
    ["texts", "subject", "references"],
    "Tegn, som XML ikke kan bære, erstattes; en tom tekst bliver »Ingen tekst.«",
    "Characters that XML cannot carry are replaced; an empty text becomes `Ingen tekst.`",
  ),
  "reference-sup": letter(
    ["references", "texts"],
    "En henvisning til supplerende materiale (SUP) står i teksten.",
    "A reference to supplementary material (SUP) stands in the text.",
  ),
  "reference-content": letter(
    ["references"],
    "Bilagets art og størrelse følger af indholdet.",
    "What kind of thing an attachment is, and its size, follow from its content.",
  ),
  "attachment-missing": letter(
    ["references", "texts"],
    "Et bilag, hvis indhold ikke er kommet, er nævnt i teksten.",
    "An attachment whose content has not come is named in the text.",
  ),
  "attachment-type": letter(
    ["references", "texts"],
    "Bilag af en type, som FHIR-meddelelsen ikke tillader, er nævnt i teksten.",
    "Attachments of a type that the FHIR message does not allow are named in the text.",
  ),
  "reference-url": letter(
    ["references", "texts"],
    "Blanktegn i en adresse er kodet; en adresse, der ikke viser, hvilken type fil den fører til, står i teksten.",
    "Blanks in an address are encoded; an address that does not show which type of file it leads to stands in the text.",
  ),
} as const satisfies Readonly<Record<string, LossRow>>;
