import { Button, Kbd, List, Paper, Stack, Table, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { WideTable } from "../../parts/wide-table.tsx";
import { useLanguage, useWords } from "../../words/language.tsx";
import { ruleIds, rules } from "./rules.ts";
import { Tour } from "./tour.tsx";
import { helpWords } from "./words.ts";

const HelpPage = (): ReactElement => {
  const words = useWords(helpWords);
  const language = useLanguage();
  const [round, setRound] = useState(0);
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {words.title}
        </Title>
        <Text>{words.lead}</Text>
      </div>
      {round === 0 ? (
        <Button
          variant="default"
          style={{ alignSelf: "start" }}
          onClick={() => {
            setRound(1);
          }}
        >
          {words.tourAgain}
        </Button>
      ) : (
        <Tour again />
      )}
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          {words.rules}
        </Title>
        <List spacing="sm" listStyleType="none">
          {ruleIds.map((id) => {
            const { title, text, source, basis } = rules[id];
            return (
              <List.Item key={id}>
                <Text fw={600}>{title[language]}</Text>
                <Text>{text[language]}</Text>
                <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                  {words.source}: {source}. {words[basis]}
                </Text>
              </List.Item>
            );
          })}
        </List>
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          {words.keys}
        </Title>
        <WideTable label={words.keys} head={[words.key, words.does]} minWidth={280}>
          {words.keyList.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Td>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      </Paper>
    </Stack>
  );
};
export default HelpPage;
