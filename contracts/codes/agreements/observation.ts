import type { Agreement } from "../../clocks.ts";

/** Promises about measurements of a citizen (guide to the domain, section 10). */
export const observationAgreements: readonly Agreement[] = [];
