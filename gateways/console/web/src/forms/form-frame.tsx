import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlugConnectedX, IconSend } from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { useLive } from "../api/live.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useWords } from "../words/language.tsx";
import { formWords } from "./words.ts";

type Props = {
  title?: string | undefined;
  lead?: string | undefined;
  send: string;
  onSend: () => void;
  onCancel?: (() => void) | undefined;
  /** Present: what was typed before stands in it, and this empties it. */
  onClear?: (() => void) | undefined;
  isSending: boolean;
  error: Error | null;
  hasWrongs: boolean;
  children: ReactNode;
};

/** What every form has around its fields: what it is, what went wrong, and one button that sends it. */
export const FormFrame = (props: Props): ReactElement => {
  const { title, lead, send, onSend, onCancel, onClear, isSending, error, hasWrongs, children } = props;
  const words = useWords(formWords);
  const { state } = useLive();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) onSend();
      }}
    >
      <Stack gap="md">
        {title === undefined ? null : (
          <Title order={3} size="h4">
            {title}
          </Title>
        )}
        {lead === undefined ? null : <Text size="sm">{lead}</Text>}
        {onClear === undefined ? null : (
          <Group gap="xs">
            <Text size="sm">{words.kept}</Text>
            <Button variant="subtle" size="compact-sm" onClick={onClear}>
              {words.clear}
            </Button>
          </Group>
        )}
        {children}
        {state === "lost" ? (
          <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden size={20} />}>
            {words.lost}
          </Alert>
        ) : null}
        {error === null ? null : <Trouble error={error} />}
        {hasWrongs ? (
          <Text size="sm" role="alert" fw={600}>
            {words.mend}
          </Text>
        ) : null}
        <Group>
          <Button type="submit" loading={isSending} leftSection={<IconSend aria-hidden size={18} />}>
            {send}
          </Button>
          {onCancel === undefined ? null : (
            <Button variant="subtle" onClick={onCancel}>
              {words.cancel}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
};
