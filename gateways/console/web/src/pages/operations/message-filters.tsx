import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { useWords } from "../../words/language.tsx";
import { messageWords } from "./message-words.ts";

export const messageFilterNames = [
  "messageId",
  "envelopeId",
  "caseId",
  "sender",
  "receiver",
  "type",
  "from",
  "to",
  "direction",
  "status",
] as const;
const typed = ["messageId", "envelopeId", "caseId", "sender", "receiver", "type"] as const;

/** Every key that a message is found by; the citizen's number stays on the page, and is in no address. */
export const MessageFilters = ({
  cpr,
  setCpr,
}: {
  cpr: string;
  setCpr: (cpr: string) => void;
}): ReactElement => {
  const words = useWords(messageWords);
  const [filters, change] = useAddressFilters(messageFilterNames);
  const [wanted, setWanted] = useState(filters);
  const [number, setNumber] = useState(cpr);
  const listed = (of: Readonly<Record<string, string>>): { value: string; label: string }[] => [
    { value: "", label: words.any },
    ...Object.entries(of).map(([value, label]) => ({ value, label })),
  ];
  const field = (name: string) => ({
    value: wanted[name] ?? "",
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }): void => {
      setWanted((before) => ({ ...before, [name]: value.trim() }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change(wanted);
        setCpr(number.replaceAll(/[\s-]/g, ""));
      }}
    >
      <Group align="end" gap="sm">
        {typed.map((name) => (
          <TextInput key={name} label={words.keys[name]} w={170} {...field(name)} />
        ))}
        <TextInput type="date" label={words.from} {...field("from")} />
        <TextInput type="date" label={words.to} {...field("to")} />
        <NativeSelect label={words.directionLabel} data={listed(words.direction)} {...field("direction")} />
        <NativeSelect label={words.statusLabel} data={listed(words.status)} {...field("status")} />
        <TextInput
          label={words.cpr}
          description={words.cprText}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="off"
          inputMode="numeric"
          value={number}
          onChange={({ currentTarget }) => {
            setNumber(currentTarget.value);
          }}
        />
        <Button type="submit">{words.search}</Button>
      </Group>
    </form>
  );
};
