import { Button, Checkbox, Group, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { ReactElement, Ref } from "react";
import { families } from "../../words/families.ts";
import { useWords } from "../../words/language.tsx";
import { statusWords, urgencyWords } from "../../words/statuses.ts";
import { deskWords } from "./desk-words.ts";
import { worklistWords } from "./words.ts";

type Filters = Readonly<Record<string, string>>;
type Props = {
  filters: Filters;
  change: (changed: Filters) => void;
  text: string;
  onText: (text: string) => void;
  searchRef: Ref<HTMLInputElement>;
};

const optionsOf = (words: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(words)
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, "da"));

type Option = { value: string; label: string };
type Change = Props["change"];

/** One of several, or all. */
const Choice = (of: {
  name: string;
  label: string;
  options: Option[];
  filters: Filters;
  change: Change;
  maw: number;
}): ReactElement => {
  const words = useWords(worklistWords);
  const { name, label, options, filters, change, maw } = of;
  return (
    <Select
      label={label}
      placeholder={words.all}
      data={options}
      value={filters[name] === "" ? null : (filters[name] ?? null)}
      onChange={(value) => {
        change({ [name]: value ?? "" });
      }}
      clearable
      clearButtonProps={{ "aria-label": words.clear }}
      style={{ flex: "1 1 7rem" }}
      maw={maw}
    />
  );
};

const Only = (of: { name: string; label: string; filters: Filters; change: Change }): ReactElement => (
  <Checkbox
    label={of.label}
    checked={of.filters[of.name] === "true"}
    onChange={({ currentTarget }) => {
      of.change({ [of.name]: currentTarget.checked ? "true" : "" });
    }}
    mb={8}
  />
);

/** What is shown of a list. Words that are searched for may be a name: they stay out of the address. */
export const ListFilters = ({ filters, change, text, onText, searchRef }: Props): ReactElement => {
  const [words, desk] = [useWords(worklistWords), useWords(deskWords)];
  const choices = {
    family: useWords(families),
    status: useWords(statusWords),
    urgency: useWords(urgencyWords),
  };
  const holders = [
    { value: "me", label: desk.mine },
    { value: "nobody", label: desk.nobodys },
  ];
  const to = (name: string) => ({ name, filters, change });
  const isAny =
    text !== "" || Object.entries(filters).some(([name, value]) => name !== "case" && value !== "");
  return (
    <Group align="end" gap="sm" role="search" aria-label={words.search}>
      <TextInput
        ref={searchRef}
        label={words.search}
        value={text}
        leftSection={<IconSearch aria-hidden size={16} />}
        onChange={({ currentTarget }) => {
          onText(currentTarget.value);
        }}
        autoComplete="off"
        style={{ flex: "1 1 12rem" }}
      />
      {(["family", "status", "urgency"] as const).map((name) => (
        <Choice key={name} label={words[name]} options={optionsOf(choices[name])} maw={190} {...to(name)} />
      ))}
      <Choice label={desk.holder} options={holders} maw={150} {...to("holder")} />
      <Only label={desk.onlyUnread} {...to("unread")} />
      <Only label={words.onlyLate} {...to("late")} />
      {isAny ? (
        <Button
          variant="subtle"
          onClick={() => {
            onText("");
            change({ family: "", status: "", urgency: "", late: "", holder: "", unread: "" });
          }}
        >
          {words.clear}
        </Button>
      ) : null}
    </Group>
  );
};
