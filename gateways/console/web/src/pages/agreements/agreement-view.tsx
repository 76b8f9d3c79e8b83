import { Anchor, Code, List, Mark, Paper, Stack, Table, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgreementVersions } from "../../../../../../contracts/messages/agreement.ts";
import { getJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { useSession } from "../../api/session.ts";
import { Moment } from "../../parts/moment.tsx";
import { LinesComing } from "../../parts/nothing.tsx";
import { WideTable } from "../../parts/wide-table.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { dateText } from "../../time/danish.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { AgreementEdit } from "./agreement-edit.tsx";
import { Facts } from "./agreements-list.tsx";
import { sentenceOf } from "./sentence.ts";
import { differencesOf } from "./versions.ts";
import { agreementWords } from "./words.ts";

type Versions = AgreementVersions["versions"];

const Compared = ({ versions }: { versions: Versions }): ReactElement => {
  const words = useWords(agreementWords);
  const [after, before] = versions;
  if (after === undefined || before === undefined) return <Text>{words.oneVersion}</Text>;
  return (
    <WideTable
      label={words.compare}
      head={[words.field, `v${String(before.agreement.version)}`, `v${String(after.agreement.version)}`]}
    >
      {differencesOf(before.agreement, after.agreement).map(({ field, ...sides }) => (
        <Table.Tr key={field}>
          <Table.Th scope="row">{field}</Table.Th>
          <Table.Td>
            <Code>{sides.before}</Code>
          </Table.Td>
          <Table.Td>
            <Mark>{sides.after}</Mark>
          </Table.Td>
        </Table.Tr>
      ))}
    </WideTable>
  );
};

/** One agreement: what it says, its versions, and what another one would mean. */
export const AgreementView = ({ id }: { id: string }): ReactElement => {
  const words = useWords(agreementWords);
  const language = useLanguage();
  const { nameOf } = useDirectory();
  const { role } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["agreements", "versions", id],
    queryFn: ({ signal }) => getJson<AgreementVersions>(`/v1/agreements/${encodeURIComponent(id)}`, signal),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  const newest = data?.versions[0]?.agreement;
  if (data === undefined || newest === undefined) return <LinesComing />;
  const inForce = data.versions.find(({ status }) => status === "in-force")?.agreement ?? newest;
  return (
    <Stack>
      <Anchor component={Link} href="/agreements">
        <IconArrowLeft aria-hidden size={16} /> {words.back}
      </Anchor>
      <div>
        <Title order={1} size="h2">
          {inForce.name[language]}
        </Title>
        <Text size="lg" fw={600}>
          {sentenceOf(inForce, language, nameOf)}
        </Text>
        <Facts entry={inForce} />
      </div>
      {inForce.kind === "clock" ? (
        <Paper withBorder p="md">
          <Title order={2} size="h4">
            {words.told}
          </Title>
          <List>
            {inForce.escalation.map((step) => (
              <List.Item key={step.da}>{step[language]}</List.Item>
            ))}
          </List>
        </Paper>
      ) : null}
      {inForce.kind === "clock" ? (
        <AgreementEdit
          key={newest.version}
          agreement={inForce}
          newest={newest.version}
          canPut={role === "operator"}
        />
      ) : null}
      <Paper withBorder p="md">
        <Title order={2} size="h4">
          {words.versions}
        </Title>
        <List mb="md">
          {data.versions.map(({ agreement, status, changedBy, changedAt }) => (
            <List.Item key={agreement.version}>
              v{agreement.version}: {words.status[status]}, {words.since} {dateText(agreement.validFrom)},{" "}
              {words.by} {changedBy} <Moment at={changedAt} />
            </List.Item>
          ))}
        </List>
        <Title order={3} size="h5">
          {words.compare}
        </Title>
        <Compared versions={data.versions} />
      </Paper>
    </Stack>
  );
};
