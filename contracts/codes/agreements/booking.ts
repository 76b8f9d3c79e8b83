import type { Agreement } from "../../clocks.ts";

/** Promises about sub-acute slots (guide to the domain, section 10). */
export const bookingAgreements: readonly Agreement[] = [];
