import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { Stay } from "./state.ts";
import { eventsInForce, isInHospital } from "./timeline.ts";

/**
 * Whether the municipality is to send an admission report, by the rule or by what the sender said. The first arrival of the
 * stay decides: a transfer within the region brings the report that the first hospital got.
 */
export const reportWanted = ({
  position,
  reportSent,
  timeline,
}: Pick<Stay, "position" | "reportSent" | "timeline">): boolean => {
  if (reportSent || !isInHospital(position.status)) return false;
  const first = eventsInForce(timeline).find(({ event }) => dischargeRules.reportOn.includes(event));
  if (first === undefined) return false;
  const isMove = first.event === "transferred" && first.withinRegion;
  return first.wantsReport ?? (!isMove || dischargeRules.reportAgainWithinRegion);
};
