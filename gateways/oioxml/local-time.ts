/** Swedish writes dates as ISO 8601 does. */
const danish = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

/** An instant on a Danish wall clock, `yyyy-mm-ddThh:mm`, as MedCom letters carry time. */
export const localTimeOf = (instant: string): string => danish.format(new Date(instant)).replace(" ", "T");
