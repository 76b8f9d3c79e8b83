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

/** What is shown of a list. Words that are searched for may be a name: they stay out of the address. */
export const ListFilters = ({ filters, change, text, onText, searchRef }: Props): ReactElement => {
  const [words, desk] = [useWords(worklistWords), useWords(deskWords)];
  const choices = {
    family: useWords(families),
    status: useWords(statusWords),
    urgency: useWords(urgencyWords),
  };
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
        <Select
          key={name}
          label={words[name]}
          placeholder={words.all}
          data={optionsOf(choices[name])}
          value={filters[name] === "" ? null : (filters[name] ?? null)}
          onChange={(value) => {
            change({ [name]: value ?? "" });
          }}
          clearable
          clearButtonProps={{ "aria-label": words.clear }}
          style={{ flex: "1 1 8rem" }}
          maw={190}
        />
      ))}
      <Select
        label={desk.holder}
        placeholder={words.all}
        data={[
          { value: "me", label: desk.mine },
          { value: "nobody", label: desk.nobodys },
        ]}
        value={filters["holder"] === "" ? null : (filters["holder"] ?? null)}
        onChange={(value) => {
          change({ holder: value ?? "" });
        }}
        clearable
        clearButtonProps={{ "aria-label": words.clear }}
        style={{ flex: "1 1 6rem" }}
        maw={150}
      />
      <Checkbox
        label={desk.onlyUnread}
        checked={filters["unread"] === "true"}
        onChange={({ currentTarget }) => {
          change({ unread: currentTarget.checked ? "true" : "" });
        }}
        mb={8}
      />
      <Checkbox
        label={words.onlyLate}
        checked={filters["late"] === "true"}
        onChange={({ currentTarget }) => {
          change({ late: currentTarget.checked ? "true" : "" });
        }}
        mb={8}
      />
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
