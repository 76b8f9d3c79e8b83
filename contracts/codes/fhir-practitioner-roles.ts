import { codeSystem, codesIn, type FhirCode, type FhirValueSet, picked, valueSet } from "./fhir-code.ts";

/** Who a person is at work: displays are Danish already (MedCom terminology 2.0.2; guide to MedCom FHIR, section 5). */

export const authorisedRoles: readonly FhirCode[] = codesIn(
  codeSystem("medcom-core-PractitionerRolesAutorisationsregistret"),
  [
    ["ambulancebehandler", "Ambulancebehandler"],
    ["bandagist", "Bandagist"],
    ["behandlerfarmaceut", "Behandlerfarmaceut"],
    ["bioanalytiker", "Bioanalytiker"],
    ["ergoterapeut", "Ergoterapeut"],
    ["fodterapeut", "Fodterapeut"],
    ["fysioterapeut", "Fysioterapeut"],
    ["jordemoder", "Jordemoder"],
    ["kiropraktor", "Kiropraktor"],
    ["kliniskdiaetist", "Kliniskdiætist"],
    ["klinisktandtekniker", "Klinisktandkliniker"],
    ["laege", "Læge"],
    ["optikerogoptometrist", "Optiker og Optometrist"],
    ["osteopat", "Osteopat"],
    ["radiograf", "Radiograf"],
    ["socialogsundhedsassistent", "Social- og sundhedsassistent"],
    ["sygeplejerske", "Sygeplejerske"],
    ["tandlaege", "Tandlæge"],
    ["tandplejer", "Tandplejer"],
  ],
);

/** Among them old misspellings that messages still carry: pyskolog, sygeplejesekretear, socialogsundhedsmehjaelper. */
export const administrativeRoles: readonly FhirCode[] = codesIn(
  codeSystem("medcom-core-PractitionerRolesSKSadministrativ"),
  [
    ["speciallaege", "Speciallæge"],
    ["speciallaegeipraksis", "Speciallæge i praksis"],
    ["cheflaege", "Cheflæge"],
    ["overlaege", "Overlæge"],
    ["afdelingslaege", "Afdelingslæge"],
    ["sygehuslaege", "Sygehuslæge"],
    ["sygeplejerske", "Sygeplejerske"],
    ["sundhedsplejerske", "Sundhedsplejerske"],
    ["socialogsundhedsassistent", "Social- og sundhedsassistent"],
    ["socialogsundhedsmedhjaelper", "Social- og sundhedsmedhjælper"],
    ["socialogsundhedsmehjaelper", "Social- og sundhedsmedhjælper"],
    ["sygehjaelper", "Sygehjælper"],
    ["plejer", "Plejer"],
    ["plejehjemsassistent", "Plejehjemsassistent"],
    ["tandlaege", "Tandlæge"],
    ["klinisktandtekniker", "Klinisk tandtekniker"],
    ["tandplejer", "Tandplejer"],
    ["farmaceut", "Farmaceut"],
    ["apoteker", "Apoteker"],
    ["psykolog", "Psykolog"],
    ["pyskolog", "Psykolog"],
    ["jordemoder", "Jordemoder"],
    ["fysioterapeut", "Fysioterapeut"],
    ["ergoterapeut", "Ergoterapeut"],
    ["bioanalytiker", "Bioanalytiker"],
    ["radiograf", "Radiograf"],
    ["diaetist", "Diætist"],
    ["diaetistassistent", "Diætistassistent"],
    ["audilogiassistent", "Audilogiassistent"],
    ["neurofysiologassistent", "Neurofysiologassistent"],
    ["kiropraktor", "Kiropraktor"],
    ["zoneterapeut", "Zoneterapeut"],
    ["psykoterapeut", "Psykoterapeut"],
    ["audiologopaed", "Audiologopæd"],
    ["laegesekretaer", "Lægesekretær"],
    ["ledendelaegesekretaer", "Ledende lægesekretær"],
    ["sygeplejesekretaer", "Sygeplejesekretær"],
    ["sygeplejesekretear", "Sygeplejesekretær"],
    ["fodterapeut", "Fodterapeut"],
    ["socialraadgiver", "Socialrådgiver"],
    ["ledendesocialraadgiver", "Ledende socialrådgiver"],
    ["laerer", "Lærer"],
    ["paedagog", "Pædagog"],
    ["beskaeftigelsesvejleder", "Beskæftigelsesvejleder"],
    ["bandagist", "Bandagist"],
    ["skomager", "Skomager"],
    ["optiker", "Optiker"],
  ],
);

export const misspeltRoles: ReadonlyMap<string, string> = new Map([
  ["pyskolog", "psykolog"],
  ["sygeplejesekretear", "sygeplejesekretaer"],
  ["socialogsundhedsmehjaelper", "socialogsundhedsmedhjaelper"],
]);

/** Of the register of authorisations the set names those alone that SKS lacks; NAVU: there is no code for it. */
export const practitionerRoles: FhirValueSet = valueSet("medcom-core-PractitionerRoles", [
  ...picked(authorisedRoles, ["ambulancebehandler", "laege", "osteopat"]),
  ...administrativeRoles,
  ...codesIn("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", [
    ["NAVU", "not available", "Ikke oplyst"],
  ]),
]);
