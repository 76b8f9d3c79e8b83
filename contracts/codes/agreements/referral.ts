import type { Agreement } from "../../clocks.ts";

/** Promises about referrals (guide to the domain, section 10). */
export const referralAgreements: readonly Agreement[] = [];
