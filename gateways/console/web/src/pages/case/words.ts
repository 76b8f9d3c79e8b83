import type { DeliveryStatus } from "../../../../../../contracts/deliveries.ts";
import type { ClockSummary } from "../../../../../../contracts/envelope.ts";
import type { Both } from "../../words/both.ts";

type Words = Record<
  | "case"
  | "timeline"
  | "whatNow"
  | "nothingNow"
  | "waitsFor"
  | "more"
  | "clocks"
  | "noClocks"
  | "people"
  | "links"
  | "others"
  | "noOthers"
  | "show"
  | "hide"
  | "responsible"
  | "until"
  | "original"
  | "delivered"
  | "years"
  | "back"
  | "refused"
  | "consentRefused"
  | "by"
  | "openCase"
  | "trend"
  | "close"
  | "unnamed"
  | "hub"
  | "us"
  | "explain"
  | "receipts"
  | "sentTimes"
  | "way"
  | "inOwnTab"
  | "nobodyKnown",
  string
> & {
  delivery: Record<DeliveryStatus, string>;
  clock: Record<ClockSummary["status"], string>;
  responsibleKinds: Record<"practice" | "outOfHours" | "hospital" | "emergency", string>;
};

export const caseWords: Both<Words> = {
  da: {
    case: "Sag",
    timeline: "Tidslinje",
    whatNow: "Hvad nu?",
    nothingNow: "Der ventes ikke på jer.",
    waitsFor: "Vi venter på",
    more: "Andet, der kan gøres",
    clocks: "Frister",
    noClocks: "Ingen frister løber.",
    people: "Deltagere",
    links: "Sammenhængende sager",
    others: "Borgerens andre sager",
    noOthers: "Ingen andre sager hos jer.",
    show: "Vis",
    hide: "Skjul",
    responsible: "Behandlingsansvar nu",
    until: "til",
    original: "Original",
    delivered: "Levering",
    years: "år",
    back: "Til arbejdslisten",
    refused: "Blev afvist",
    consentRefused: "Borgeren har nægtet samtykke",
    by: "af",
    openCase: "Åbn som side",
    trend: "TOBS-kurve",
    close: "Luk",
    unnamed: "Uden borger",
    hub: "Broen",
    us: "os",
    explain: "Forklar",
    receipts: "Dokument",
    sentTimes: "gange sendt",
    way: "Vejen",
    inOwnTab: "Åbn i en fane for sig",
    nobodyKnown:
      "Broen kender intet sygehusophold for borgeren hos jer: egen læge, og uden for dagtid lægevagten.",
    delivery: {
      waiting: "Venter på modtager",
      fetched: "Hentet, ikke kvitteret",
      failedForNow: "Teknisk fejl hos modtager, prøves igen",
      unconfirmed: "Uvist, om den kom frem",
      acknowledged: "Leveret og kvitteret",
      failed: "Afvist af modtager",
    },
    clock: {
      running: "Løber",
      paused: "På pause",
      met: "Overholdt",
      breached: "Overskredet",
      cancelled: "Bortfaldet",
    },
    responsibleKinds: {
      practice: "Egen læge",
      outOfHours: "Lægevagten",
      hospital: "Hospitalet",
      emergency: "112",
    },
  },
  en: {
    case: "Case",
    timeline: "Timeline",
    whatNow: "What now?",
    nothingNow: "Nothing is expected of you.",
    waitsFor: "We wait for",
    more: "Other things that can be done",
    clocks: "Due times",
    noClocks: "No clock runs.",
    people: "Participants",
    links: "Linked cases",
    others: "The citizen's other cases",
    noOthers: "No other cases with you.",
    show: "Show",
    hide: "Hide",
    responsible: "Responsible now",
    until: "until",
    original: "Original",
    delivered: "Delivery",
    years: "years",
    back: "To the worklist",
    refused: "Was refused",
    consentRefused: "The citizen has refused consent",
    by: "by",
    openCase: "Open as a page",
    trend: "TOBS trend",
    close: "Close",
    unnamed: "No citizen",
    hub: "The hub",
    us: "us",
    explain: "Explain",
    receipts: "Document",
    sentTimes: "times sent",
    way: "The way",
    inOwnTab: "Open in a tab of its own",
    nobodyKnown:
      "The hub knows of no stay in hospital that you are part of: the citizen's own GP, and out of hours the doctor on call.",
    delivery: {
      waiting: "Waits for its receiver",
      fetched: "Fetched, no receipt yet",
      failedForNow: "Technical fault at the receiver, tried again",
      unconfirmed: "Not known whether it arrived",
      acknowledged: "Delivered, with receipt",
      failed: "Refused by the receiver",
    },
    clock: { running: "Runs", paused: "Paused", met: "Kept", breached: "Overdue", cancelled: "Dropped" },
    responsibleKinds: {
      practice: "Own GP",
      outOfHours: "Out-of-hours doctor",
      hospital: "The hospital",
      emergency: "112",
    },
  },
};
