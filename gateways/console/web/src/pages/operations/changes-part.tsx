import { Anchor, Paper, Select, Stack, Text, Timeline, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { AgreementsInForce, AgreementVersions } from "../../../../../../contracts/messages/agreement.ts";
import type {
  DirectoryHistory,
  DirectoryPage,
} from "../../../../../../contracts/messages/directory-query.ts";
import { getJson } from "../../api/client.ts";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { dateText } from "../../time/danish.ts";
import { useWords } from "../../words/language.tsx";
import { changeWords } from "./change-words.ts";
import { type Change, changesOf } from "./changes.ts";

const readChanges = async (): Promise<Change[]> => {
  const inForce = await getJson<AgreementsInForce>("/v1/agreements");
  const histories = await Promise.all(
    inForce.agreements.map(({ id }) => getJson<AgreementVersions>(`/v1/agreements/${id}`)),
  );
  return changesOf(inForce, histories);
};

const AgreementChanges = (): ReactElement => {
  const words = useWords(changeWords);
  const { data, error, refetch } = useQuery({ queryKey: ["agreements", "changes"], queryFn: readChanges });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <LinesComing />;
  if (data.length === 0) return <Text>{words.none}</Text>;
  return (
    <Timeline bulletSize={14} active={data.length}>
      {data.map((change) => (
        <Timeline.Item
          key={`${change.what} ${change.id} ${String(change.version)} ${change.at}`}
          title={change.what === "set" ? words.set : words.version}
        >
          <Text size="sm">
            <Moment at={change.at} />
            {change.what === "set" ? (
              `: ${change.id} v${String(change.version)}, ${change.file}`
            ) : (
              <>
                {": "}
                <Anchor component={Link} href={`/agreements/${change.id}`} inherit>
                  {change.id} v{change.version}
                </Anchor>
                , {words.by} {change.by}, {words.from} {dateText(change.from)}
              </>
            )}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
};

const OrganisationHistory = ({ gln }: { gln: string }): ReactElement => {
  const words = useWords(changeWords);
  const { data, error, refetch } = useQuery({
    queryKey: ["directory", "history", gln],
    queryFn: ({ signal }) => getJson<DirectoryHistory>(`/v1/directory/${gln}/history`, signal),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <LinesComing count={2} />;
  if (data.versions.length === 0) return <Text>{words.nothing}</Text>;
  return (
    <Timeline bulletSize={14} active={data.versions.length}>
      {data.versions.map(({ changedAt, changedBy, changed }) => (
        <Timeline.Item
          key={changedAt}
          title={changed.length === 0 ? words.first : `${words.changed}: ${changed.join(", ")}`}
        >
          <Text size="sm">
            <Moment at={changedAt} />, {words.by} {changedBy}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
};

const DirectoryChanges = (): ReactElement => {
  const words = useWords(changeWords);
  const [gln, setGln] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ["directory", "all"],
    queryFn: ({ signal }) => getJson<DirectoryPage>("/v1/directory?limit=1000", signal),
  });
  const listed = (data?.organisations ?? []).map(({ gln: value, name, department }) => ({
    value,
    label: `${[name, department].filter((part) => part !== undefined).join(", ")} (${value})`,
  }));
  return (
    <Stack>
      <Select
        label={words.organisation}
        description={words.directoryText}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "×", tabIndex: 0 }}
        limit={50}
        nothingFoundMessage={words.notFound}
        data={listed}
        value={gln}
        onChange={setGln}
        maw={480}
      />
      {gln === null ? null : <OrganisationHistory gln={gln} />}
    </Stack>
  );
};

/** What was changed of the hub's configuration, as far as it tells. */
export const ChangesPart = (): ReactElement => {
  const words = useWords(changeWords);
  return (
    <Stack>
      <Paper withBorder p="md">
        <Title order={2} size="h4">
          {words.agreements}
        </Title>
        <Text mb="sm">{words.agreementsText}</Text>
        <AgreementChanges />
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="xs">
          {words.directory}
        </Title>
        <DirectoryChanges />
      </Paper>
      <Text size="sm">{words.missing}</Text>
    </Stack>
  );
};
