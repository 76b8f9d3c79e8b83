import { Button, Group, List, Paper, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { ExplainedClock } from "../../../../../../contracts/messages/explained-clock.ts";
import { getJson } from "../../api/client.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { agreementWords } from "./words.ts";

/** How one clock was counted, in the hub's own words. */
export const ExplainClock = (): ReactElement => {
  const words = useWords(agreementWords);
  const [caseId, setCaseId] = useState("");
  const [clockId, setClockId] = useState("");
  const asked = useMutation({
    mutationFn: () =>
      getJson<ExplainedClock>(
        `/v1/cases/${encodeURIComponent(caseId)}/clocks/${encodeURIComponent(clockId)}`,
      ),
  });
  return (
    <Paper withBorder p="md" mt="md">
      <Title order={2} size="h4">
        {words.explain}
      </Title>
      <Text mb="xs">{words.explainText}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asked.mutate();
        }}
      >
        <Group align="end" mb="sm">
          <TextInput
            label={words.caseId}
            required
            value={caseId}
            onChange={({ currentTarget }) => {
              setCaseId(currentTarget.value.trim());
            }}
          />
          <TextInput
            label={words.clockId}
            required
            value={clockId}
            onChange={({ currentTarget }) => {
              setClockId(currentTarget.value.trim());
            }}
          />
          <Button type="submit" loading={asked.isPending}>
            {words.explainButton}
          </Button>
        </Group>
      </form>
      {asked.error === null ? null : <Trouble error={asked.error} />}
      {asked.data === undefined ? null : (
        <List role="status">
          {asked.data.words.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Paper>
  );
};
