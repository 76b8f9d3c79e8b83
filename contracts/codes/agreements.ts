import type { Agreement } from "../clocks.ts";
import type { Family } from "../family.ts";
import type { OrganisationKind } from "../messages/directory.ts";
import { adviceAgreements } from "./agreements/advice.ts";
import { bookingAgreements } from "./agreements/booking.ts";
import { deliveryAgreements } from "./agreements/delivery.ts";
import { dischargeAgreements } from "./agreements/discharge.ts";
import { observationAgreements } from "./agreements/observation.ts";
import { referralAgreements } from "./agreements/referral.ts";

/**
 * The response-time agreements that the hub starts with (guide, section 10). `source` tells where a rule was read;
 * where `basis` is `default` nobody has agreed on it yet, and each region sets its own. A version that a clock has
 * started under is never changed or taken away: a new one is added, and the old one ends.
 * `startsOn`, `pausesOn`, `resumesOn`, `stopsOn` and `cancelsOn` name facts of the family, or for `delivery` changes of a
 * delivery.
 */
export const agreements: readonly Agreement[] = [
  ...adviceAgreements,
  ...referralAgreements,
  ...dischargeAgreements,
  ...observationAgreements,
  ...bookingAgreements,
  ...deliveryAgreements,
];

/** What a promise is about: a matter of a family, or a delivery of any. */
export type Matter = { family: Family; kind: string; tier?: string | undefined };

const isInForce = (agreement: Agreement, date: string): boolean =>
  agreement.validFrom <= date && (agreement.validTo === undefined || date <= agreement.validTo);

const receipts = "delivery";

const appliesTo = (agreement: Agreement, matter: Matter, debtorKind: OrganisationKind): boolean => {
  const { family, kinds, debtorKinds, tiers } = agreement.appliesTo;
  return (
    (family === "any" || family === matter.family) &&
    // A promise of a family about anything is still none about receipts.
    (kinds === undefined ? matter.kind !== receipts : kinds.includes(matter.kind)) &&
    (debtorKinds === undefined || debtorKinds.includes(debtorKind)) &&
    (tiers === undefined || (matter.tier !== undefined && tiers.includes(matter.tier)))
  );
};

/** The agreements that bind a kind of debtor on a Danish date (`yyyy-mm-dd`, `validTo` included), each in its newest version. */
export const agreementsFor = (
  from: readonly Agreement[],
  { matter, debtorKind, date }: { matter: Matter; debtorKind: OrganisationKind; date: string },
): Agreement[] => {
  const newest = new Map<string, Agreement>();
  for (const agreement of from) {
    if (!appliesTo(agreement, matter, debtorKind) || !isInForce(agreement, date)) continue;
    const known = newest.get(agreement.id);
    if (known === undefined || known.version < agreement.version) newest.set(agreement.id, agreement);
  }
  return [...newest.values()];
};
