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
  if (known.size > 0) known.delete(member);
};

const move = ({ last, known }: SortedSet, member: string, score: string): void => {
  const before = last.get(member);
  if (before === undefined) known.set(member, score);
  else if (before !== removed) last.set(member, score);
};

/** Where the arguments of a write begin, behind its command and its key. Taken by number: to copy them out costs more than to merge them. */
const first = 2;

const zadd = (set: SortedSet, op: ProjectionOp): boolean => {
  const onlyKnown = op[first] === "XX";
  const [from, write] = onlyKnown ? [first + 1, move] : [first, put];
  for (let i = from; i < op.length; i += 2) if (!isScore(op[i] ?? "")) return false;
  for (let i = from; i < op.length; i += 2) write(set, op[i + 1] ?? "", op[i] ?? "");
  return true;
};

const zrem = ({ last, known }: SortedSet, op: ProjectionOp): boolean => {
  for (let i = first; i < op.length; i++) {
    const member = op[i] ?? "";
    last.set(member, removed);
    if (known.size > 0) known.delete(member);
  }
  return true;
};

const hset = ({ last }: Hash, op: ProjectionOp): boolean => {
  for (let i = first; i + 1 < op.length; i += 2) last.set(op[i] ?? "", op[i + 1]);
  return true;
};

const hdel = ({ last }: Hash, op: ProjectionOp): boolean => {
  for (let i = first; i < op.length; i++) last.set(op[i] ?? "", undefined);
  return true;
};

type Into = (merged: Merged | undefined, op: ProjectionOp) => Merged | undefined;

const intoSet =
  (write: (set: SortedSet, op: ProjectionOp) => boolean): Into =>
  (merged = { kind: "zset", last: new Map(), known: new Map() }, op) =>
    merged.kind === "zset" && write(merged, op) ? merged : undefined;
const intoHash =
  (write: (hash: Hash, op: ProjectionOp) => boolean): Into =>
  (merged = { kind: "hash", last: new Map() }, op) =>
    merged.kind === "hash" && write(merged, op) ? merged : undefined;
const intoText: Into = (merged, op) => {
  if (merged !== undefined && merged.kind !== "text") return undefined;
  return { kind: "text", value: op[first] ?? "" };
};

/** The commands whose last write to a member or field is what counts. */
const mergeable: ReadonlyMap<string, Into> = new Map([
  ["ZADD", intoSet(zadd)],
  ["ZREM", intoSet(zrem)],
  ["HSET", intoHash(hset)],
  ["HDEL", intoHash(hdel)],
  ["SET", intoText],
]);

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
    const key = op[1];
    const before = open.get(key);
    const merged = mergeable.get(op[0])?.(before, op);
    if (merged !== undefined) {
      if (merged !== before) open.set(key, merged);
    } else {
      if (before !== undefined) done.push(...opsOf(key, before));
      open.delete(key);
      done.push(op);
    }
  }
  for (const [key, merged] of open) done.push(...opsOf(key, merged));
  return done;
};
