import { oioxmlTypes } from "../../../../contracts/codes/oioxml-types.ts";
import type { Words } from "../../../pages/words.ts";
import { specialityWords } from "./specialities.ts";
import { titles } from "./titles.ts";

type Codes = ReadonlyMap<string, Words>;
const codes = (rows: Readonly<Record<string, Words>>): Codes => new Map(Object.entries(rows));

/** What a file is, by its extension, as far as it says more than the extension itself. */
const extensions: Codes = new Map(
  "pcx tiff jpeg gif bmp png mpg dcm scp txt rtf doc xls wpd exe pdf wav avi mid rmi com zip bin inh plo fnx"
    .split(" ")
    .map((name): [string, Words] => [name, [name.toUpperCase(), name.toUpperCase()]]),
);

const typeTitles: Codes = new Map(
  oioxmlTypes.flatMap(({ type, root }): [string, Words][] => {
    const title = titles.get(root);
    return title === undefined ? [] : [[type, [`${title[0]} (${type})`, `${title[1]} (${type})`]]];
  }),
);

const trueOrFalse = codes({
  true: ["Ja", "Yes"],
  false: ["Nej", "No"],
  "1": ["Ja", "Yes"],
  "0": ["Nej", "No"],
});

const asWritten = (...values: readonly string[]): Codes =>
  new Map(values.map((value): [string, Words] => [value, [value, value]]));

