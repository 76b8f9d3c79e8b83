/** Swedish writes dates as ISO 8601 does. */
const danish = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

const minuteLength = "yyyy-mm-ddThh:mm".length;
let last = { minute: "", local: "" };

/** An instant on a Danish wall clock, `yyyy-mm-ddThh:mm`, as MedCom letters carry time. Asked mostly for the same minute. */
export const localTimeOf = (instant: string): string => {
  const minute = instant.slice(0, minuteLength);
  if (!instant.endsWith("Z") || minute !== last.minute)
    last = { minute, local: danish.format(new Date(instant)).replace(" ", "T") };
  return last.local;
};
