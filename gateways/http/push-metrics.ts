import type { PushedReceivers } from "../../contracts/messages/receivers.ts";
import type { PushedReceiver } from "../../contracts/push.ts";

const states = ["closed", "half-open", "open", "paused"] as const;
const stateOf = ({ breaker, paused }: PushedReceiver): (typeof states)[number] =>
  paused === undefined ? breaker : "paused";

const family = (name: string, type: "gauge" | "counter", lines: readonly string[]): string =>
  [`# TYPE ${name} ${type}`, ...lines.map((line) => `${name}${line}`), ""].join("\n");

/**
 * How those fare whom documents are brought to, in Prometheus text. By state and transport and never by receiver: there are as
 * many as there are partners.
 */
export const pushMetrics = ({ receivers, attempts }: PushedReceivers, nowMs: number): string => {
  const inState = (state: string): PushedReceiver[] => receivers.filter((one) => stateOf(one) === state);
  const oldest = Math.min(
    nowMs,
    ...receivers.flatMap((one) => (one.oldest === undefined ? [] : [Date.parse(one.oldest)])),
  );
  const waiting = (of: readonly PushedReceiver[]): number => of.reduce((sum, one) => sum + one.waiting, 0);
  return [
    family(
      "sektorbro_push_receivers",
      "gauge",
      states.map((state) => `{state="${state}"} ${String(inState(state).length)}`),
    ),
    family(
      "sektorbro_push_waiting",
      "gauge",
      states.map((state) => `{state="${state}"} ${String(waiting(inState(state)))}`),
    ),
    family("sektorbro_push_oldest_seconds", "gauge", [` ${String((nowMs - oldest) / 1_000)}`]),
    family(
      "sektorbro_push_attempts_total",
      "counter",
      attempts.map(
        ({ transport, result, count }) => `{result="${result}",transport="${transport}"} ${String(count)}`,
      ),
    ),
  ].join("");
};
