import type { Assurance, PersonRole } from "../../contracts/messages/session.ts";
import type { Caller } from "../../gateways/http/ports.ts";
import { gln } from "./http-region.ts";

const person = (role: PersonRole, assurance?: Assurance): Caller => ({
  gln: gln.practice,
  role: "organisation",
  person: {
    id: role.toLowerCase(),
    name: "Åse Prøve",
    roles: [role],
    ...(assurance === undefined ? {} : { assurance }),
  },
});
export const people = {
  doctor: person("doctor", "Substantial"),
  nurse: person("nurse", "Low"),
  secretary: person("secretary", "High"),
  controller: person("controller", "Substantial"),
};
/** Tokens are what they say here; real ones are tested with the verifier. */
export const callers: Readonly<Record<string, Caller>> = {
  practice: { gln: gln.practice, role: "organisation" },
  unit: { gln: gln.unit, role: "organisation" },
  hospital: { gln: gln.hospital, role: "organisation" },
  stranger: { gln: gln.stranger, role: "organisation" },
  operator: { gln: gln.operator, role: "operator" },
  ...people,
};
