import "@mantine/charts/styles.layer.css";
import { AreaChart } from "@mantine/charts";
import { Alert, List, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { HealthAnswer } from "../../../../../../contracts/answers.ts";
import { named } from "../../parts/named.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { localOf, spanText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import {
  type Look,
  minutesShown,
  mostShown,
  useHealth,
  useLooks,
  usePassed,
  useReady,
} from "./health-api.ts";
import { sizeText } from "./size-text.ts";
import { perMinute } from "./throughput.ts";
import { verdictOf } from "./verdict.ts";
import { operationsWords } from "./words.ts";

const Parts = ({ parts }: Pick<HealthAnswer, "parts">): ReactElement => {
  const words = useWords(operationsWords);
  return (
    <List listStyleType="none" spacing={4}>
      {Object.entries(parts).map(([part, state]) => {
        const Icon = state === "up" ? IconCircleCheck : IconCircleX;
        return (
          <List.Item key={part} icon={<Icon aria-hidden size={20} />}>
            {named(words.part, part)}: {words[state]}
          </List.Item>
        );
      })}
    </List>
  );
};

const SetAside = ({ setAside = {} }: Pick<HealthAnswer, "setAside">): ReactElement | null => {
  const words = useWords(operationsWords);
  const counted = Object.entries(setAside).map(([index, count]) => `${index} ${String(count)}`);
  return counted.length === 0 ? null : (
    <Text>
      {words.setAside} {counted.join(", ")}
    </Text>
  );
};

const Verdict = (): ReactElement => {
  const words = useWords(operationsWords);
  const { data: health, error, refetch } = useHealth();
  const { data: ready } = useReady();
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (health === undefined) return <Skeleton height={120} />;
  const { verdict, reasons } = verdictOf(health, ready);
  const isWell = verdict === "well";
  const Icon = isWell ? IconCircleCheck : IconAlertTriangle;
  return (
    <Alert
      role="status"
      color={isWell ? "green" : "red"}
      icon={<Icon aria-hidden />}
      title={words[verdict]}
      styles={{ title: { color: "var(--mantine-color-text)" } }}
    >
      <Stack gap="xs">
        {isWell ? <Text>{words.wellText}</Text> : null}
        {verdict === "notReady" && ready?.draining === true ? <Text>{words.draining}</Text> : null}
        {reasons.map((code) => (
          <Text key={code}>{named(words.reasons, code)}</Text>
        ))}
        <Parts parts={health.parts} />
        <Text>{words[health.durability]}</Text>
        <SetAside {...(health.setAside === undefined ? {} : { setAside: health.setAside })} />
      </Stack>
    </Alert>
  );
};

const Passed = (): ReactElement => {
  const words = useWords(operationsWords);
  const now = useNow();
  const { data, error, refetch } = usePassed();
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={240} />;
  const minutes = perMinute(data.items, now, minutesShown);
  const sum = (way: "in" | "out"): number => minutes.reduce((all, minute) => all + minute[way], 0);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4">
        {words.through}
      </Title>
      <Text size="xl" fw={700} my="xs">
        {sum("in")} {words.sumIn}, {sum("out")} {words.sumOut}
      </Text>
      {data.items.length < mostShown ? null : <Text size="sm">{words.throughMost}</Text>}
      {data.items.length === 0 ? (
        <Text c="dimmed">{words.throughNone}</Text>
      ) : (
        <AreaChart
          h={180}
          data={minutes}
          dataKey="minute"
          type="stacked"
          curveType="step"
          withDots={false}
          withLegend
          yAxisProps={{ allowDecimals: false, width: 32 }}
          series={[
            { name: "in", label: words.cameIn, color: "bro.7" },
            { name: "out", label: words.wentOut, color: "yellow.7" },
          ]}
        />
      )}
    </Paper>
  );
};

const Figure = ({ name, value, note }: { name: string; value: string; note?: string }): ReactElement => (
  <Paper withBorder p="md">
    <Text size="sm" c="dimmed">
      {name}
    </Text>
    <Text size="xl" fw={700}>
      {value}
    </Text>
    {note === undefined ? null : (
      <Text size="sm" c="dimmed">
        {note}
      </Text>
    )}
  </Paper>
);

const QueueFigures = ({ looks }: { looks: readonly Look[] }): ReactElement | null => {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const queues = looks.at(-1)?.queues;
  if (queues === undefined) return null;
  const oldest = `${words.oldest} ${spanText(queues.pushOldestSeconds * 1000, language)}`;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Figure name={words.queue} value={String(queues.waiting)} note={words.queueText} />
      <Figure
        name={words.toBring}
        value={String(queues.pushWaiting)}
        {...(queues.pushWaiting === 0 ? {} : { note: oldest })}
      />
      {queues.freeBytes === undefined ? (
        <Figure name={words.free} value="–" note={words.onAnother} />
      ) : (
        <Figure name={words.free} value={sizeText(queues.freeBytes, language)} />
      )}
      <Figure
        name={words.memory}
        value={sizeText(queues.memoryBytes, language)}
        note={`${words.lateness}: ${String(queues.lateSeconds).replace(".", language === "da" ? "," : ".")} ${words.seconds}`}
      />
    </SimpleGrid>
  );
};

const Queued = (): ReactElement => {
  const words = useWords(operationsWords);
  const { data: looks, error, refetch } = useLooks();
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (looks === undefined) return <Skeleton height={160} />;
  if (looks === null) return <Text>{words.noMetrics}</Text>;
  const points = looks.map(({ at, queues }) => ({
    at: localOf(at).time,
    waiting: queues.waiting,
    toBring: queues.pushWaiting,
  }));
  return (
    <Stack>
      <QueueFigures looks={looks} />
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="xs">
          {words.queueOverTime}
        </Title>
        <AreaChart
          h={140}
          data={points}
          dataKey="at"
          withDots={false}
          withLegend
          yAxisProps={{ allowDecimals: false, width: 32, domain: [0, (most: number) => Math.max(most, 4)] }}
          series={[
            { name: "waiting", label: words.queue, color: "bro.7" },
            { name: "toBring", label: words.toBring, color: "yellow.7" },
          ]}
        />
      </Paper>
    </Stack>
  );
};

export const HealthPart = (): ReactElement => (
  <Stack>
    <Verdict />
    <Passed />
    <Queued />
  </Stack>
);