/** What each closed list's values mean, by the element that holds them (MedCom ValueLists.xsd). */
export const codeWords: ReadonlyMap<string, Codes> = new Map<string, Codes>([
  [
    "AcknowledgementCode",
    codes({
      pluspositivkvitt: ["Positiv kvittering ønskes", "A positive receipt is wanted"],
      minuspositivkvitt: ["Positiv kvittering ønskes ikke", "No positive receipt is wanted"],
    }),
  ],
  [
    "ActionPriorityCode",
    codes({
      Akut: ["Akut", "Urgently"],
      Subakut: ["Subakut", "Soon (sub-acute)"],
      Rutine: ["Rutine", "Routinely"],
    }),
  ],
  [
    "CategoryCode",
    codes({
      social: ["Social", "Social services"],
      aeldre_omsorg: ["Ældre og omsorg", "Elderly care"],
      sundhedspleje: ["Sundhedspleje", "Health visiting"],
    }),
  ],
  [
    "DiagnoseDescriptionCode",
    codes({
      uspec_diagnose: ["Uspecificeret diagnose", "Unspecified diagnosis"],
      henv_diagnose: ["Henvisningsdiagnose", "Referral diagnosis"],
      henv_diagnose_ny_sygdom: ["Henvisningsdiagnose, ny sygdom", "Referral diagnosis, new illness"],
      henv_diagnose_samme_sygdom: ["Henvisningsdiagnose, samme sygdom", "Referral diagnosis, same illness"],
      bidiagnose: ["Bidiagnose", "Secondary diagnosis"],
      tillaegsdiagnose: ["Tillægsdiagnose", "Additional diagnosis"],
      aktionsdiagnose: ["Aktionsdiagnose", "Main diagnosis"],
      midlertidig_diagnose: ["Midlertidig diagnose", "Provisional diagnosis"],
      forloebsdiagnose: ["Forløbsdiagnose", "Diagnosis of the episode"],
      operation: ["Operation", "Operation"],
      roentgenundersoegelse: ["Røntgenundersøgelse", "X-ray examination"],
      speciallaegehenvisning: ["Speciallægehenvisning", "Referral to private specialist"],
      fysioterapihenvisning: ["Fysioterapihenvisning", "Referral to physiotherapy"],
      psykologhenvisning: ["Psykologhenvisning", "Referral to psychologist"],
      fysioterapihenvisningspgruppe: ["Fysioterapihenvisning, gruppe", "Referral to physiotherapy, group"],
    }),
  ],
  [
    "DiagnoseTypeCode",
    codes({
      SKSdiagnosekode: ["SKS", "SKS"],
      uspecificeretkode: ["Uspecificeret", "Unspecified"],
      ICPCkode: ["ICPC", "ICPC"],
      speciallaegehenvisning: ["Speciallægehenvisning", "Referral to private specialist"],
      fysioterapihenvisning: ["Fysioterapihenvisning", "Referral to physiotherapy"],
      psykologhenvisning: ["Psykologhenvisning", "Referral to psychologist"],
      Fysioterapihenvisningsdiagnose: ["Fysioterapihenvisningsdiagnose", "Diagnosis for physiotherapy"],
      Psykologhenvisningsdiagnose: ["Psykologhenvisningsdiagnose", "Diagnosis for psychologist"],
    }),
  ],
  ["EndPointType", asWritten("EAN", "CVR", "VANS")],
  [
    "EpisodeOfCareStatusCode",
    codes({
      inaktiv: ["Inaktiv", "Inactive"],
      indlagt: ["Indlagt", "Admitted"],
      ambulant: ["Ambulant", "Outpatient"],
      ambulant_roentgen: ["Ambulant røntgen", "Outpatient imaging"],
      doed: ["Død", "Dead"],
      udskrevet_til_hjemmet: ["Udskrevet til hjemmet", "Discharged to own home"],
      udskrevet_til_andet: ["Udskrevet til andet", "Discharged to elsewhere"],
      flyttet_til_sygehusafd: ["Flyttet til anden sygehusafdeling", "Moved to another department"],
      flyttet_til_sygehus: ["Flyttet til andet sygehus", "Moved to another hospital"],
      uoplyst: ["Uoplyst", "Not told"],
    }),
  ],
  ["Format", asWritten("XML", "EDIFACT", "HL7", "Binary", "Other")],
  [
    // What the four SKS codes stand for is not in MedCom's schema, so they are shown as codes.
    "HospitalChoice",
    codes({
      ALDB00: ["Kode ALDB00", "Code ALDB00"],
      ALDB01: ["Kode ALDB01", "Code ALDB01"],
      ALDB02: ["Kode ALDB02", "Code ALDB02"],
      ALDB03: ["Kode ALDB03", "Code ALDB03"],
    }),
  ],
  [
    "IdentifierCode",
    codes({
      sygehusafdelingsnummer: ["Sygehusafdelingsnummer (SHAK)", "Hospital department number (SHAK)"],
      ydernummer: ["Ydernummer", "Provider number (ydernummer)"],
      lokationsnummer: ["Lokationsnummer", "Location number"],
      kommunenummer: ["Kommunenummer", "Municipality number"],
      sorkode: ["SOR-kode", "SOR code"],
      amt: ["Amt", "County"],
    }),
  ],
  [
    "InformationCode",
    codes({
      ustruktureret: ["Andre oplysninger", "Other information"],
      egen_laege: ["Egen læge", "General practitioner"],
      henvisning_modtaget: ["Henvisning modtaget", "Referral received"],
      visitering: ["Visitering", "Triage"],
      indkaldt: ["Indkaldt", "Called in"],
      indlagt_paa: ["Indlagt på", "Admitted to"],
      udenamts_kaution: ["Udenamts kaution", "Guarantee from another county"],
    }),
  ],
  ["MedicalSpecialityCode", specialityWords],
  [
    "ObjectCode",
    codes({
      tekstfil: ["Tekst", "Text"],
      billede: ["Billede", "Image"],
      program: ["Program", "Program"],
      vektor_grafik: ["Vektorgrafik", "Vector graphics"],
      biosignaler: ["Biosignaler", "Biosignals"],
      multimedie: ["Multimedie", "Multimedia"],
      proprietaert_indhold: ["Leverandørens eget format", "Vendor's own format"],
    }),
  ],
  ["ObjectExtensionCode", extensions],
  [
    "Priority",
    codes({
      elektiv: ["Elektiv", "Elective"],
      akut: ["Akut", "Urgent"],
      saerlige_forhold: ["Særlige forhold", "Special circumstances"],
      rutine: ["Rutine", "Routine"],
      høj_prioritet: ["Høj prioritet", "High priority"],
    }),
  ],
  [
    "ReferralStatus",
    codes({
      ambulant: ["Ambulant behandling", "Outpatient treatment"],
      indlaeggelse: ["Indlæggelse", "Admission"],
      hjemmet: ["Behandling i hjemmet", "Treatment at home"],
    }),
  ],
  [
    "RefuseCode",
    codes({
      ikke_specificeret: ["Årsagen er ikke angivet nærmere", "The reason is not specified"],
      ukendt_lokationsnummer: ["Ukendt lokationsnummer", "Unknown location number"],
      problem_med_modtagerID: ["Problem med modtagerens identifikation", "Problem with the receiver's id"],
      problem_med_version: ["Typen eller versionen modtages ikke", "The type or version is not received"],
      syntaksfejl: ["Syntaksfejl", "Syntax error"],
    }),
  ],
  [
    "RelationCode",
    codes({
      uspec_paaroerende: ["Pårørende", "Relative"],
      mor: ["Mor", "Mother"],
      far: ["Far", "Father"],
      barn: ["Barn", "Child"],
      soen: ["Søn", "Son"],
      datter: ["Datter", "Daughter"],
      samlevende: ["Samlevende", "Partner"],
      aegtefaelle: ["Ægtefælle", "Spouse"],
    }),
  ],
  [
    "StatusCode",
    codes({
      nytbrev: ["Nyt brev", "New letter"],
      rettetbrev: ["Rettet brev", "Corrected letter"],
      annulleretbrev: ["Annulleret brev", "Cancelled letter"],
    }),
  ],
  ["SUP", trueOrFalse],
  ["SystemInformation", trueOrFalse],
  [
    "TelephoneSubscriberCode",
    codes({ mobil: ["Mobil", "Mobile"], arbejde: ["Arbejde", "Work"], fastnet: ["Fastnet", "Landline"] }),
  ],
  ["TransformMessage", trueOrFalse],
  [
    "Transport",
    codes({
      ingen: ["Ingen transport", "No transport"],
      liggende: ["Liggende", "Lying"],
      siddende: ["Siddende", "Sitting"],
    }),
  ],
  [
    "Type",
    codes({ reliable: ["Med kvittering", "Reliable"], unreliable: ["Uden kvittering", "Unreliable"] }),
  ],
  ["TypeCode", typeTitles],
]);
