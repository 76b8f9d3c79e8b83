import { Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCircleCheck, IconCircleX, IconPlayerPause, IconProgress } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { PushedReceivers } from "../../../../../../contracts/messages/receivers.ts";
import { getJson, sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useLanguage, useWords } from "../../words/language.tsx";
import { receiverWords } from "./receiver-words.ts";

type Receiver = PushedReceivers["receivers"][number];
const key = [liveKeys.lists, "receivers"];

const icons = {
  closed: IconCircleCheck,
  open: IconCircleX,
  "half-open": IconProgress,
  paused: IconPlayerPause,
} as const;

const PauseForm = ({ gln, done }: { gln: string; done: () => void }): ReactElement => {
  const words = useWords(receiverWords);
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [commandKey] = useState(() => crypto.randomUUID());
  const pause = useMutation({
    mutationFn: () =>
      sendJson<unknown>(`/v1/receivers/${gln}/pause`, reason === "" ? {} : { reason }, { key: commandKey }),
    onSuccess: () => {
      notifications.show({ message: words.isPaused });
      void client.invalidateQueries({ queryKey: key });
      done();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        pause.mutate();
      }}
    >
      <Stack>
        <Text>{words.pauseText}</Text>
        <TextInput
          label={words.reason}
          description={words.reasonText}
          maxLength={200}
          value={reason}
          onChange={({ currentTarget }) => {
            setReason(currentTarget.value);
          }}
          data-autofocus
        />
        {pause.error === null ? null : <Trouble error={pause.error} />}
        <Button type="submit" loading={pause.isPending}>
          {words.pause}
        </Button>
      </Stack>
    </form>
  );
};

const Resume = ({ gln }: { gln: string }): ReactElement => {
  const words = useWords(receiverWords);
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => sendJson<unknown>(`/v1/receivers/${gln}/resume`, {}, { key: crypto.randomUUID() }),
    onSuccess: () => {
      notifications.show({ message: words.isResumed });
      void client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <>
      {resume.error === null ? null : <Trouble error={resume.error} />}
      <Button
        loading={resume.isPending}
        onClick={() => {
          resume.mutate();
        }}
      >
        {words.resume}
      </Button>
    </>
  );
};

/** What waits for a receiver, and when it last took something. */
const Fares = ({ receiver: { waiting, oldest, lastSuccess } }: { receiver: Receiver }): ReactElement => {
  const words = useWords(receiverWords);
  return (
    <>
      <Text mt="xs">
        {words.waiting}: <b>{waiting}</b>
        {oldest === undefined ? null : (
          <>
            , {words.oldest} <Moment at={oldest} />
          </>
        )}
      </Text>
      <Text mb="sm">
        {words.lastSuccess}: {lastSuccess === undefined ? words.never : <Moment at={lastSuccess} />}
      </Text>
    </>
  );
};

const ReceiverCard = ({ receiver, name }: { receiver: Receiver; name: string }): ReactElement => {
  const words = useWords(receiverWords);
  const language = useLanguage();
  const [isPausing, setIsPausing] = useState(false);
  const { gln, paused, breaker, why, since, transports } = receiver;
  const state = paused === undefined ? breaker : "paused";
  const Icon = icons[state];
  return (
    <Card withBorder>
      <Title order={2} size="h4">
        {name}
      </Title>
      <Text size="sm" c="dimmed">
        {gln} · {transports.map((transport) => words.transport[transport]).join(", ")}
      </Text>
      <Group gap={6} my="xs" wrap="nowrap">
        <Icon aria-hidden size={22} />
        <Text fw={600}>{words.state[state]}</Text>
        {since === undefined || state === "paused" ? null : <Moment at={since} />}
      </Group>
      <Text>{words.stateText[state]}</Text>
      {why === undefined || breaker === "closed" ? null : <Text>{why[language]}</Text>}
      {paused === undefined ? null : (
        <Text>
          {paused.by}, <Moment at={paused.at} />
          {paused.reason === undefined ? "" : `: ${paused.reason}`}
        </Text>
      )}
      <Fares receiver={receiver} />
      {paused === undefined ? (
        <Button
          variant="default"
          onClick={() => {
            setIsPausing(true);
          }}
        >
          {words.pauseAsk}
        </Button>
      ) : (
        <Resume gln={gln} />
      )}
      {isPausing ? (
        <Dialog
          title={`${words.pause}: ${name}`}
          close={words.close}
          onClose={() => {
            setIsPausing(false);
          }}
        >
          <PauseForm
            gln={gln}
            done={() => {
              setIsPausing(false);
            }}
          />
        </Dialog>
      ) : null}
    </Card>
  );
};

export const ReceiversPart = (): ReactElement => {
  const words = useWords(receiverWords);
  const { nameOf } = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson<PushedReceivers>("/v1/receivers", signal),
    refetchInterval: 10_000,
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <LinesComing />;
  if (data.receivers.length === 0) return <Nothing title={words.none} text={words.noneText} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
      {data.receivers.map((receiver) => (
        <ReceiverCard key={receiver.gln} receiver={receiver} name={nameOf(receiver.gln)} />
      ))}
    </SimpleGrid>
  );
};
