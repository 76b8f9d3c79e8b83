import { medcomObservations, npuObservations } from "../../../contracts/codes/fhir-observations.ts";
import { practitionerRoles } from "../../../contracts/codes/fhir-practitioner-roles.ts";
import type { HomeCareResult } from "../../../contracts/fhir/home-care-observation.ts";
import type { Coded, FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import type { MeasuredResult, Person } from "../../../contracts/messages/observation-parts.ts";

/** An instant with whatever offset, in UTC. */
export const instantOf = (text: string): string => new Date(text).toISOString();

const longestName = 70;
const longestPhone = 25;
const known = [...medcomObservations, ...npuObservations];

/** Whoever measured, as a person by name: a person without one is nobody to call back. */
export const personOf = (who: FhirPractitioner | undefined): Person | undefined => {
  if (who === undefined) return undefined;
  const name = [...who.givenNames, who.surname].filter(Boolean).join(" ");
  return name === "" || name.length > longestName ? undefined : { name, ...roleAndPhone(who) };
};

const roleAndPhone = ({ role, phone = "" }: FhirPractitioner): Omit<Person, "name"> => {
  const title = titleOf(role) ?? "";
  return {
    ...(title === "" || title.length > longestName ? {} : { title }),
    ...(phone === "" || phone.length > longestPhone ? {} : { phone }),
  };
};

const titleOf = (role: FhirPractitioner["role"]): string | undefined => {
  if (role?.kind !== "code") return role?.text;
  const { system, code, display } = role;
  return (
    display ??
    practitionerRoles.codes.find((one) => one.system === system && one.code === code)?.display ??
    code
  );
};

const codeOf = ({ system, code, display }: Coded): MeasuredResult["codes"][number] => {
  const name = display ?? known.find((one) => one.system === system && one.code === code)?.display;
  return { system, code, ...(name === undefined ? {} : { name }) };
};

const valueOfResult = ({ value }: HomeCareResult): Partial<MeasuredResult> => {
  if (value === undefined) return {};
  if (value.kind === "text") return { text: value.text };
  const { comparator, unit: text, system, code } = value;
  const unit = {
    ...(text === undefined ? {} : { text }),
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
  };
  return { value: value.value, ...(comparator === undefined ? {} : { comparator }), unit };
};

/** The result as it was measured. `parameter`: the value of the scheme that says the same. */
export const keptAs = (result: HomeCareResult, parameter: string | undefined): MeasuredResult => {
  const { id, code, otherCodes, at, status, interpretation, note } = result;
  const performer = personOf(result.performer);
  return {
    id,
    codes: [code, ...otherCodes].map(codeOf),
    ...(parameter === undefined ? {} : { parameter }),
    ...valueOfResult(result),
    measuredAt: instantOf(at),
    ...(status === "final" ? {} : { status }),
    ...(interpretation === undefined ? {} : { interpretation: codeOf(interpretation) }),
    ...(note === undefined ? {} : { note }),
    ...(performer === undefined ? {} : { performer }),
  };
};
