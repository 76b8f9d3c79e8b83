import { Group, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { dateText } from "../../time/danish.ts";
import { useWords } from "../../words/language.tsx";
import { cprState, type PatientTyped, shownCpr } from "../cpr.ts";
import { formWords } from "../words.ts";

type Props = { value: PatientTyped; onChange: (value: PatientTyped) => void; hasTried: boolean };

/** Who it is about: the number's form and date are checked while it is typed. */
export const PatientFields = ({ value, onChange, hasTried }: Props): ReactElement => {
  const words = useWords(formWords);
  const found = cprState(value.cpr);
  const cprError = {
    empty: hasTried ? words.wrong.missing : undefined,
    short: hasTried ? words.cprShort : undefined,
    "no-date": words.cprNoDate,
    number: undefined,
    replacement: undefined,
  }[found.state];
  return (
    <Group align="start" gap="md" grow preventGrowOverflow={false} wrap="wrap">
      <TextInput
        label={words.cpr}
        required
        autoComplete="off"
        inputMode="numeric"
        miw={160}
        description={found.state === "number" ? `${words.born} ${dateText(found.born)}` : words.cprShort}
        error={cprError}
        value={value.cpr}
        onChange={({ currentTarget }) => {
          onChange({ ...value, cpr: shownCpr(currentTarget.value) });
        }}
      />
      {(["givenName", "surname"] as const).map((name) => (
        <TextInput
          key={name}
          label={words[name]}
          description={name === "givenName" ? words.optional : "\u00a0"}
          required={name === "surname"}
          autoComplete="off"
          miw={160}
          maxLength={70}
          error={
            name === "surname" && hasTried && value.surname.trim() === "" ? words.wrong.missing : undefined
          }
          value={value[name]}
          onChange={({ currentTarget }) => {
            onChange({ ...value, [name]: currentTarget.value });
          }}
        />
      ))}
    </Group>
  );
};
