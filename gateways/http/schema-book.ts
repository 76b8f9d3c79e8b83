import { z } from "zod";
import type { NamedExample } from "./answer-examples.ts";

export type Json = Record<string, unknown>;
/** A schema that is sent and a schema that is answered differ where there are defaults. */
type Direction = "input" | "output";

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const componentName = (name: string, direction: Direction): string =>
  `${name.replace(/^__schema/, "Recursive")}${direction === "input" ? "Input" : ""}`;

const relink = (value: unknown, direction: Direction): unknown => {
  if (Array.isArray(value)) return value.map((item) => relink(item, direction));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string"
        ? `#/components/schemas/${componentName(inner.replace("#/$defs/", ""), direction)}`
        : relink(inner, direction),
    ]),
  );
};

/** An answer may get new fields in a later release, so it never says that there are no others. */
const asJsonSchema = (schema: z.ZodType, direction: Direction): Json => ({
  ...z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }),
});

export type SchemaBook = {
  schema: (zod: z.ZodType, direction: Direction) => unknown;
  /** The examples by name, as an answer refers to them. */
  examples: (shown: readonly NamedExample[]) => Json;
  /** What was referred to, as `components` of an API description. */
  components: () => Json;
};

const sorted = (components: ReadonlyMap<string, unknown>): Json =>
  Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b)));

/** Keeps what has a name once. Two things of one name would make one of them wrong for partners, so that is a bug. */
const keepIn =
  (kept: Map<string, unknown>, what: string) =>
  (name: string, value: unknown): void => {
    const known = kept.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value))
      throw new Error(`Two different ${what} are named ${name}.`);
    kept.set(name, value);
  };

/** Collects named schemas and examples once, for a description that refers to them. */
export const createSchemaBook = (): SchemaBook => {
  const [schemas, examples] = [new Map<string, unknown>(), new Map<string, unknown>()];
  const [keepSchema, keepExample] = [keepIn(schemas, "schemas"), keepIn(examples, "examples")];
  const write = (zod: z.ZodType, direction: Direction): unknown => {
    const { $schema: _dialect, $defs, ...root } = asJsonSchema(zod, direction);
    for (const [name, inner] of Object.entries(isObject($defs) ? $defs : {}))
      keepSchema(componentName(name, direction), relink(inner, direction));
    return relink(root, direction);
  };
  // The error answer alone stands in the description some thousand times.
  const written = { input: new Map<z.ZodType, unknown>(), output: new Map<z.ZodType, unknown>() };
  return {
    schema: (zod, direction) => {
      const known = written[direction].get(zod) ?? write(zod, direction);
      written[direction].set(zod, known);
      return known;
    },
    examples: (shown) =>
      Object.fromEntries(
        shown.map(({ name, value }) => {
          keepExample(name, { value });
          return [name.slice(name.indexOf(".") + 1), { $ref: `#/components/examples/${name}` }];
        }),
      ),
    components: () => ({ schemas: sorted(schemas), examples: sorted(examples) }),
  };
};
