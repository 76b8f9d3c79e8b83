import { type Mutate, marker, pick, values } from "./mutation-parts.ts";
import type { Random } from "./oioxml-mutations.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Place = { holder: Json[] | { [name: string]: Json }; name: string | number };

const isNode = (value: Json): value is Json[] | { [name: string]: Json } =>
  typeof value === "object" && value !== null;

/** Deeper than this nothing is changed. */
const deepest = 300;
const placesOf = (value: Json, depth = 0, places: Place[] = []): Place[] => {
  if (!isNode(value) || depth > deepest) return places;
  const names: readonly (string | number)[] = Array.isArray(value)
    ? value.map((_, at) => at)
    : Object.keys(value);
  for (const name of names) {
    places.push({ holder: value, name });
    placesOf((value as Record<string | number, Json>)[name] as Json, depth + 1, places);
  }
  return places;
};

const at = ({ holder, name }: Place): Json => (holder as Record<string | number, Json>)[name] as Json;
const put = ({ holder, name }: Place, value: Json): void => {
  Object.defineProperty(holder, name, { value, configurable: true, enumerable: true, writable: true });
};
const copy = (value: Json): Json => structuredClone(value);

const anyValue = (random: Random): Json =>
  pick<Json>(random, [
    ...values,
    null,
    true,
    false,
    0,
    -1.5,
    1e300,
    [],
    {},
    [null],
    [[]],
    [{}],
    { value: "x" },
    { reference: "#" },
    marker(random),
  ]);

type ChangeJson = (place: Place, random: Random, all: readonly Place[]) => void;

const ofValue: Record<string, ChangeJson> = {
  drop: ({ holder, name }) => {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else Reflect.deleteProperty(holder, name);
  },
  double: (place) => {
    const { holder, name } = place;
    if (Array.isArray(holder)) holder.splice(Number(name), 0, copy(at(place)));
    else put(place, [copy(at(place)), copy(at(place))]);
  },
  swap: (place, random, all) => {
    const other = pick(random, all);
    const [one, two] = [copy(at(place)), copy(at(other))];
    put(place, two);
    put(other, one);
  },
  move: (place, random, all) => {
    put(pick(random, all), copy(at(place)));
  },
  rename: (place, random) => {
    const name =
      random() < 0.5 ? pick(random, ["extension", "id", "resourceType", "_value"]) : marker(random);
    put({ holder: place.holder, name: Array.isArray(place.holder) ? 0 : name }, copy(at(place)));
  },
  value: (place, random) => {
    put(place, anyValue(random));
  },
  overlong: (place, random) => {
    const value = at(place);
    const text = typeof value === "string" ? value : "";
    put(place, text + marker(random).padEnd(pick(random, [15, 65, 256, 5_000, 70_000]), "y"));
  },
  number: (place, random) => {
    put(place, pick<Json>(random, [0, -0, 1.5, 1e21, 2 ** 53, Number.MAX_VALUE]));
  },
  wrap: (place) => {
    put(place, [copy(at(place))]);
  },
  unwrap: (place) => {
    const value = at(place);
    if (Array.isArray(value)) put(place, value[0] ?? null);
  },
  many: (place, random) => {
    const times = pick(random, [2, 120, 3_000]);
    const one = JSON.stringify(at(place)).length > 2_000 ? null : at(place);
    put(
      place,
      Array.from({ length: times }, () => copy(one)),
    );
  },
  nest: (place, random) => {
    let value = copy(at(place));
    for (let depth = pick(random, [3, 60, 600]); depth > 0; depth--)
      value = random() < 0.5 ? [value] : { extension: [value] };
    put(place, value);
  },
  extend: (place, random) => {
    const { holder, name } = place;
    if (!Array.isArray(holder))
      put(
        { holder, name: `_${String(name)}` },
        { extension: [{ url: "urn:x", valueString: marker(random) }] },
      );
  },
};

/** On what is written of it, where a value cannot say it. */
const ofJsonText: Record<string, (json: string, random: Random) => string> = {
  duplicateKey: (json, random) => {
    const keys = [...json.matchAll(/"[a-zA-Z]+":/g)];
    if (keys.length === 0) return json;
    const { index, 0: key } = pick(random, keys);
    return `${json.slice(0, index)}${key}${pick(random, ["null", '"x"', "{}", "[]"])},${json.slice(index)}`;
  },
  bigNumber: (json, random) =>
    json.replace(/"value":("[^"]*"|[-\d.eE+]+)/, () => `"value":${pick(random, numbers)}`),
  deepArray: (json, random) => {
    const depth = pick(random, [100, 5_000, 100_000]);
    return json.replace(/"timestamp":"[^"]*"/, `"timestamp":${"[".repeat(depth)}${"]".repeat(depth)}`);
  },
  deepObject: (json, random) => {
    const depth = pick(random, [100, 5_000, 50_000]);
    return json.replace(/"timestamp":"[^"]*"/, `"timestamp":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
  },
  hugeArray: (json) => json.replace(/"entry":\[/, `"entry":[${"{},".repeat(30_000)}`),
  escapes: (json, random) =>
    json.replace(/:"([^"]{1,40})"/g, (all, text: string) =>
      random() < 0.1
        ? `:"${pick(random, ["\\u0000", "\\ud800", "\\udfff\\ud800", "\\/", "\\q"])}${text}"`
        : all,
    ),
  comment: (json) => json.replace("{", "{/* x */"),
  trailing: (json, random) => json + pick(random, ["}", ",", "{}", "null", json]),
  single: (json) => json.replaceAll('"', "'"),
  proto: (json, random) =>
    json.replace("{", `{"__proto__":{"resourceType":"${marker(random)}"},"constructor":{"prototype":{}},`),
};

const numbers = [
  "1e999",
  "-1e999",
  "1e-999",
  "0e0",
  "01",
  "+1",
  ".5",
  "1.",
  "NaN",
  "Infinity",
  "1".repeat(5_000),
  "-",
];

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(Buffer.from(text, "latin1").toString("utf8")) as Json;
  } catch {
    return undefined;
  }
};

const onJson =
  (change: ChangeJson) =>
  (text: string, random: Random): string => {
    const value = parsed(text);
    if (value === undefined) return text;
    const all = placesOf(value);
    try {
      if (all.length > 0) change(pick(random, all), random, all);
      return Buffer.from(JSON.stringify(value), "utf8").toString("latin1");
    } catch {
      // What is too deep to be copied, or was moved into itself.
      return text;
    }
  };

/** What can be done to FHIR in JSON: to the value, and to what is written of it. */
export const ofJson: Record<string, Mutate> = {
  ...Object.fromEntries(Object.entries(ofValue).map(([name, change]) => [name, onJson(change)])),
  ...ofJsonText,
};
