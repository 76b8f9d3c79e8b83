import { type Agreement, type AgreementEntry, type AgreementSet, isClock } from "../agreement.ts";
import { adviceAgreements } from "./agreements/advice.ts";
import { bookingAgreements } from "./agreements/booking.ts";
import { deliveryAgreements } from "./agreements/delivery.ts";
import { dischargeAgreements } from "./agreements/discharge.ts";
import { observationAgreements } from "./agreements/observation.ts";
import { referralAgreements } from "./agreements/referral.ts";
import { ruleAgreements } from "./agreements/rules.ts";
import { withTelling } from "./agreements/telling.ts";
import { unmeasuredAgreements } from "./agreements/unmeasured.ts";

const entries: readonly AgreementEntry[] = [
  ...adviceAgreements,
  ...referralAgreements,
  ...dischargeAgreements,
  ...observationAgreements,
  ...bookingAgreements,
  ...deliveryAgreements,
  ...unmeasuredAgreements,
  ...ruleAgreements,
].map(withTelling);

/**
 * The agreements that a hub starts with which was given no others (guide, section 10). `source` tells where a rule was read;
 * where `basis` is `default` nobody has agreed on it yet, and each region sets its own. A version that a clock has
 * started under is never changed or taken away: a new one is added, the old one ends, and the version of the set grows.
 */
export const builtInSet: AgreementSet = {
  format: "sektorbro-agreements",
  id: "sektorbro-default",
  version: 2,
  validFrom: "2026-01-01",
  agreements: [...entries],
};

/** Those of the set that clocks run by. */
export const agreements: readonly Agreement[] = entries.filter(isClock);
