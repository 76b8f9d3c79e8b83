import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { useWords } from "../../words/language.tsx";
import { deadLetterWords } from "./dead-letter-words.ts";

export const deadLetterFilterNames = ["state", "kind", "sender", "receiver", "type", "code"] as const;
const typed = ["sender", "receiver", "type", "code"] as const;

/** Which failed messages are looked for. */
export const DeadLetterFilters = (): ReactElement => {
  const words = useWords(deadLetterWords);
  const [filters, change] = useAddressFilters(deadLetterFilterNames);
  const [wanted, setWanted] = useState(filters);
  const named = (of: Readonly<Record<string, string>>): { value: string; label: string }[] =>
    Object.entries(of).map(([value, label]) => ({ value, label }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change(wanted);
      }}
    >
      <Group align="end" gap="sm">
        <NativeSelect
          label={words.stateLabel}
          value={filters["state"] === "" ? "open" : filters["state"]}
          data={named(words.state)}
          onChange={({ currentTarget }) => {
            change({ state: currentTarget.value });
          }}
        />
        <NativeSelect
          label={words.kindLabel}
          value={filters["kind"]}
          data={[{ value: "", label: words.all }, ...named(words.kind)]}
          onChange={({ currentTarget }) => {
            change({ kind: currentTarget.value });
          }}
        />
        {typed.map((name) => (
          <TextInput
            key={name}
            label={words[name]}
            w={160}
            value={wanted[name] ?? ""}
            {...(name === "type" ? { placeholder: words.typeHint } : {})}
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              setWanted((before) => ({ ...before, [name]: value.trim() }));
            }}
          />
        ))}
        <Button type="submit">{words.filter}</Button>
      </Group>
    </form>
  );
};
