import { instantOfLocal } from "../../../contracts/danish-time.ts";
import type { DeadLetterItem } from "../../../contracts/messages/dead-letters.ts";
import type { DeadLetterSearch, MessageSearch } from "../../../contracts/messages/message-log.ts";
import type { Message } from "./message.ts";

/** Whose messages may be seen: those of an organisation and its units, or for those who run the hub everybody's. */
export type Asker = ReadonlySet<string> | "everybody";

const dayMs = 86_400_000;
const isDate = (text: string): boolean => text.length === "yyyy-mm-dd".length;

/** A span of time in milliseconds, its end not in it. A Danish date begins at midnight and is in it to its end. */
export const spanOf = ({
  from,
  to,
}: Pick<MessageSearch, "from" | "to">): { fromMs: number; toMs: number } => {
  const midnight = (date: string): number => Date.parse(instantOfLocal(`${date}T00:00`));
  const after = (date: string): string => new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
  const fromMs = from === undefined ? 0 : isDate(from) ? midnight(from) : Date.parse(from);
  if (to === undefined) return { fromMs, toMs: Number.POSITIVE_INFINITY };
  return { fromMs, toMs: isDate(to) ? midnight(after(to)) : Date.parse(to) };
};

const isParty = (asker: Asker, from: string, to: readonly string[]): boolean =>
  asker === "everybody" || asker.has(from) || to.some((gln) => asker.has(gln));

const fits = <Value>(wanted: Value | undefined, is: Value | undefined): boolean =>
  wanted === undefined || wanted === is;

/** Whether a message is one that is asked for, and that the asker may know of. */
export const isWanted = (message: Message, query: MessageSearch, asker: Asker): boolean => {
  const { from, to, at } = message;
  const { fromMs, toMs } = spanOf(query);
  const atMs = Date.parse(at);
  return (
    isParty(asker, from, to) &&
    atMs >= fromMs &&
    atMs < toMs &&
    fits(query.sender, from) &&
    (query.receiver === undefined || to.includes(query.receiver)) &&
    fits(query.type, message.type) &&
    fits(query.status, message.status) &&
    fits(query.direction, message.direction)
  );
};

/** Whether a dead letter is one that is asked for. Only who sent it, and who runs the hub, can do anything about it. */
export const isDeadWanted = (item: DeadLetterItem, query: DeadLetterSearch, asker: Asker): boolean => {
  const { fromMs, toMs } = spanOf(query);
  const atMs = Date.parse(item.at);
  return (
    (asker === "everybody" || asker.has(item.from)) &&
    atMs >= fromMs &&
    atMs < toMs &&
    item.state === query.state &&
    fits(query.sender, item.from) &&
    fits(query.receiver, item.to) &&
    fits(query.kind, item.kind) &&
    fits(query.type, item.type) &&
    fits(query.code, item.code)
  );
};
