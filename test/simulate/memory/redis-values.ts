/** What Redis keeps, as far as the hub uses it: texts, hashes, sets and sorted sets. */
export type Value =
  | { kind: "string"; text: string }
  | { kind: "hash"; fields: Map<string, string> }
  | { kind: "set"; members: Set<string> }
  | { kind: "zset"; scores: Map<string, number>; sorted: [string, number][] | undefined };

export type Keys = Map<string, Value>;
export type Command = (keys: Keys, args: readonly string[]) => unknown;

export const at = (args: readonly string[], place: number): string => args[place] ?? "";

export const ofKind = <Kind extends Value["kind"]>(
  keys: Keys,
  key: string,
  kind: Kind,
): (Value & { kind: Kind }) | undefined => {
  const value = keys.get(key);
  if (value === undefined) return undefined;
  if (value.kind !== kind)
    throw new Error("WRONGTYPE Operation against a key holding the wrong kind of value");
  return value as Value & { kind: Kind };
};

export const made = <Kind extends Value["kind"]>(
  keys: Keys,
  key: string,
  fresh: Value & { kind: Kind },
): Value & { kind: Kind } => {
  const known = ofKind(keys, key, fresh.kind);
  if (known === undefined) keys.set(key, fresh);
  return known ?? fresh;
};

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const dropEmpty = (keys: Keys, key: string, size: number): void => {
  if (size === 0) keys.delete(key);
};

export const has = (args: readonly string[], word: string): boolean =>
  args.some((arg) => arg.toUpperCase() === word);
