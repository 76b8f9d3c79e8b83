import { Alert, Button, Group, List, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { Refused } from "../api/client.ts";
import { useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";

const Problems = ({ refused }: { refused: Refused }): ReactElement | null => {
  const words = useWords(shellWords);
  const { problems } = refused.answer;
  return (
    <>
      {refused.retryAfter === undefined ? null : (
        <Text>
          {words.busy} {refused.retryAfter} s.
        </Text>
      )}
      {problems.length === 0 ? null : (
        <List size="sm" mt="xs">
          {problems.map((problem) => (
            <List.Item key={`${problem.path} ${problem.code}`}>{problem.message}</List.Item>
          ))}
        </List>
      )}
    </>
  );
};

/** What went wrong, what to do about it, and every problem by name; what was typed is left where it is. */
export const Trouble = ({
  error,
  again,
}: {
  error: unknown;
  again?: (() => void) | undefined;
}): ReactElement => {
  const words = useWords(shellWords);
  const refused = error instanceof Refused ? error : undefined;
  const text = refused?.status === 0 ? words.offline : (refused?.answer.message ?? words.failed);
  return (
    <Alert color="red" variant="light" title={words.failed} role="alert">
      <Text>{text}</Text>
      {refused === undefined ? null : <Problems refused={refused} />}
      <Group mt="sm" justify="space-between">
        {again === undefined ? null : (
          <Button variant="outline" color="red" size="sm" onClick={again}>
            {words.again}
          </Button>
        )}
        {refused === undefined || refused.answer.requestId === "" ? null : (
          <Text size="xs" c="dimmed">
            {words.requestId}: {refused.answer.requestId}
          </Text>
        )}
      </Group>
    </Alert>
  );
};
