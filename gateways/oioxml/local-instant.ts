import { localTimeOf } from "./local-time.ts";

/** Danish summer time first: of the hour that comes twice in autumn the first is meant. */
const offsets = ["+02:00", "+01:00"] as const;

/**
 * The instant of a Danish wall-clock time, `yyyy-mm-ddThh:mm` with or without seconds, as MedCom letters carry it. An hour
 * that spring left out is read by winter time, as a clock that was not put forward shows it.
 */
export const instantOf = (local: string): string => {
  const candidates = offsets.map((offset) => new Date(`${local}${offset}`).toISOString());
  const found = candidates.find((instant) => localTimeOf(instant) === local.slice(0, 16));
  return found ?? candidates[1] ?? local;
};
