import { patientHash } from "../../contracts/index-keys.ts";
import {
  type MessagePage,
  type MessageSearch,
  messageCursor,
  readMessageCursor,
} from "../../contracts/messages/message-log.ts";
import type { Place } from "../case/read-lanes.ts";
import { hashOf, idPlace, type KeyKind, typeKey, typesKey } from "./core/keys.ts";
import type { Message } from "./core/message.ts";
import { mergedOf, type Source, sourcesOf } from "./core/sources.ts";
import { type Asker, isWanted, spanOf } from "./core/wanted.ts";
import type { LogPorts, Shelf } from "./ports.ts";
import { askerIn, readMessages, shown } from "./read-messages.ts";
import { walked } from "./walk.ts";

/** An id is not said of this many messages; a citizen's are all read. */
const maxFound = 2_000;
/** Types of documents and commands, all told. */
const maxTypes = 500;

const byHash = async ({ cases }: LogPorts, hash: string): Promise<string[]> => {
  const { key, start } = idPlace(hash);
  return (await cases.startingWith(key, start, maxFound)).map((member) => member.slice(start.length));
};

const byKey = (ports: LogPorts, kind: KeyKind, value: string): Promise<string[]> =>
  byHash(ports, hashOf(kind, value, ports.digest));

/** The messages that each id of a search names; nothing for a search that names none. */
const named = (ports: LogPorts, query: MessageSearch): Promise<string[]>[] => {
  const { messageId, envelopeId, caseId, intakeId, patient } = query;
  const one = (kind: KeyKind, value: string | undefined): Promise<string[]>[] =>
    value === undefined ? [] : [byKey(ports, kind, value)];
  return [
    ...one("message", messageId),
    ...one("envelope", envelopeId),
    ...one("case", caseId),
    ...(intakeId === undefined
      ? []
      : [byKey(ports, "intake", intakeId).then((ids) => [...ids, intakeId.toLowerCase()])]),
    ...(patient === undefined ? [] : [byHash(ports, patientHash(patient, ports.digest))]),
  ];
};

const placeOf = ({ id, at }: Message): Place => ({ score: Date.parse(at), member: id });
const isAfter = (place: Place, cursor: Place): boolean =>
  place.score < cursor.score || (place.score === cursor.score && place.member < cursor.member);

type Asked = { query: MessageSearch; asker: Asker; after: Place | undefined };

const pageTo = (ports: LogPorts, items: readonly Message[], next: Place | undefined): MessagePage => ({
  items: items.map((message) => shown(ports, message)),
  ...(next === undefined ? {} : { next: messageCursor(next) }),
});

/** What every id names: few enough to be read whole. */
const pageOfNamed = async (
  ports: LogPorts,
  sets: readonly (readonly string[])[],
  { query, asker, after }: Asked,
): Promise<MessagePage> => {
  const [first = [], ...rest] = sets;
  const ids = [...new Set(first)].filter((id) => rest.every((set) => set.includes(id)));
  const messages = (await readMessages(ports, ids))
    .filter((message) => isWanted(message, query, asker))
    .toSorted((a, b) => (isAfter(placeOf(a), placeOf(b)) ? 1 : -1));
  const left = after === undefined ? messages : messages.filter((one) => isAfter(placeOf(one), after));
  const items = left.slice(0, query.limit);
  const last = left.length > items.length ? items.at(-1) : undefined;
  return pageTo(ports, items, last === undefined ? undefined : placeOf(last));
};

const lengthOf = async ({ count }: Shelf, { keys }: Source): Promise<number> =>
  (await Promise.all(keys.map(count))).reduce((sum, one) => sum + one, 0);

const allTypes = async ({ page }: Shelf): Promise<Source> => ({
  keys: (await page(typesKey, undefined, maxTypes)).map(typeKey),
  sides: ["sent"],
});

/** The shortest of those that answer the whole search. */
const shortestOf = async (shelf: Shelf, sources: readonly Source[]): Promise<Source> => {
  const [first, ...others] = sources;
  if (first === undefined) return allTypes(shelf);
  if (others.length === 0) return first;
  const lengths = await Promise.all(sources.map((source) => lengthOf(shelf, source)));
  return sources[lengths.indexOf(Math.min(...lengths))] ?? first;
};

const pageOfPlaces = async (ports: LogPorts, { query, asker, after }: Asked): Promise<MessagePage> => {
  const sources = sourcesOf(query, asker);
  const shelves = [ports.cases, ports.notes];
  const { items, next } = await walked({
    sources: await Promise.all(
      shelves.map(async (shelf) => ({
        slice: shelf.slice,
        merged: mergedOf(query, await shortestOf(shelf, sources)),
      })),
    ),
    find: async (ids) => {
      const messages = await readMessages(ports, ids);
      return new Map(messages.filter((one) => isWanted(one, query, asker)).map((one) => [one.id, one]));
    },
    limit: query.limit,
    after,
    fromMs: spanOf(query).fromMs,
  });
  return pageTo(ports, items, next);
};

/**
 * Messages that fit every key of a search and that the viewer may know of, newest first. To it the others do not exist.
 * @throws Fault `index-unavailable`
 */
export const searchMessages = async (
  ports: LogPorts,
  viewer: string,
  query: MessageSearch,
): Promise<MessagePage> => {
  const after = query.cursor === undefined ? undefined : readMessageCursor(query.cursor);
  const asked = { query, asker: askerIn(ports, viewer), after };
  const sets = await Promise.all(named(ports, query));
  return sets.length > 0 ? pageOfNamed(ports, sets, asked) : pageOfPlaces(ports, asked);
};
