/** The span of an export of the message log. */
import { instantOf } from "../../time/danish-instant.ts";

const dayMs = 24 * 3_600_000;

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + dayMs).toISOString().slice(0, 10);

/** Of Danish dates, both included; what is not chosen is the last 24 hours. */
export const exportSpan = (
  chosen: { from: string; to: string },
  nowMs: number,
): { from: string; to: string } => {
  const to = chosen.to === "" ? undefined : instantOf(`${dayAfter(chosen.to)}T00:00`);
  const end = to ?? new Date(nowMs).toISOString();
  const from = chosen.from === "" ? undefined : instantOf(`${chosen.from}T00:00`);
  return { from: from ?? new Date(Date.parse(end) - dayMs).toISOString(), to: end };
};
