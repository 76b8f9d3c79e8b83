import type { FhirOrganisation, FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import { elementsAt } from "./model/navigate.ts";
import type { FhirResource } from "./model/resource.ts";
import type { NotRead } from "./parts/not-read.ts";
import type { OpenMessage } from "./parts/open-message.ts";
import { organisationAt } from "./parts/organisations.ts";
import { practitionerAt } from "./parts/practitioners.ts";

/** Who did it: one person and one organisation. Whoever else is named is told of. */
export interface Performers {
  readonly practitioner: FhirPractitioner | undefined;
  readonly organisation: FhirOrganisation | undefined;
  readonly notRead: readonly NotRead[];
}

const another =
  "Another who did it is named, and is not taken over. / Der er nævnt endnu en udførende, som ikke overføres.";

/** The first of each kind among the performers of a report or an observation. */
export const performersOf = (message: OpenMessage, from: FhirResource): Performers => {
  const named = elementsAt(from, "performer").map((reference) => ({
    practitioner: practitionerAt(message, from, reference),
    organisation: organisationAt(message, from, reference),
  }));
  const practitioner = named.findIndex((one) => one.practitioner !== undefined);
  const organisation = named.findIndex((one) => one.organisation !== undefined);
  const place = message.placeOf(from);
  return {
    practitioner: named[practitioner]?.practitioner,
    organisation: named[organisation]?.organisation,
    notRead: named.flatMap((_, at) =>
      at === practitioner || at === organisation
        ? []
        : [{ path: `${place}.performer[${String(at)}]`, text: another }],
    ),
  };
};
