/** Fields that many forms have, under the same words. */
import { both, type Field, type Seen } from "./form.ts";

type Of<Kind extends Field["kind"]> = Extract<Field, { kind: Kind }>;

const me = ({ person }: Seen): string => person;

export const files: Of<"files"> = {
  kind: "files",
  name: "attachments",
  label: both("Bilag", "Attachments"),
  isOptional: true,
};

export const reason: Of<"long"> = {
  kind: "long",
  name: "reason",
  label: both("Begrundelse", "Reason"),
  max: 350,
};

export const text: Of<"long"> = { kind: "long", name: "text", label: both("Tekst", "Text"), max: 10_000 };

export const note: Of<"long"> = {
  kind: "long",
  name: "note",
  label: both("Bemærkning", "Note"),
  max: 350,
  isOptional: true,
};

/** Whoever is signed in, unless somebody else is written. */
export const personAt = (name: string, da: string, en: string): Of<"line"> => ({
  kind: "line",
  name,
  label: both(da, en),
  max: 70,
  initial: me,
});

export const phoneAt = (name: string, da: string, en: string): Of<"line"> => ({
  kind: "line",
  name,
  label: both(da, en),
  max: 25,
  isPhone: true,
});

export const lineAt = (name: string, [da, en]: readonly [string, string], max = 70): Of<"line"> => ({
  kind: "line",
  name,
  label: both(da, en),
  max,
});

export const longAt = (name: string, [da, en]: readonly [string, string], max = 2000): Of<"long"> => ({
  kind: "long",
  name,
  label: both(da, en),
  max,
});

export const nowAt = (name: string, da: string, en: string): Of<"moment"> => ({
  kind: "moment",
  name,
  label: both(da, en),
  initial: "now",
});

export const momentAt = (name: string, da: string, en: string): Of<"moment"> => ({
  kind: "moment",
  name,
  label: both(da, en),
});

export const todayAt = (name: string, da: string, en: string): Of<"date"> => ({
  kind: "date",
  name,
  label: both(da, en),
  initial: "today",
});

export const yesAt = (name: string, da: string, en: string): Of<"yes"> => ({
  kind: "yes",
  name,
  label: both(da, en),
});

export const optional = <F extends Field>(field: F): F & { isOptional: true } => ({
  ...field,
  isOptional: true,
});

/** A call that was made, where the command keeps one. */
export const callAt = (at: string): Field[] => [
  nowAt(`${at}.at`, "Ringet", "Phoned at"),
  personAt(`${at}.by`, "Hvem ringede", "Who phoned"),
  phoneAt(`${at}.number`, "Nummer, der blev ringet til", "Number that was called"),
  lineAt(`${at}.answeredBy`, ["Hvem tog telefonen", "Who answered"]),
];
