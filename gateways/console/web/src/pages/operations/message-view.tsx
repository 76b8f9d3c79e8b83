import { Anchor, Code, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { MessageView as Message } from "../../../../../../contracts/messages/message-log.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { Hops } from "../../parts/hops.tsx";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { messageWords } from "./message-words.ts";

const wrong: ReadonlySet<string> = new Set(["refused", "unreadable", "failed", "unconfirmed"]);

const Ids = ({ name, ids }: { name: string; ids: readonly string[] }): ReactElement | null =>
  ids.length === 0 ? null : (
    <Text>
      {name}:{" "}
      {ids.map((id) => (
        <Code key={id} mr={6} style={{ overflowWrap: "anywhere" }}>
          {id}
        </Code>
      ))}
    </Text>
  );

const AsDeadLetter = ({ message }: { message: Message }): ReactElement | null => {
  const words = useWords(messageWords);
  const { id, status, direction, intakeId = id } = message;
  const letter = direction === "out" ? id : intakeId;
  return wrong.has(status) ? (
    <Anchor component={Link} href={`/operations/dead-letters/${encodeURIComponent(letter)}`}>
      {words.deadLetter}
    </Anchor>
  ) : null;
};

/** One message and its way, hop by hop. */
export const MessageView = ({ id }: { id: string }): ReactElement => {
  const words = useWords(messageWords);
  const { data, error, refetch } = useQuery({
    queryKey: [liveKeys.lists, "message", id],
    queryFn: ({ signal }) => getJson<Message>(`/v1/messages/${encodeURIComponent(id)}`, signal),
  });
  return (
    <Stack>
      <Anchor component={Link} href="/operations/messages">
        <IconArrowLeft aria-hidden size={16} /> {words.back}
      </Anchor>
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null ? <LinesComing /> : null}
      {data === undefined ? null : (
        <>
          <Title order={2} size="h3">
            {data.type}: {words.status[data.status].toLowerCase()}
          </Title>
          <Text>
            {data.from.name} – {data.to.map(({ name }) => name).join(", ") || words.hub},{" "}
            <Moment at={data.at} />
          </Text>
          <AsDeadLetter message={data} />
          <Paper withBorder p="md">
            <Title order={3} size="h4" mb="xs">
              {words.way}
            </Title>
            <Hops hops={data.hops} />
          </Paper>
          <Paper withBorder p="md">
            <Title order={3} size="h4" mb="xs">
              {words.others}
            </Title>
            <Ids name={words.messageIds} ids={data.messageIds} />
            <Ids name={words.envelopeIds} ids={data.envelopeIds} />
            <Ids name="INTAKE" ids={data.intakeId === undefined ? [] : [data.intakeId]} />
            {data.caseId === undefined ? null : (
              <Anchor component={Link} href={`/operations/messages?caseId=${data.caseId}`}>
                {words.caseText}
              </Anchor>
            )}
          </Paper>
        </>
      )}
    </Stack>
  );
};
