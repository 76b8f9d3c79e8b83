import type { Family } from "../../../../../contracts/family.ts";
import type { Both } from "./both.ts";

/** What people call the five hand-overs; the same words on every page. */
export const families: Both<Readonly<Record<Family, string>>> = {
  da: {
    advice: "Spørgsmål",
    referral: "Henvisning",
    discharge: "Indlæggelse",
    observation: "TOBS",
    booking: "Subakut tid",
    attachment: "Bilag",
    digest: "Dagens ure",
    desk: "Skrivebord",
  },
  en: {
    advice: "Question",
    referral: "Referral",
    discharge: "Admission",
    observation: "TOBS",
    booking: "Sub-acute time",
    attachment: "Attachments",
    digest: "Clocks of the day",
    desk: "Desk",
  },
};
