import type { HomeCareObservation } from "../../../contracts/fhir/home-care-observation.ts";
import type { ObservationNote } from "./observation-notes.ts";

const longestName = 70;
/** A replacement number has ten characters, as a CPR number has. */
const alternativeLength = 10;

type Citizen = HomeCareObservation["patient"];

/** The regular number before one that stands for it; the national replacement before a region's. */
const idsOf = ({ cpr, national, regional }: Citizen): { value: object; others: boolean } => {
  const alternativeId = [national, regional?.value].find((one) => one?.length === alternativeLength);
  const told = [cpr, national, regional].filter((one) => one !== undefined).length;
  return { value: cpr === undefined ? { alternativeId } : { cpr }, others: told > 1 };
};

/** What stands for a name that a message does not tell, as in MedCom's letters. */
const unnamed = "_";

/** The citizen as a command names one. */
export const patientOf = (patient: Citizen): { value: object; notes: ObservationNote[] } => {
  const { surname = unnamed, givenNames, deceased, managingOrganisation } = patient;
  const givenName = givenNames.join(" ");
  const ids = idsOf(patient);
  const fits = surname.length <= longestName && givenName.length <= longestName;
  const names = { surname, ...(givenName === "" ? {} : { givenName }) };
  const more = ids.others || deceased !== undefined || managingOrganisation !== undefined;
  return {
    value: { ...ids.value, ...(fits ? names : { surname: unnamed }) },
    notes: [
      ...(more ? (["patient-in-message-alone"] as const) : []),
      ...(fits && surname !== unnamed ? [] : (["patient-unnamed"] as const)),
    ],
  };
};
