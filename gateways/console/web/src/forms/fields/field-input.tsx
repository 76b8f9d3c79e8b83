import { Button, Checkbox, Group, Menu, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { IconTextPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { Both, Language } from "../../words/both.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import type { Value } from "../body-of.ts";
import type { Field, Option, Seen } from "../described/form.ts";
import { formWords } from "../words.ts";
import { FilesField } from "./files-field.tsx";
import { OrganisationField } from "./organisation-field.tsx";
import { SlotField } from "./slot-field.tsx";

type Change = (value: Value) => void;
type Props = { field: Field; value: Value; seen: Seen; error?: string | undefined; onChange: Change };

const Blocks = ({
  blocks,
  add,
}: {
  blocks: readonly Both<string>[];
  add: (text: string) => void;
}): ReactElement => {
  const words = useWords(formWords);
  const language = useLanguage();
  return (
    <Menu position="bottom-start" width={360}>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconTextPlus aria-hidden size={16} />}>
          {words.blocks}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {blocks.map((block) => (
          <Menu.Item
            key={block.da}
            onClick={() => {
              add(block[language]);
            }}
          >
            {block[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const appended = (text: string, block: string): string =>
  text.trim() === "" ? block : `${text.trimEnd()}\n${block}`;

/** Few choices are seen at once; many are a list. */
const mostSeen = 5;

type Named = { label: string; description?: string; error?: string; required: boolean };
type ChoiceProps = { options: readonly Option[]; value: string; named: Named; onChange: Change };

const Choice = ({ options, value, named, onChange }: ChoiceProps): ReactElement => {
  const language = useLanguage();
  const words = useWords(formWords);
  if (options.length > mostSeen || !named.required)
    return (
      <Select
        {...named}
        clearable={!named.required}
        placeholder={words.choose}
        data={options.map((each) => ({ value: each.value, label: each.label[language] }))}
        value={value === "" ? null : value}
        onChange={(chosen) => {
          onChange(chosen ?? "");
        }}
      />
    );
  return (
    <Radio.Group {...named} value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {options.map((each) => (
          <Radio key={each.value} value={each.value} label={each.label[language]} />
        ))}
      </Stack>
    </Radio.Group>
  );
};

const types = { date: "date", moment: "datetime-local" } as const;

type TypedProps = { named: Named; value: string; onChange: Change };
type WrittenField = Extract<Field, { kind: "line" | "long" | "whole" | "date" | "moment" }>;

const LongText = ({
  blocks,
  named,
  value,
  onChange,
}: TypedProps & { blocks: readonly Both<string>[] | undefined }): ReactElement => (
  <Stack gap={4}>
    <Textarea
      {...named}
      autosize
      minRows={3}
      maxRows={14}
      value={value}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
    />
    {blocks === undefined ? null : (
      <Group>
        <Blocks
          blocks={blocks}
          add={(block) => {
            onChange(appended(value, block));
          }}
        />
      </Group>
    )}
  </Stack>
);

/** How a field of one line is typed: a phone shows the keys that fit. */
const typingOf = (field: Exclude<WrittenField, { kind: "long" }>): object => {
  if (field.kind === "whole") return { inputMode: "numeric", maw: 200 };
  if (field.kind === "line") return field.isPhone === true ? { type: "tel", maw: 280 } : {};
  return { type: types[field.kind], maw: 280 };
};

const Written = ({ field, named, value, onChange }: TypedProps & { field: WrittenField }): ReactElement =>
  field.kind === "long" ? (
    <LongText blocks={field.blocks} named={named} value={value} onChange={onChange} />
  ) : (
    <TextInput
      {...named}
      {...typingOf(field)}
      value={value}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
    />
  );

const YesNo = ({
  named,
  value,
  onChange,
}: {
  named: Named;
  value: Value;
  onChange: Change;
}): ReactElement => {
  const { required: _required, ...rest } = named;
  return (
    <Checkbox
      {...rest}
      checked={value === true}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.checked);
      }}
    />
  );
};

const namedOf = (field: Field, language: Language, error: string | undefined): Named => ({
  label: field.label[language],
  required: field.isOptional !== true,
  ...(field.help === undefined ? {} : { description: field.help[language] }),
  ...(error === undefined ? {} : { error }),
});

/** One field of a form, as its kind asks. */
export const FieldInput = ({ field, value, seen, error, onChange }: Props): ReactElement => {
  const named = namedOf(field, useLanguage(), error);
  const text = typeof value === "string" ? value : "";
  if (field.kind === "files") {
    const attached = typeof value === "object" ? value : [];
    return <FilesField label={named.label} value={attached} onChange={onChange} />;
  }
  if (field.kind === "yes") return <YesNo named={named} value={value} onChange={onChange} />;
  if (field.kind === "organisation")
    return <OrganisationField {...named} value={text} offer={field.offer} onChange={onChange} />;
  if (field.kind === "slot") return <SlotField {...named} value={text} onChange={onChange} />;
  if (field.kind === "choice") {
    const options = typeof field.options === "function" ? field.options(seen) : field.options;
    return <Choice options={options} value={text} named={named} onChange={onChange} />;
  }
  return <Written field={field} named={named} value={text} onChange={onChange} />;
};
