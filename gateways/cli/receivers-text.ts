import type { PushedReceivers } from "../../contracts/messages/receivers.ts";
import type { PushedReceiver } from "../../contracts/push.ts";
import type { NameOf } from "./organisation-names.ts";
import { columns } from "./say.ts";

type Language = "da" | "en";
type Said = { language: Language; nameOf: NameOf; time: (instant: string) => string };

const words = {
  da: {
    heads: ["modtager", "navn", "vej", "venter", "ældste", "tilstand", "sidst taget imod"],
    closed: "svarer",
    open: "svarer ikke siden",
    "half-open": "prøves, svarede ikke siden",
    paused: "på pause siden",
    by: "af",
    none: "Vejviseren har ingen modtagere, som hubben bringer dokumenter til.",
  },
  en: {
    heads: ["receiver", "name", "way", "waiting", "oldest", "state", "last taken"],
    closed: "answers",
    open: "does not answer since",
    "half-open": "is tried, did not answer since",
    paused: "paused since",
    by: "by",
    none: "The directory has no receivers that the hub brings documents to.",
  },
} as const;

const stateOf = ({ breaker, since, paused, why }: PushedReceiver, { language, time }: Said): string => {
  const say = words[language];
  if (paused !== undefined) {
    const reason = paused.reason === undefined ? "" : `: ${paused.reason}`;
    return `${say.paused} ${time(paused.at)} ${say.by} ${paused.by}${reason}`;
  }
  const reason = why === undefined ? "" : ` (${why[language]} [${why.code}])`;
  return since === undefined ? `${say.closed}${reason}` : `${say[breaker]} ${time(since)}${reason}`;
};

/** Receivers as a table for those who run the hub. */
export const receiversText = ({ receivers }: PushedReceivers, said: Said): string => {
  const { language, nameOf, time } = said;
  if (receivers.length === 0) return words[language].none;
  const rows = receivers.map((one) => [
    one.gln,
    nameOf(one.gln),
    one.transports.join(", "),
    String(one.waiting),
    one.oldest === undefined ? "" : time(one.oldest),
    stateOf(one, said),
    one.lastSuccess === undefined ? "" : time(one.lastSuccess),
  ]);
  return columns([[...words[language].heads], ...rows]);
};
