import { Paper, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useWords } from "../../words/language.tsx";
import type { IsbarTyped } from "./measurement.ts";
import { tobsWords } from "./words.ts";

type Props = { value: IsbarTyped; onChange: (value: IsbarTyped) => void };

/** In the order that it is read aloud (patientkommunikation.dk). */
export const IsbarFields = ({ value, onChange }: Props): ReactElement => {
  const words = useWords(tobsWords);
  const field = (name: keyof IsbarTyped) => ({
    value: value[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      onChange({ ...value, [name]: currentTarget.value });
    },
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.isbar}
        </Title>
        <Text size="sm">{words.isbarLead}</Text>
        <TextInput label={`${words.i}: ${words.name}`} {...field("name")} />
        <TextInput label={words.unit} {...field("unit")} />
        <TextInput label={words.phone} type="tel" required {...field("phone")} />
        <Textarea label={words.s} autosize minRows={2} {...field("reason")} />
        <TextInput label={words.since} {...field("since")} />
        <Textarea label={words.b} autosize minRows={2} {...field("background")} />
        <Textarea label={words.a} autosize minRows={2} {...field("assessment")} />
        <Textarea label={words.r} autosize minRows={2} {...field("asks")} />
      </Stack>
    </Paper>
  );
};
