/** Swedish writes dates as ISO 8601 does. */
const danish = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

const minuteLength = "yyyy-mm-ddThh:mm".length;

/** An instant on a Danish wall clock, `yyyy-mm-ddThh:mm`, as letters carry it. What is no instant stays as written. */
export const toDanish = (instant: string): string => {
  const date = new Date(instant);
  return Number.isNaN(date.getTime())
    ? instant.slice(0, minuteLength)
    : danish.format(date).replace(" ", "T");
};

/** Danish summer time first: of the hour that comes twice in autumn the first is meant. */
const offsets = ["+02:00", "+01:00"] as const;

/**
 * The instant of a Danish wall-clock time, `yyyy-mm-ddThh:mm`, with its offset as FHIR writes it. An hour that spring left out is
 * read by winter time, as a clock that was not put forward shows it.
 */
export const fromDanish = (local: string): string => {
  const offset = offsets.find((one) => toDanish(`${local}:00${one}`) === local) ?? offsets[1];
  return `${local}:00${offset}`;
};
