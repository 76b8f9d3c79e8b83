import { type MessageSearch, MessageStatus } from "../../../contracts/messages/message-log.ts";
import type { Lane, Merged } from "../../case/read-lanes.ts";
import { messageLane, partyKey, type Side, typeKey } from "./keys.ts";
import { type Asker, spanOf } from "./wanted.ts";

/** Sets that hold every message that a search can find, and which lanes of them. */
export type Source = { keys: readonly string[]; sides: readonly Side[] };

/** What a member ends in: a message stands once in the set of whoever sent it, and once in that of whoever was to get it. */
const tags = { sent: "", received: ">" } as const satisfies Readonly<Record<Side, string>>;

/**
 * Where a search can begin: each answers it whole, and the shortest is read. Nothing for one who is told all and asks for all:
 * then every type is read.
 */
export const sourcesOf = (query: MessageSearch, asker: Asker): Source[] => {
  const { sender, receiver, type } = query;
  return [
    ...(sender === undefined ? [] : [{ keys: [partyKey(sender)], sides: ["sent"] } as const]),
    ...(receiver === undefined ? [] : [{ keys: [partyKey(receiver)], sides: ["received"] } as const]),
    ...(type === undefined ? [] : [{ keys: [typeKey(type)], sides: ["sent"] } as const]),
    ...(asker === "everybody"
      ? []
      : [{ keys: [...asker].map(partyKey), sides: ["sent", "received"] } as const]),
  ];
};

const laneOf = (query: MessageSearch, side: Side, status: MessageStatus): Lane[] => {
  const { from, to } = messageLane(side, status);
  const { fromMs, toMs } = spanOf(query);
  const end = Math.min(to, from + toMs);
  return end <= from + fromMs ? [] : [{ from, to: end, tag: tags[side], shift: 0 }];
};

/** The lanes of a source that a search is merged from, newest first. A span of time ends its lanes; where it begins is looked at. */
export const mergedOf = (query: MessageSearch, { keys, sides }: Source): Merged => {
  const statuses = query.status === undefined ? MessageStatus.options : [query.status];
  const lanes = sides.flatMap((side) => statuses.flatMap((status) => laneOf(query, side, status)));
  return { keys, lanes, backwards: true };
};
