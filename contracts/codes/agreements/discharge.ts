import type { Agreement } from "../../clocks.ts";

/** Promises about stays in hospital and what follows them (guide to the domain, section 10). */
export const dischargeAgreements: readonly Agreement[] = [];
