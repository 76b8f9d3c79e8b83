import { type DigestFact, isDigestFact } from "../../../contracts/messages/digest.ts";
import type { DigestItem } from "../../../contracts/notices.ts";
import { later } from "../../case/alarm.ts";
import type { Core, DecisionContext } from "../../case/core.ts";
import type { Decision } from "../../case/decision.ts";

/** The digest of an organisation and a Danish date: a case of its own, named by the two, so that it is told once. */
type DigestState = {
  whose: { organisation: string; date: string } | undefined;
  /** By their keys. */
  items: Readonly<Record<string, DigestItem>>;
  /** Keys of what was told or settled. */
  done: readonly string[];
};

export type DigestCommand =
  | { type: "add"; organisation: string; date: string; at: string; item: DigestItem }
  /** `open`: what was gathered, as it stands now. `from`: in whose name it is told. */
  | { type: "tell"; open: readonly DigestItem[]; settled: readonly string[]; from: string };

/** What is due at the same time takes a moment to come together. */
const gatherSeconds = 30;
/** What a person reads in one letter; what is more goes in the next one. */
const mostItems = 100;
const alarmId = "digest";

const evolve = (state: DigestState, fact: DigestFact): DigestState => {
  const { organisation, date } = fact;
  const whose = { organisation, date };
  if (fact.type === "DigestItemAdded")
    return { ...state, whose, items: { ...state.items, [fact.item.key]: fact.item } };
  const done = [...state.done, ...fact.settled, ...fact.items.map(({ key }) => key)];
  return { ...state, whose, done };
};

/** What was gathered and neither told nor settled. */
export const waiting = ({ items, done }: DigestState): DigestItem[] => {
  const past = new Set(done);
  return Object.values(items).filter(({ key }) => !past.has(key));
};

const add = (
  state: DigestState,
  { organisation, date, at, item }: Extract<DigestCommand, { type: "add" }>,
  { common, now }: DecisionContext,
): Decision<DigestFact> => {
  if (Object.hasOwn(state.items, item.key)) return { kind: "ignore", reason: "already-there" };
  const isSet = Object.hasOwn(common.alarms, alarmId);
  return {
    kind: "record",
    facts: [{ type: "DigestItemAdded", organisation, date, item }],
    tell: [],
    parties: [organisation],
    alarms: isSet ? [] : [{ change: "set", alarmId, at: later(at > now ? at : now, gatherSeconds) }],
  };
};

const tell = (
  state: DigestState,
  { open, settled, from }: Extract<DigestCommand, { type: "tell" }>,
  { now }: DecisionContext,
): Decision<DigestFact> => {
  const known = new Set(waiting(state).map(({ key }) => key));
  const [items, gone] = [open.filter(({ key }) => known.has(key)), settled.filter((key) => known.has(key))];
  if (state.whose === undefined || items.length + gone.length === 0)
    return { kind: "ignore", reason: "nothing-to-tell" };
  const { organisation, date } = state.whose;
  const [told, more] = [items.slice(0, mostItems), items.length > mostItems];
  return {
    kind: "record",
    facts: [{ type: "DigestTold", organisation, date, items: told, settled: gone }],
    tell: told.length === 0 ? [] : [{ to: organisation, from, fact: 0 }],
    alarms: more ? [{ change: "set", alarmId, at: now }] : [],
  };
};

export const digestCore: Core<DigestState, DigestCommand, DigestFact> = {
  family: "digest",
  initial: { whose: undefined, items: {}, done: [] },
  adopts: isDigestFact,
  evolve,
  decide: (state, command, context) =>
    command.type === "add" ? add(state, command, context) : tell(state, command, context),
  statusOf: (state) => (waiting(state).length > 0 ? "gathering" : "told"),
};
