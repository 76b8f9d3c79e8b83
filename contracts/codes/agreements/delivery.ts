import type { Agreement } from "../../agreement.ts";

/** Promises about deliveries of any family (guide to the domain, section 10). */
export const deliveryAgreements: readonly Agreement[] = [
  {
    kind: "clock",
    id: "RECEIPT",
    promise: "RECEIPT",
    version: 1,
    name: { da: "Kvittering fra modtagerens system", en: "Receipt from the receiving system" },
    validFrom: "2026-01-01",
    appliesTo: { family: "any", kinds: ["delivery"] },
    parties: {},
    startsOn: ["owed"],
    pausesOn: [],
    resumesOn: [],
    // A negative receipt is a receipt: the clock of the receipt stops, and the failed delivery is shown for what it is.
    stopsOn: ["acknowledged", "failed"],
    cancelsOn: [],
    measuredTo: "delivery",
    limit: { kind: "elapsed", minutes: 15 },
    calendar: "clock",
    warnAt: { kind: "elapsed", minutes: 10 },
    escalation: [
      {
        to: "operations",
        da: "Driften ser efter forbindelsen til modtagerens system.",
        en: "Operations look at the connection to the receiver's system.",
      },
    ],
    source: {
      document: "MedCom acknowledgement rules (other notes)",
      note: "The sources name 30 or 120 minutes; 15 minutes is the default alarm here.",
    },
    basis: "default",
  },
];
