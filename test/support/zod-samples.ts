import { z } from "zod";

/** Values that a Zod contract takes, made of the contract itself: a fact that is added later has its own too. */
type Wish = { full: boolean; turn: number; key: string };
type Def = z.core.$ZodTypes["_zod"]["def"];

/** One of these fits every pattern of the contracts. */
const patternValues = [
  "smoking",
  "2026-11-23T09:15:00.000Z",
  "2026-11-23T10:15",
  "2026-11-23T10:15:30",
  "2026-11-23",
  "0107560106",
  "5790000100019",
  "0892",
  "90000001",
  "a".repeat(64),
  `sha256-${"a".repeat(64)}`,
  "pdf",
  "01016500A0",
  "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6",
  "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
  "https://prove.example/1",
  "10:15",
];

/** Free text is marked, so that a test can tell it from words that the hub wrote. */
export const marker = "Frit";

const byKey: Readonly<Record<string, string>> = { phone: "90000001" };

const textOf = (schema: z.ZodType, { key }: Wish): string => {
  const candidates = [byKey[key] ?? `${marker} ${key}`, marker, ...patternValues, marker.repeat(20)];
  const found = candidates.find((one) => schema.safeParse(one).success);
  if (found === undefined) throw new Error(`No text fits ${key}.`);
  return found;
};

const numberOf = (schema: z.ZodType, { key }: Wish): number => {
  const found = [7, 1, 0, 30, 100, 0.5].find((one) => schema.safeParse(one).success);
  if (found === undefined) throw new Error(`No number fits ${key}.`);
  return found;
};

const pick = <T>(all: readonly T[], { turn }: Wish): T => {
  const found = all[turn % all.length];
  if (found === undefined) throw new Error("nothing to pick");
  return found;
};

const objectOf = (shape: Record<string, z.ZodType>, wish: Wish): object =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([key, inner]) => {
      // A citizen has one number, and not two.
      const isOneOfTwo = "cpr" in shape && (key === "cpr" || key === "alternativeId");
      const isLeftOut = isOneOfTwo ? key !== "cpr" : !wish.full && inner.safeParse(undefined).success;
      return isLeftOut ? [] : [[key, sampleOf(inner, { ...wish, key })]];
    }),
  );

const listOf = (schema: z.ZodType, element: z.ZodType, wish: Wish): unknown[] => {
  if (!wish.full && schema.safeParse([]).success) return [];
  return [sampleOf(element, wish)];
};

const inner = (def: Def): z.ZodType | undefined =>
  "innerType" in def ? (def.innerType as z.ZodType) : undefined;

/** What the kinds of schema hold; each maker reads what its own kind has. */
type Parts = {
  shape: Record<string, z.ZodType>;
  element: z.ZodType;
  values: unknown[];
  entries: Record<string, string>;
  options: z.ZodType[];
  keyType: z.ZodType;
  valueType: z.ZodType;
  getter: () => z.ZodType;
  in: z.ZodType;
};
type Maker = (made: { schema: z.ZodType; parts: Parts; wish: Wish }) => unknown;
/** How a value of each kind of schema is made; a kind that is not here only wraps another. */
const makers: Readonly<Record<string, Maker>> = {
  object: ({ parts, wish }) => objectOf(parts.shape, wish),
  array: ({ schema, parts, wish }) => listOf(schema, parts.element, wish),
  string: ({ schema, wish }) => textOf(schema, wish),
  number: ({ schema, wish }) => numberOf(schema, wish),
  boolean: ({ wish }) => wish.turn % 2 === 0,
  literal: ({ parts }) => parts.values[0],
  enum: ({ parts, wish }) => pick(Object.values(parts.entries), wish),
  union: ({ parts, wish }) => sampleOf(pick(parts.options, wish), wish),
  record: ({ parts, wish }) => ({ [textOf(parts.keyType, wish)]: sampleOf(parts.valueType, wish) }),
  lazy: ({ parts, wish }) => sampleOf(parts.getter(), wish),
  pipe: ({ parts, wish }) => sampleOf(parts.in, wish),
  unknown: () => ({}),
};

/** A value that the schema takes. `full`: with everything optional; `turn` goes through the choices. */
export const sampleOf = (schema: z.ZodType, wish: Wish): unknown => {
  // Formatted text is a tree without an end: one line of it is enough.
  if (z.globalRegistry.get(schema)?.id === "FormattedText") return [`${marker} ${wish.key}`];
  const def = schema._zod.def as Def;
  const maker = makers[def.type];
  if (maker !== undefined) return maker({ schema, parts: def as unknown as Parts, wish });
  const within = inner(def);
  if (within === undefined) throw new Error(`No sample of ${def.type} for ${wish.key}.`);
  return sampleOf(within, wish);
};

/** Every word that a contract's enums and types are made of. */
export const codesIn = (schema: z.ZodType, seen = new Set<z.ZodType>()): string[] => {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = schema._zod.def as Def;
  const of = (one: unknown): string[] => codesIn(one as z.ZodType, seen);
  if (def.type === "enum") return Object.values(def.entries).map(String);
  if (def.type === "object") return Object.values(def.shape).flatMap(of);
  if (def.type === "array") return of(def.element);
  if (def.type === "union") return def.options.flatMap(of);
  const within = inner(def);
  return within === undefined ? [] : of(within);
};
