import { isScore, type ProjectionOp } from "./merge-ops.ts";

/** Commands that mean the same for several members or fields at once as for one after the other. */
const ofSeveral: ReadonlySet<string> = new Set(["ZADD", "ZREM", "HSET", "HDEL", "SADD"]);
/** Lua takes some thousand arguments at once. */
const mostArguments = 2_000;

/** Redis refuses a command with one score that is no number (`XX` is none): it goes alone, or it would take others with it. */
const goesWithOthers = (op: ProjectionOp): boolean => {
  if (!ofSeveral.has(op[0])) return false;
  if (op[0] === "ZADD") for (let i = 2; i < op.length; i += 2) if (!isScore(op[i] ?? "")) return false;
  return true;
};

/**
 * The same writes in fewer commands: one that says of a key what the command before it says of that key joins it. For runs too
 * short for `mergeOps`: it looks at no member, so it costs no more here than the shorter text saves (decision 0050).
 */
export const gatherOps = (ops: readonly ProjectionOp[]): ProjectionOp[] => {
  const gathered: [string, string, ...string[]][] = [];
  const last = new Map<string, string[]>();
  for (const op of ops) {
    const [command, key] = op;
    const joins = goesWithOthers(op);
    const before = joins ? last.get(key) : undefined;
    if (before !== undefined && before[0] === command && before.length + op.length <= mostArguments)
      for (let i = 2; i < op.length; i++) before.push(op[i] ?? "");
    else {
      const own: [string, string, ...string[]] = [...op];
      gathered.push(own);
      if (joins) last.set(key, own);
      else last.delete(key);
    }
  }
  return gathered;
};
