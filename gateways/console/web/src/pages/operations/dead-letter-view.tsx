import { Anchor, Button, Code, Grid, Group, Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import { IconArrowLeft, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { DeadLetter } from "../../../../../../contracts/messages/dead-letters.ts";
import { getJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { Moment } from "../../parts/moment.tsx";
import { named } from "../../parts/named.ts";
import { LinesComing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { type Doing, doingsFor } from "./dead-letter.ts";
import { DeadLetterDoing, originalOf, useOriginal } from "./dead-letter-doing.tsx";
import { deadLetterWords } from "./dead-letter-words.ts";

const Why = ({ letter }: { letter: DeadLetter }): ReactElement => {
  const words = useWords(deadLetterWords);
  const { kind, code, problems, text, told } = letter;
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h4">
        {words.problems}
      </Title>
      <Text my="xs">{words.kindText[kind]}</Text>
      {problems.map((problem) => (
        <div key={`${problem.path} ${problem.code}`}>
          <Text fw={600}>{problem.message}</Text>
          {problem.path === "" ? null : (
            <Text size="sm">
              {words.place}: <Code style={{ overflowWrap: "anywhere" }}>{problem.path}</Code>
            </Text>
          )}
        </div>
      ))}
      {text === undefined ? null : (
        <Text>
          {words.receiverSays}: {text}
        </Text>
      )}
      <Text size="sm" mt="xs">
        {words.code}: <Code>{code}</Code>
      </Text>
      <Text size="sm">
        {told === undefined ? (
          words.notTold
        ) : (
          <>
            {words.told} <Moment at={told.at} /> ({told.how})
          </>
        )}
      </Text>
    </Paper>
  );
};

const Way = ({ letter }: { letter: DeadLetter }): ReactElement => {
  const words = useWords(deadLetterWords);
  const { nameOf } = useDirectory();
  const { from, to, at, caseId, corrects } = letter;
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h4" mb="xs">
        {words.path}
      </Title>
      <Text>
        {words.from}: {nameOf(from)} ({from})
      </Text>
      <Text>
        {words.to}: {to === undefined ? words.unknownTo : `${nameOf(to)} (${to})`}
      </Text>
      <Text>
        {words.at}: <Moment at={at} />
      </Text>
      {caseId === undefined ? null : (
        <Anchor component={Link} href={`/operations/messages?caseId=${caseId}`}>
          {words.case} {caseId}
        </Anchor>
      )}
      {corrects === undefined ? null : (
        <Text>
          {words.corrects}:{" "}
          <Anchor component={Link} href={`/operations/dead-letters/${corrects}`}>
            {corrects}
          </Anchor>
        </Text>
      )}
    </Paper>
  );
};

const History = ({ letter }: { letter: DeadLetter }): ReactElement => {
  const words = useWords(deadLetterWords);
  const { nameOf } = useDirectory();
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h4" mb="xs">
        {words.history}
      </Title>
      <Timeline bulletSize={14} active={letter.history.length}>
        {letter.history.map(({ at, what, by, person, reason, code }) => (
          <Timeline.Item key={`${at} ${what}`} title={named(words.steps, what)}>
            <Text size="sm">
              <Moment at={at} />
              {by === undefined
                ? ""
                : ` ${words.by} ${[nameOf(by), person].filter((one) => one !== undefined).join(", ")}`}
              {code === undefined ? "" : ` (${code})`}
            </Text>
            {reason === undefined ? null : <Text size="sm">{reason}</Text>}
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  );
};

const Original = ({ letter }: { letter: DeadLetter }): ReactElement | null => {
  const words = useWords(deadLetterWords);
  const [isShown, setIsShown] = useState(false);
  const { data, error } = useOriginal(letter, isShown);
  if (letter.original === undefined) return null;
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h4" mb="xs">
        {words.original}
      </Title>
      <Group>
        <Button
          variant="default"
          aria-expanded={isShown}
          onClick={() => {
            setIsShown(!isShown);
          }}
        >
          {isShown ? words.hideOriginal : words.showOriginal}
        </Button>
        <Button
          component="a"
          href={originalOf(letter)}
          download
          variant="default"
          leftSection={<IconDownload aria-hidden size={18} />}
        >
          {words.download}
        </Button>
      </Group>
      {error === null ? null : <Trouble error={error} />}
      {isShown && data !== undefined ? (
        <Code block mt="sm" mah={480} tabIndex={0} style={{ overflow: "auto" }}>
          {data}
        </Code>
      ) : null}
    </Paper>
  );
};

const WhatNow = ({ letter }: { letter: DeadLetter }): ReactElement => {
  const words = useWords(deadLetterWords);
  const doings = doingsFor(letter);
  const [chosen, setChosen] = useState<Doing>();
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h4" mb="xs">
        {words.doNow}
      </Title>
      {doings.length === 0 ? <Text>{words.nothingToDo}</Text> : null}
      <Stack gap="xs">
        {doings.map((doing, at) => (
          <Button
            key={doing}
            variant={at === 0 ? "filled" : "default"}
            aria-expanded={chosen === doing}
            onClick={() => {
              setChosen(chosen === doing ? undefined : doing);
            }}
          >
            {words.doings[doing]}
          </Button>
        ))}
        {chosen === undefined || !doings.includes(chosen) ? null : (
          <DeadLetterDoing letter={letter} doing={chosen} />
        )}
      </Stack>
    </Paper>
  );
};

/** One failed message with all that is known of it, and what can be done. */
export const DeadLetterView = ({ id }: { id: string }): ReactElement => {
  const words = useWords(deadLetterWords);
  const {
    data: letter,
    error,
    refetch,
  } = useQuery({
    queryKey: [liveKeys.lists, "dead-letter", id],
    queryFn: ({ signal }) => getJson<DeadLetter>(`/v1/dead-letters/${encodeURIComponent(id)}`, signal),
  });
  return (
    <Stack>
      <Anchor component={Link} href="/operations/dead-letters">
        <IconArrowLeft aria-hidden size={16} /> {words.back}
      </Anchor>
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {letter === undefined && error === null ? <LinesComing /> : null}
      {letter === undefined ? null : (
        <>
          <Title order={2} size="h3">
            {letter.type ?? letter.standard}: {words.kind[letter.kind].toLowerCase()} ·{" "}
            {words.state[letter.state].toLowerCase()}
          </Title>
          <Grid>
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Stack>
                <Why letter={letter} />
                <Way letter={letter} />
                <History letter={letter} />
                <Original letter={letter} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <WhatNow letter={letter} />
            </Grid.Col>
          </Grid>
        </>
      )}
    </Stack>
  );
};
