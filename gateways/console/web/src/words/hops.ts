import type { Both } from "./both.ts";

/** The steps of a message's way, as the message log and the case tell them. */
export const hopWords = {
  da: {
    way: "Vejen",
    hub: "broen",
    envelope: "Kuvert",
    steps: {
      taken: "Modtaget i broen",
      accepted: "Taget imod og sendt videre",
      refused: "Afvist",
      unreadable: "Kunne ikke læses",
      failed: "Fejlede",
      owed: "Skal leveres",
      fetched: "Hentet af modtageren",
      acknowledged: "Modtagelsen bekræftet",
      failedForNow: "Leveringen lykkedes ikke, prøves igen",
      resent: "Sendt igen",
      unconfirmed: "Ingen bekræftelse kom",
      handled: "Set til af en person",
    },
    station: { EUA: "fagsystem", "AP-MSH": "broen" },
  },
  en: {
    way: "The way",
    hub: "the hub",
    envelope: "Envelope",
    steps: {
      taken: "Taken in by the hub",
      accepted: "Accepted and passed on",
      refused: "Refused",
      unreadable: "Not readable",
      failed: "Failed",
      owed: "To be delivered",
      fetched: "Fetched by the receiver",
      acknowledged: "Receipt confirmed",
      failedForNow: "The delivery did not succeed, is tried again",
      resent: "Sent again",
      unconfirmed: "No confirmation came",
      handled: "Seen to by a person",
    },
    station: { EUA: "end-user system", "AP-MSH": "the hub" },
  },
} satisfies Both<object>;
