import type { ReactElement } from "react";
import { Refused } from "../api/client.ts";
import { useWords } from "../words/language.tsx";
import { isAsked, type Value, type Values, type Wrong, wrongs } from "./body-of.ts";
import type { Field, Seen } from "./described/form.ts";
import { FieldInput } from "./fields/field-input.tsx";
import { formWords } from "./words.ts";

/** What is told at once, while somebody types; that something is missing is told when they try to send. */
const atOnce: readonly Wrong[] = ["too-long", "not-whole", "out-of-range"];

/** What the hub says of a field, by its path. */
const saidOf = (error: Error | null, { name }: Field): string | undefined =>
  error instanceof Refused
    ? error.answer.problems.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message
    : undefined;

type Props = {
  fields: readonly Field[];
  values: Values;
  seen: Seen;
  error: Error | null;
  hasTried: boolean;
  onChange: (values: Values) => void;
};

/** The fields of a form that are asked for as the others stand, each with what is wrong in it. */
export const DescribedFields = ({
  fields,
  values,
  seen,
  error,
  hasTried,
  onChange,
}: Props): ReactElement[] => {
  const words = useWords(formWords);
  const wrong = wrongs(fields, values);
  return fields
    .filter((field) => isAsked(field, values))
    .map((field) => {
      const found = wrong.get(field.name);
      const isTold = found !== undefined && (hasTried || atOnce.includes(found));
      return (
        <FieldInput
          key={field.name}
          field={field}
          seen={seen}
          value={values[field.name] ?? ""}
          error={isTold ? words.wrong[found] : saidOf(error, field)}
          onChange={(value: Value) => {
            onChange({ ...values, [field.name]: value });
          }}
        />
      );
    });
};
