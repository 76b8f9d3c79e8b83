import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import type { FullShape, Kind, Part, Shape } from "../../../../../gateways/oioxml/codec/shape.ts";
import { clinicalVersions } from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import type { Group } from "../../../../../gateways/tables/element-table.ts";

/** Each element of a table, by path, and what a shape must be to carry it. */
const elementsOf = (group: Group, path = ""): [string, string][] =>
  group.slots.flatMap(({ element: { name, max, content } }): [string, string][] => {
    const here = `${path}/${name}`;
    const many = max > 1 ? "many" : "one";
    if (content.kind === "group") return [[here, `${many} group`], ...elementsOf(content, here)];
    return [[here, `${many} ${content.kind === "formatted" ? "formatted" : "text"}`]];
  });

const inGroup = (path: string, name: string, many: boolean, shape: Shape): [string, string][] => [
  [`${path}/${name}`, `${many ? "many" : "one"} group`],
  ...namesOf(shape, `${path}/${name}`),
];
const momentOf = (path: string, name: string, time: string): [string, string][] => [
  [`${path}/${name}`, "one group"],
  [`${path}/${name}/Date`, "one text"],
  [`${path}/${name}/${time}`, "one text"],
];
const leafName = (part: { is: string; name: string }, path: string): [string, string][] => {
  const what = part.is === "runs" ? "formatted" : "text";
  return [[`${path}/${part.name}`, `${part.is === "texts" ? "many" : "one"} ${what}`]];
};
const kindNames = (kind: Kind, path: string): [string, string][] =>
  kind.inside
    ? inGroup(path, kind.name, false, kind.shape)
    : [[`${path}/${kind.name}`, "one text"], ...namesOf(kind.shape, path)];
const partNames = (part: Part, path: string): [string, string][] => {
  if (part.is === "nest") return namesOf(part.shape, path);
  if (part.is === "choice") return part.kinds.flatMap((kind) => kindNames(kind, path));
  if (part.is === "group" || part.is === "groups")
    return inGroup(path, part.name, part.is === "groups", part.shape);
  if (part.is === "time") return momentOf(path, part.name, "Time");
  return part.is === "seconds" ? momentOf(path, part.name, "TimeWithSec") : leafName(part, path);
};
const namesOf = (shape: Shape, path: string): [string, string][] =>
  Object.values(shape).flatMap((part) => partNames(part, path));
const fullNames = ({ own, lifted, fixed }: FullShape, path = ""): [string, string][] => [
  ...namesOf(own, path),
  ...Object.keys(fixed).map((name): [string, string] => [`${path}/${name}`, "one text"]),
  ...lifted.flatMap((one): [string, string][] => [
    [`${path}/${one.name}`, "one group"],
    ...fullNames(one.shape, `${path}/${one.name}`),
  ]),
];

/** The keys of the typed letter that a shape fills, by path. */
const keysOf = (shape: Shape, path: string): string[] =>
  Object.entries(shape).flatMap(([key, part]) => {
    const here = path === "" ? key : `${path}.${key}`;
    if (part.is === "choice")
      return [here, `${here}.kind`, ...part.kinds.flatMap((kind) => keysOf(kind.shape, here))];
    return "shape" in part ? [here, ...keysOf(part.shape, here)] : [here];
  });
const fullKeys = ({ own, lifted }: FullShape): string[] => [
  ...keysOf(own, ""),
  ...lifted.flatMap(({ shape }) => fullKeys(shape)),
];

const zodKeys = (schema: unknown, path = ""): string[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return zodKeys(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return zodKeys(schema.element, path);
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap((one) => zodKeys(one, path));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, inner]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return [here, ...zodKeys(inner, here)];
  });
};
/** Formatted text is one value, whatever runs it is made of. */
const isOwnKey = (key: string): boolean => !/(^|\.)(el|runs)$/.test(key);

const contractOf = (type: string): z.ZodObject => {
  const found = ClinicalLetter.options.find((option) => option.shape.type.safeParse(type).success);
  if (found === undefined) throw new Error(`no contract for ${type}`);
  return found;
};

const versions = clinicalVersions.map(
  (version) =>
    [`${version.type} ${version.version} of ${version.namespace.slice(-11, -1)}`, version] as const,
);

describe("a shape carries all that a table reads", () => {
  test.each(versions)(
    "%s: every element, as text, formatted text or group, one or many",
    (_, { table, shape }) => {
      const carried = new Map(fullNames(shape));
      // A part that carries many carries one.
      const uncarried = elementsOf(table).filter(
        ([path, what]) => carried.get(path) !== what && carried.get(path) !== what.replace("one", "many"),
      );
      expect(uncarried).toEqual([]);
    },
  );
  test.each(versions)("%s: no element is carried twice", (_, { shape }) => {
    const names = fullNames(shape).map(([name]) => name);
    // The kinds of a choice may be told by one element.
    const twice = names.filter((name, at) => names.indexOf(name) !== at && !name.endsWith("/URL"));
    expect(twice).toEqual([]);
  });
  test.each(versions)("%s: every code of a list has one of ours", (_, { table, shape }) => {
    const codes = new Map<string, readonly string[]>();
    const gather = (one: FullShape, path: string): void => {
      for (const part of Object.values(one.own))
        if (part.is === "code") codes.set(`${path}/${part.name}`, Object.values(part.codes));
      for (const { name, shape: inner } of one.lifted) gather(inner, `${path}/${name}`);
    };
    gather(shape, "");
    const lists = (group: Group, path: string): string[] =>
      group.slots.flatMap(({ element: { name, content } }) => {
        if (content.kind === "group") return lists(content, `${path}/${name}`);
        const ours = codes.get(`${path}/${name}`);
        return content.kind === "list" && ours !== undefined
          ? content.values.filter((value) => !ours.includes(value))
          : [];
      });
    expect(codes.size).toBeGreaterThan(0);
    expect(lists(table, "")).toEqual([]);
  });
});

describe("a shape and its contract", () => {
  test.each(versions)("%s have the same keys", (_, { type, shape }) => {
    const contract = zodKeys(contractOf(type)).filter(isOwnKey);
    expect([...new Set(["type", "version", ...fullKeys(shape)])].toSorted()).toEqual(
      [...new Set(contract)].toSorted(),
    );
  });
  test.each(ClinicalLetter.options.map((option) => [option.meta()?.id ?? "", option] as const))(
    "%s names every type and version that has it, and no other",
    (_, option) => {
      const rows = clinicalVersions.filter(({ type }) => contractOf(type) === option);
      const valuesOf = (key: "type" | "version"): string[] =>
        [...new Set(rows.map((row) => row[key]))].toSorted();
      const schema: { type: z.ZodType; version: z.ZodType } = option.shape;
      for (const key of ["type", "version"] as const) {
        const named =
          schema[key] instanceof z.ZodEnum
            ? schema[key].options
            : schema[key] instanceof z.ZodLiteral
              ? [...schema[key].values]
              : [];
        expect(named.map(String).toSorted()).toEqual(valuesOf(key));
      }
    },
  );
});
