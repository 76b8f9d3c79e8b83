import { Anchor, Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { IconArrowDownLeft, IconArrowUpRight, IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { LoggedMessage, MessagePage } from "../../../../../../contracts/messages/message-log.ts";
import { queryOf, sendJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { WideTable } from "../../parts/wide-table.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useNow } from "../../time/use-now.ts";
import { useWords } from "../../words/language.tsx";
import { exportSpan } from "./export-span.ts";
import { MessageFilters, messageFilterNames } from "./message-filters.tsx";
import { messageWords } from "./message-words.ts";

const Row = ({ message }: { message: LoggedMessage }): ReactElement => {
  const words = useWords(messageWords);
  const { id, direction, status, at, from, to, type, code } = message;
  const Icon = direction === "in" ? IconArrowDownLeft : IconArrowUpRight;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Icon aria-hidden size={18} />
          <Text size="sm">{words.direction[direction]}</Text>
        </Group>
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={`/operations/messages/${encodeURIComponent(id)}`} fw={600}>
          {type}
        </Anchor>
      </Table.Td>
      <Table.Td>
        {from.name} – {to.map(({ name }) => name).join(", ") || words.hub}
      </Table.Td>
      <Table.Td>
        {words.status[status]}
        {code === undefined ? "" : ` (${code})`}
      </Table.Td>
      <Table.Td>
        <Moment at={at} />
      </Table.Td>
    </Table.Tr>
  );
};

const Export = (): ReactElement => {
  const words = useWords(messageWords);
  const [{ from = "", to = "" }] = useAddressFilters(messageFilterNames);
  const now = useNow();
  return (
    <section>
      <Title order={3} size="h4">
        {words.exportTitle}
      </Title>
      <Text mb="xs">{words.exportText}</Text>
      <Button
        component="a"
        href={`/v1/messages/export${queryOf(exportSpan({ from, to }, now))}`}
        download
        variant="default"
        leftSection={<IconDownload aria-hidden size={18} />}
      >
        {words.exportButton}
      </Button>
    </section>
  );
};

const filled = (filters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));

/** The message log. It is asked by a body and never by an address, since one of the keys is the citizen's number. */
export const MessagesList = (): ReactElement => {
  const words = useWords(messageWords);
  const [filters] = useAddressFilters(messageFilterNames);
  const [cpr, setCpr] = useState("");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [liveKeys.lists, "messages", filters, cpr],
    queryFn: ({ pageParam }) =>
      sendJson<MessagePage>("/v1/messages/search", {
        ...filled(filters),
        ...(cpr === "" ? {} : { patient: { cpr } }),
        ...(pageParam === "" ? {} : { cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    // A citizen's number is kept no longer than the page is open.
    gcTime: 0,
  });
  const messages = data?.pages.flatMap(({ items }) => items);
  return (
    <Stack>
      <div>
        <Title order={2} size="h3">
          {words.title}
        </Title>
        <Text>{words.lead}</Text>
      </div>
      <MessageFilters cpr={cpr} setCpr={setCpr} />
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {messages === undefined && error === null ? <LinesComing count={8} /> : null}
      {messages?.length === 0 ? <Nothing title={words.noneTitle} text={words.noneText} /> : null}
      {messages === undefined || messages.length === 0 ? null : (
        <WideTable
          label={words.title}
          head={[words.directionLabel, words.what, words.fromTo, words.statusLabel, words.when]}
          minWidth={820}
        >
          {messages.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </WideTable>
      )}
      {hasNextPage ? (
        <Group>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </Button>
          <Text size="sm">{words.moreText}</Text>
        </Group>
      ) : null}
      <Export />
    </Stack>
  );
};
