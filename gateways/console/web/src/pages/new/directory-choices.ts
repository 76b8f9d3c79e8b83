/** What the directory knows by name, in the place of fields that would otherwise be typed as codes. Pure. */
import type { DirectoryPage } from "../../../../../../contracts/messages/directory-query.ts";
import { textOf, type Values } from "../../forms/body-of.ts";
import type { Field, Option } from "../../forms/described/form.ts";

type Listed = Pick<DirectoryPage["organisations"][number], "name" | "kind" | "offers">;

const byLabel = (a: Option, b: Option): number => a.label.da.localeCompare(b.label.da, "da");
const once = (options: readonly Option[]): Option[] => [
  ...new Map(options.map((one) => [one.value, one])).values(),
];

/** Municipalities by name. Their health centres are of their kind too; home care is the municipality's own. */
const municipalities = (listed: readonly Listed[]): Option[] =>
  once(
    listed.flatMap(({ kind, name, offers = [] }): Option[] => {
      const ours = offers.filter(({ service }) => service === "home-care");
      const codes = [...new Set(ours.flatMap((offer) => offer.municipalities ?? []))];
      const [value] = codes;
      return kind === "municipality" && codes.length === 1 && value !== undefined
        ? [{ value, label: { da: name, en: name } }]
        : [];
    }),
  ).toSorted(byLabel);

/** What is offered to citizens of a municipality; before one is chosen, what is offered anywhere. */
const topics = (listed: readonly Listed[], municipality: string): Option[] =>
  once(
    listed
      .flatMap(({ offers = [] }) => offers)
      .flatMap(({ service, topic, title, municipalities: of }): Option[] => {
        const isThere = municipality === "" || of === undefined || of.includes(municipality);
        return service === "prevention" && topic !== undefined && isThere
          ? [{ value: topic, label: title ?? { da: topic, en: topic } }]
          : [];
      }),
  ).toSorted(byLabel);

const labels: Readonly<Record<string, Field["label"]>> = {
  municipality: { da: "Bopælskommune", en: "Municipality of residence" },
  "prevention.topic": { da: "Hvad det drejer sig om", en: "What it is about" },
};

/** The fields of a referral, with names to choose from where the directory has any. */
export const withChoices = (fields: readonly Field[], listed: readonly Listed[], values: Values): Field[] => {
  const options: Readonly<Record<string, readonly Option[]>> = {
    municipality: municipalities(listed),
    "prevention.topic": topics(listed, textOf(values["municipality"])),
  };
  return fields.map((field) => {
    const [known = [], label] = [options[field.name], labels[field.name]];
    if (known.length === 0 || label === undefined) return field;
    const { name, isOptional, help, when } = field;
    const rest = { ...(isOptional === true ? { isOptional } : {}), ...(help === undefined ? {} : { help }) };
    return {
      ...{ kind: "choice", name, label, options: known },
      ...rest,
      ...(when === undefined ? {} : { when }),
    };
  });
};
