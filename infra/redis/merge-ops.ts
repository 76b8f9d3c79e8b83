/** One Redis write of a projection, e.g. `["ZADD", key, score, member]`. Keys are given without the prefix. */
export type ProjectionOp = readonly [command: string, key: string, ...args: string[]];

/** What a run comes to for one key: each member or field once, by its last write. `XX`: only where the member is known. */
type SortedSet = { kind: "zset"; last: Map<string, string>; known: Map<string, string> };
type Hash = { kind: "hash"; last: Map<string, string | undefined> };
type Text = { kind: "text"; value: string };
type Merged = SortedSet | Hash | Text;

/** Redis refuses a score that is no number: merged with others, it would take them with it. */
export const isScore = (text: string): boolean => /^[+-]?(?:\d+(?:\.\d+)?|inf)$/.test(text);
const removed = "";

const put = ({ last, known }: SortedSet, member: string, score: string): void => {
  last.set(member, score);
  known.delete(member);
};

const move = ({ last, known }: SortedSet, member: string, score: string): void => {
  const before = last.get(member);
  if (before === undefined) known.set(member, score);
  else if (before !== removed) last.set(member, score);
};

const zadd = (set: SortedSet, args: readonly string[]): boolean => {
  const onlyKnown = args[0] === "XX";
  const [first, write] = onlyKnown ? [1, move] : [0, put];
  for (let i = first; i < args.length; i += 2) if (!isScore(args[i] ?? "")) return false;
  for (let i = first; i < args.length; i += 2) write(set, args[i + 1] ?? "", args[i] ?? "");
  return true;
};

const zrem = ({ last, known }: SortedSet, members: readonly string[]): boolean => {
  for (const member of members) {
    last.set(member, removed);
    known.delete(member);
  }
  return true;
};

const hset = ({ last }: Hash, args: readonly string[]): boolean => {
  for (let i = 0; i + 1 < args.length; i += 2) last.set(args[i] ?? "", args[i + 1]);
  return true;
};

const hdel = ({ last }: Hash, fields: readonly string[]): boolean => {
  for (const field of fields) last.set(field, undefined);
  return true;
};

type Into = (merged: Merged | undefined, args: readonly string[]) => Merged | undefined;

const intoSet =
  (write: (set: SortedSet, args: readonly string[]) => boolean): Into =>
  (merged = { kind: "zset", last: new Map(), known: new Map() }, args) =>
    merged.kind === "zset" && write(merged, args) ? merged : undefined;
const intoHash =
  (write: (hash: Hash, args: readonly string[]) => boolean): Into =>
  (merged = { kind: "hash", last: new Map() }, args) =>
    merged.kind === "hash" && write(merged, args) ? merged : undefined;

/** The commands whose last write to a member or field is what counts. */
const mergeable: Readonly<Record<string, Into>> = {
  ZADD: intoSet(zadd),
  ZREM: intoSet(zrem),
  HSET: intoHash(hset),
  HDEL: intoHash(hdel),
  SET: (merged, [value = ""]) =>
    merged === undefined || merged.kind === "text" ? { kind: "text", value } : undefined,
};

/** Lua takes some thousand arguments at once, and Redis does one command at a time: long ones are cut. Even, so that pairs stay whole. */
const mostArguments = 2_000;

const cut = (
  [name, key, ...flags]: readonly [string, string, ...string[]],
  args: readonly string[],
): ProjectionOp[] => {
  const ops: ProjectionOp[] = [];
  for (let i = 0; i < args.length; i += mostArguments)
    ops.push([name, key, ...flags, ...args.slice(i, i + mostArguments)]);
  return ops;
};

const opsOfSet = (key: string, { last, known }: SortedSet): ProjectionOp[] => {
  const [added, left]: [string[], string[]] = [[], []];
  for (const [member, score] of last)
    if (score === removed) left.push(member);
    else added.push(score, member);
  const changed = [...known].flatMap(([member, score]) => [score, member]);
  return [...cut(["ZADD", key], added), ...cut(["ZADD", key, "XX"], changed), ...cut(["ZREM", key], left)];
};

const opsOfHash = (key: string, { last }: Hash): ProjectionOp[] => {
  const [kept, gone]: [string[], string[]] = [[], []];
  for (const [field, value] of last)
    if (value === undefined) gone.push(field);
    else kept.push(field, value);
  return [...cut(["HSET", key], kept), ...cut(["HDEL", key], gone)];
};

const opsOf = (key: string, merged: Merged): ProjectionOp[] => {
  switch (merged.kind) {
    case "zset":
      return opsOfSet(key, merged);
    case "hash":
      return opsOfHash(key, merged);
    case "text":
      return [["SET", key, merged.value]];
  }
};

/**
 * The same writes in fewer commands: those to one key become one, in which each member or field has its last value. Half of
 * what a command costs Redis is being called at all. What is no such write stays as it is, behind what came before it.
 */
export const mergeOps = (ops: readonly ProjectionOp[]): ProjectionOp[] => {
  const done: ProjectionOp[] = [];
  const open = new Map<string, Merged>();
  for (const op of ops) {
    const [command, key, ...args] = op;
    const before = open.get(key);
    const merged = mergeable[command]?.(before, args);
    if (merged !== undefined) open.set(key, merged);
    else {
      if (before !== undefined) done.push(...opsOf(key, before));
      open.delete(key);
      done.push(op);
    }
  }
  for (const [key, merged] of open) done.push(...opsOf(key, merged));
  return done;
};
