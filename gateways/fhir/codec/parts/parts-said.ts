import {
  dataAbsentReason,
  destinationUse,
  destinationUseExtension,
  identifierSystems,
  isRegional,
} from "../../../../contracts/codes/fhir-code.ts";
import {
  coding,
  extension,
  many,
  one,
  oneWhere,
  only,
  reference,
  type SaidElements,
  value,
  values,
} from "./said.ts";

/** That a part of a name is not known is how it is absent. */
const notKnown = one({ extension: extension(dataAbsentReason, { valueCode: value }) });
const name = one({
  use: only("official"),
  family: value,
  _family: notKnown,
  given: values,
  _given: notKnown,
});
const phone = oneWhere("system", "phone", { value });

/** The resources that messages share, by their type. */
export const partsSaid = {
  MessageHeader: {
    eventCoding: coding,
    destination: one({
      extension: extension(destinationUseExtension, {
        valueCoding: one({ system: only(destinationUse), code: only("primary"), display: value }),
      }),
      endpoint: value,
      receiver: reference,
    }),
    sender: reference,
    source: one({ endpoint: value }),
    focus: reference,
  },
  Organization: {
    identifier: many({ system: value, value }),
    name: value,
    telecom: phone,
    contact: one({
      name: one({ given: value }),
      extension: extension(dataAbsentReason, { valueCode: value }),
    }),
  },
  Patient: {
    identifier: [
      oneWhere("system", identifierSystems.cpr, { value }),
      oneWhere("system", identifierSystems.national, { value }),
      oneWhere("system", isRegional, { value }),
    ],
    name,
    telecom: many({ system: value, value, use: value }),
    address: one({ line: values, city: value, postalCode: value }),
    deceasedBoolean: value,
    managingOrganization: reference,
  },
  Practitioner: { name, telecom: phone },
  PractitionerRole: {
    practitioner: reference,
    organization: reference,
    code: one({ coding, text: value }),
  },
  Provenance: {
    target: reference,
    occurredDateTime: value,
    recorded: value,
    activity: one({ coding }),
    agent: one({ who: reference }),
    entity: many({ role: value, what: one({ reference: value, identifier: one({ value }) }) }),
  },
} as const satisfies Readonly<Record<string, SaidElements>>;
