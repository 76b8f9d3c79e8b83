import { Anchor, Badge, Button, Checkbox, Group, Stack, Table, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { DeadLetterItem, SentAgainMany } from "../../../../../../contracts/messages/dead-letters.ts";
import type { DeadLetterPage } from "../../../../../../contracts/messages/message-log.ts";
import { getJson, queryOf, sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { WideTable } from "../../parts/wide-table.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { DeadLetterFilters, deadLetterFilterNames } from "./dead-letter-filters.tsx";
import { deadLetterWords } from "./dead-letter-words.ts";

const Row = ({
  item,
  isChosen,
  choose,
}: {
  item: DeadLetterItem;
  isChosen: boolean;
  choose: (chosen: boolean) => void;
}): ReactElement => {
  const words = useWords(deadLetterWords);
  const { nameOf } = useDirectory();
  const { id, kind, type, standard, from, to, at, code } = item;
  const what = type ?? standard;
  return (
    <Table.Tr>
      <Table.Td w={48}>
        <Checkbox
          aria-label={`${words.choose}: ${what}, ${nameOf(from)}`}
          checked={isChosen}
          onChange={({ currentTarget }) => {
            choose(currentTarget.checked);
          }}
        />
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={`/operations/dead-letters/${id}`} fw={600}>
          {what}
        </Anchor>
        <Badge variant="outline" color="gray" tt="none" ml="xs" c="var(--mantine-color-text)">
          {words.kind[kind]}
        </Badge>
      </Table.Td>
      <Table.Td>
        {nameOf(from)} – {to === undefined ? words.unknownTo : nameOf(to)}
      </Table.Td>
      <Table.Td>
        <Moment at={at} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" ff="monospace">
          {code}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
};

const Chosen = ({ ids, done }: { ids: readonly string[]; done: () => void }): ReactElement => {
  const words = useWords(deadLetterWords);
  const client = useQueryClient();
  const [key, setKey] = useState(() => crypto.randomUUID());
  const again = useMutation({
    mutationFn: () => sendJson<SentAgainMany>("/v1/dead-letters/send-again", { ids }, { key }),
    onSuccess: ({ results }) => {
      const sent = results.filter(({ status }) => status === "accepted" || status === "ignored").length;
      const not = results.length - sent;
      notifications.show({
        message: `${String(sent)} ${words.againManyDone}, ${String(not)} ${words.againManyNot}`,
        ...(not > 0 ? { color: "red" } : {}),
      });
      setKey(crypto.randomUUID());
      void client.invalidateQueries({ queryKey: [liveKeys.lists] });
      done();
    },
  });
  return (
    <Stack gap="xs">
      <Group>
        <Text role="status">
          {ids.length} {words.chosen}
        </Text>
        <Button
          disabled={ids.length === 0}
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          {words.againMany}
        </Button>
      </Group>
      {again.error === null ? null : <Trouble error={again.error} />}
    </Stack>
  );
};

const Found = ({ items }: { items: readonly DeadLetterItem[] }): ReactElement => {
  const words = useWords(deadLetterWords);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = items.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
  const isAll = ids.length === items.length;
  return (
    <Stack>
      <Group justify="space-between">
        <Checkbox
          label={words.chooseAll}
          checked={isAll}
          indeterminate={ids.length > 0 && !isAll}
          onChange={() => {
            setChosen(new Set(isAll ? [] : items.map(({ id }) => id)));
          }}
        />
        <Chosen
          ids={ids}
          done={() => {
            setChosen(new Set());
          }}
        />
      </Group>
      <WideTable
        label={words.listTitle}
        head={[words.choose, words.what, words.fromTo, words.when, words.code]}
        minWidth={760}
      >
        {items.map((item) => (
          <Row
            key={item.id}
            item={item}
            isChosen={chosen.has(item.id)}
            choose={(isNow) => {
              const others = ids.filter((id) => id !== item.id);
              setChosen(new Set(isNow ? [...others, item.id] : others));
            }}
          />
        ))}
      </WideTable>
    </Stack>
  );
};

export const DeadLettersList = (): ReactElement => {
  const words = useWords(deadLetterWords);
  const [filters] = useAddressFilters(deadLetterFilterNames);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [liveKeys.lists, "dead-letters", filters],
    queryFn: ({ signal, pageParam }) =>
      getJson<DeadLetterPage>(
        `/v1/dead-letters${queryOf({ ...filters, limit: 50, cursor: pageParam })}`,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Stack>
      <Title order={2} size="h3">
        {words.listTitle}
      </Title>
      <DeadLetterFilters />
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {items === undefined && error === null ? <LinesComing /> : null}
      {items?.length === 0 ? <Nothing title={words.noneTitle} text={words.noneText} /> : null}
      {items === undefined || items.length === 0 ? null : <Found items={items} />}
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      ) : null}
    </Stack>
  );
};
