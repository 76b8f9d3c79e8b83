/** Danish wall-clock times, as people type them, and the instants that they are. */
import { localOf } from "./danish.ts";

const minuteMs = 60_000;
const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

const wallMs = (ms: number): number => {
  const { date, time } = localOf(ms);
  return Date.parse(`${date}T${time}:00Z`);
};

/**
 * The instant of a Danish wall-clock time (`2026-11-23T14:30`); `undefined`: it is no time. An hour that comes twice in the
 * autumn is the first of the two; one that never comes in the spring is the hour after.
 */
export const instantOf = (wall: string): string | undefined => {
  const asUtc = written.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return undefined;
  // Denmark is one or two hours ahead: the earlier instant that reads so is the one.
  const found = [120, 60].map((ahead) => asUtc - ahead * minuteMs).find((ms) => wallMs(ms) === asUtc);
  return new Date(found ?? asUtc - 60 * minuteMs).toISOString();
};

/** What a Danish clock shows at an instant, as an input of date and time takes it. */
export const wallOf = (ms: number): string => {
  const { date, time } = localOf(ms);
  return `${date}T${time}`;
};
