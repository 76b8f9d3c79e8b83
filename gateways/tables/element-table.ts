import type { FormattedText } from "../../contracts/formatted-text.ts";

/**
 * The small format in which a version's schema is written as data: name, order, cardinality, kind, length, enumeration,
 * children. One reader and one printer walk it, so a new MedCom type is a new table, not new code.
 */

/** What may stand in formatted text (MedCom FormattedText.xsd): all, all but FixedFont, or only Break and Space. */
export type TextLevel = "formatted" | "fixed" | "breakable";

/** `collapse`: blanks around the value are no part of it (numbers, booleans and times of XSD). `open`: the list grows without a new version, so an unknown value is a warning. `fallback`: printed where none fits. */
export type Content =
  | { readonly kind: "text"; readonly min: number; readonly max: number; readonly fallback?: string }
  | {
      readonly kind: "list";
      readonly values: readonly string[];
      readonly open?: boolean;
      readonly fallback?: string;
    }
  | { readonly kind: "version"; readonly value: string }
  | { readonly kind: "pattern"; readonly pattern: RegExp; readonly collapse?: boolean }
  | { readonly kind: "date" | "cpr" | "replacement-cpr" | "gln" }
  | { readonly kind: "base64" }
  | { readonly kind: "formatted"; readonly level: TextLevel }
  | Group;

export interface ElementSpec {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly content: Content;
  /** The one attribute that a VANS envelope's element may carry. */
  readonly attribute?: { readonly name: string; readonly content: Content };
}

/** Exactly one of the alternatives, each a sequence. */
export interface ChoiceSpec {
  readonly alternatives: readonly (readonly ElementSpec[])[];
}

/** A position in a sequence. `choice` is the choice it belongs to, or -1. */
interface Slot {
  readonly element: ElementSpec;
  readonly choice: number;
  readonly alternative: number;
}

export interface Group {
  readonly kind: "group";
  readonly slots: readonly Slot[];
  readonly byName: ReadonlyMap<string, number>;
  readonly choices: number;
}

/** What an element holds, once read or before it is printed. */
export type Value =
  | { readonly is: "text"; readonly text: string; readonly attribute?: string }
  | { readonly is: "runs"; readonly runs: FormattedText }
  | { readonly is: "bytes"; readonly bytes: Uint8Array }
  | { readonly is: "group"; readonly fields: Fields };
/** By element name; every element holds a list, empty when it is absent. */
export type Fields = Readonly<Record<string, readonly Value[]>>;

const slotsOf = (parts: readonly (ElementSpec | ChoiceSpec)[]): Slot[] => {
  let choice = -1;
  return parts.flatMap((part): Slot[] => {
    if (!("alternatives" in part)) return [{ element: part, choice: -1, alternative: 0 }];
    choice += 1;
    const at = choice;
    return part.alternatives.flatMap((elements, alternative) =>
      elements.map((element) => ({ element, choice: at, alternative })),
    );
  });
};

export const groupOf = (...parts: readonly (ElementSpec | ChoiceSpec)[]): Group => {
  const slots = slotsOf(parts);
  return {
    kind: "group",
    slots,
    byName: new Map(slots.map((slot, at) => [slot.element.name, at])),
    choices: parts.filter((part) => "alternatives" in part).length,
  };
};

export const element = (name: string, content: Content): ElementSpec => ({ name, min: 1, max: 1, content });
export const text = (name: string, max: number, min = 1): ElementSpec =>
  element(name, { kind: "text", min, max });
export const list = (name: string, values: readonly string[]): ElementSpec =>
  element(name, { kind: "list", values });
export const formatted = (name: string, level: TextLevel): ElementSpec =>
  element(name, { kind: "formatted", level });
export const group = (name: string, ...parts: readonly (ElementSpec | ChoiceSpec)[]): ElementSpec =>
  element(name, groupOf(...parts));
export const optional = (spec: ElementSpec): ElementSpec => ({ ...spec, min: 0 });
export const repeated = (spec: ElementSpec, min: number, max: number): ElementSpec => ({ ...spec, min, max });
export const choice = (...alternatives: readonly (readonly ElementSpec[])[]): ChoiceSpec => ({
  alternatives,
});

export const dateTime = (name: string): ElementSpec =>
  group(
    name,
    element("Date", { kind: "date" }),
    element("Time", { kind: "pattern", pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }),
  );
/** xs:positiveInteger; fifteen digits keep it exact as a number. */
export const count = (name: string): ElementSpec =>
  element(name, { kind: "pattern", pattern: /^\+?0{0,15}[1-9]\d{0,14}$/, collapse: true });
/** xs:boolean that may only be true. */
export const onlyTrue = (name: string): ElementSpec =>
  element(name, { kind: "pattern", pattern: /^true$/, collapse: true });
