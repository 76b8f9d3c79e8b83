import { ActionIcon, Button, FileButton, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { IconPaperclip, IconX } from "@tabler/icons-react";
import { type ReactElement, useEffect, useEffectEvent, useState } from "react";
import { useWords } from "../../words/language.tsx";
import type { Attached } from "../body-of.ts";
import { filesTaken } from "../files-taken.ts";
import { formWords } from "../words.ts";
import "../forms.css";

type Props = { label: string; value: readonly Attached[]; onChange: (value: readonly Attached[]) => void };

const sizeText = (bytes: number): string =>
  bytes < 100_000 ? `${String(Math.ceil(bytes / 1024))} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const newObjectId = (): string => crypto.randomUUID().replaceAll("-", "");

const Line = ({
  one,
  change,
  remove,
}: {
  one: Attached;
  change: (one: Attached) => void;
  remove: () => void;
}): ReactElement => {
  const words = useWords(formWords);
  return (
    <Group gap="xs" wrap="nowrap" align="end">
      <TextInput
        style={{ flex: 1 }}
        size="sm"
        label={words.describe}
        description={`${one.file.name}, ${sizeText(one.file.size)}`}
        value={one.description}
        maxLength={70}
        onChange={({ currentTarget }) => {
          change({ ...one, description: currentTarget.value });
        }}
      />
      <ActionIcon
        variant="subtle"
        size="lg"
        color="gray"
        aria-label={`${words.remove}: ${one.file.name}`}
        onClick={remove}
      >
        <IconX aria-hidden size={18} />
      </ActionIcon>
    </Group>
  );
};

/** Files that go with what is sent: chosen, dropped here, or pasted anywhere while the form is open. */
export const FilesField = ({ label, value, onChange }: Props): ReactElement => {
  const words = useWords(formWords);
  const [problem, setProblem] = useState("");
  const [isOver, setOver] = useState(false);
  const add = (files: readonly File[]): void => {
    const { taken, problem: found } = filesTaken(files, { has: value.length, newId: newObjectId });
    setProblem(found === undefined ? "" : words[found]);
    if (taken.length > 0) onChange([...value, ...taken]);
  };
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent): void => {
      paste(event);
    };
    document.addEventListener("paste", listen);
    return () => {
      document.removeEventListener("paste", listen);
    };
  }, []);
  return (
    <Input.Wrapper label={label} labelElement="div" {...(problem === "" ? {} : { error: problem })}>
      <Stack
        gap="xs"
        p="sm"
        className="drop-here"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add([...event.dataTransfer.files]);
        }}
      >
        {value.map((one, i) => (
          <Line
            key={one.objectId}
            one={one}
            change={(changed) => {
              onChange(value.with(i, changed));
            }}
            remove={() => {
              onChange(value.toSpliced(i, 1));
            }}
          />
        ))}
        <Group gap="sm">
          <FileButton multiple onChange={add}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="sm"
                leftSection={<IconPaperclip aria-hidden size={16} />}
              >
                {words.chooseFile}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            {words.drop}
          </Text>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
};
