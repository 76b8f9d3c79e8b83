import type { Agreement } from "../../clocks.ts";

/** Promises about deliveries of any family (guide to the domain, section 10). */
export const deliveryAgreements: readonly Agreement[] = [
  {
    id: "RECEIPT",
    version: 1,
    name: { da: "Kvittering fra modtagerens system", en: "Receipt from the receiving system" },
    validFrom: "2026-01-01",
    appliesTo: { family: "any", kinds: ["delivery"] },
    startsOn: ["owed"],
    pausesOn: [],
    resumesOn: [],
    // A negative receipt is a receipt: the clock of the receipt stops, and the failed delivery is shown for what it is.
    stopsOn: ["acknowledged", "failed"],
    cancelsOn: [],
    limit: { kind: "elapsed", minutes: 15 },
    warnAt: { kind: "elapsed", minutes: 10 },
    onBreach: "operations",
    source: "MedCom acknowledgement rules name 30 or 120 min; 15 min is the default alarm here",
    basis: "default",
  },
];
