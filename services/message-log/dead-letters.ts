import type { DeadLetterItem } from "../../contracts/messages/dead-letters.ts";
import {
  type DeadLetterPage,
  type DeadLetterSearch,
  messageCursor,
  readMessageCursor,
} from "../../contracts/messages/message-log.ts";
import type { Merged } from "../case/read-lanes.ts";
import { deadKey, deadLane, troubleKey } from "./core/keys.ts";
import { type Asker, isDeadWanted, spanOf } from "./core/wanted.ts";
import type { LogPorts, Shelf } from "./ports.ts";
import { askerIn, isOfCase } from "./read-messages.ts";
import { walked } from "./walk.ts";

/** Only the projection writes there. */
const isItem = (value: unknown): value is DeadLetterItem =>
  typeof value === "object" && value !== null && "kind" in value && "state" in value && "code" in value;

/** A dead letter as the index keeps it. */
export const readDeadLetter = (text: string | null | undefined): DeadLetterItem | undefined => {
  const value: unknown = text === null || text === undefined ? undefined : JSON.parse(text);
  return isItem(value) ? value : undefined;
};

const read = async ({ mget }: Shelf, ids: readonly string[]): Promise<DeadLetterItem[]> =>
  ids.length === 0 ? [] : (await mget(ids.map(troubleKey))).flatMap((text) => readDeadLetter(text) ?? []);

const mergedOf = ({ sender, state, ...span }: DeadLetterSearch, asker: Asker): Merged => {
  const { from, to } = deadLane(state);
  const keys = asker === "everybody" ? [deadKey(sender)] : [...asker].map((gln) => deadKey(gln));
  const end = Math.min(to, from + spanOf(span).toMs);
  return { keys, lanes: [{ from, to: end, tag: "", shift: 0 }], backwards: true };
};

/**
 * What went wrong and is not closed, or in whichever state is asked for; newest first. Of what the viewer and its units sent, or for
 * those who run the hub of everybody. @throws Fault `index-unavailable`
 */
export const listDeadLetters = async (
  ports: LogPorts,
  viewer: string,
  query: DeadLetterSearch,
): Promise<DeadLetterPage> => {
  const asker = askerIn(ports, viewer);
  const merged = mergedOf(query, asker);
  const { items, next } = await walked({
    sources: [ports.cases, ports.notes].map(({ slice }) => ({ slice, merged })),
    find: async (ids) => {
      const [ofCases, ofNotes] = await Promise.all([
        read(ports.cases, ids.filter(isOfCase)),
        read(
          ports.notes,
          ids.filter((id) => !isOfCase(id)),
        ),
      ]);
      const wanted = [...ofCases, ...ofNotes].filter((item) => isDeadWanted(item, query, asker));
      return new Map(wanted.map((item) => [item.id, item]));
    },
    limit: query.limit,
    after: query.cursor === undefined ? undefined : readMessageCursor(query.cursor),
    fromMs: spanOf(query).fromMs,
  });
  return { items, ...(next === undefined ? {} : { next: messageCursor(next) }) };
};
