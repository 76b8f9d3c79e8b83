import { Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { CaseList, CaseListItem } from "../../../../../../contracts/messages/case-list.ts";
import type { CasePatient } from "../../../../../../contracts/messages/case-patients.ts";
import { sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { usePatients } from "../../api/patients.ts";
import { Moment } from "../../parts/moment.tsx";
import { named } from "../../parts/named.ts";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { families } from "../../words/families.ts";
import { useWords } from "../../words/language.tsx";
import { statusWords } from "../../words/statuses.ts";
import { type Asked, askedFor } from "./asked.ts";
import { citizensWords } from "./words.ts";

const find = (asked: Asked): Promise<CaseList> =>
  asked.kind === "patient"
    ? sendJson<CaseList>("/v1/patients/cases", { patient: asked.patient, limit: 100 })
    : sendJson<CaseList>("/v1/search", asked.ids);

const Found = ({ item, patient }: { item: CaseListItem; patient: CasePatient | undefined }): ReactElement => {
  const words = useWords(citizensWords);
  const [family, status] = [useWords(families), useWords(statusWords)];
  const { nameOf } = useDirectory();
  const age = patient?.age === undefined ? "" : `, ${String(patient.age)} ${words.years}`;
  return (
    <Paper component="li" withBorder p="sm" style={{ listStyle: "none" }}>
      <Group justify="space-between" gap="xs">
        <Button component={Link} href={`/cases/${item.caseId}`} variant="subtle" px={4}>
          {patient?.name ?? words.unknown}
          {age}
        </Button>
        <Group gap={6}>
          <Badge variant="default" radius="sm" tt="none">
            {named(family, item.family)}
          </Badge>
          <Badge variant="default" radius="sm" tt="none">
            {named(status, item.status)}
          </Badge>
        </Group>
      </Group>
      <Text size="sm" px={4}>
        {nameOf(item.opener)} · {words.changed} <Moment at={item.updatedAt} />
      </Text>
    </Paper>
  );
};

/** A citizen's cases by their number, a case by its id. What is typed goes in a body, and is kept nowhere. */
const CitizensPage = (): ReactElement => {
  const words = useWords(citizensWords);
  const [typed, setTyped] = useState("");
  const { data, error, isPending, mutate } = useMutation({ mutationFn: find });
  const patients = usePatients(data?.items.map(({ caseId }) => caseId) ?? []);
  const asked = askedFor(typed);
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h2">
          {words.title}
        </Title>
        <Text>{words.lead}</Text>
      </div>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (asked !== undefined) mutate(asked);
          }}
        >
          <Group align="end">
            <TextInput
              label={words.label}
              description={words.hint}
              value={typed}
              onChange={({ currentTarget }) => {
                setTyped(currentTarget.value);
              }}
              autoComplete="off"
              spellCheck={false}
              style={{ flex: "1 1 16rem" }}
              maw={480}
            />
            <Button type="submit" loading={isPending} disabled={asked === undefined}>
              {words.find}
            </Button>
          </Group>
        </form>
      </search>
      {error === null ? null : <Trouble error={error} />}
      {isPending ? <LinesComing /> : null}
      <div role="status" aria-live="polite">
        {data === undefined ? null : (
          <Text fw={600}>
            {data.items.length} {words.found}
          </Text>
        )}
      </div>
      {data?.items.length === 0 ? <Nothing title={words.none} text={words.noneText} /> : null}
      <Stack component="ul" gap="xs" p={0} m={0} aria-label={words.cases}>
        {data?.items.map((item) => (
          <Found key={item.caseId} item={item} patient={patients.get(item.caseId)} />
        ))}
      </Stack>
    </Stack>
  );
};
export default CitizensPage;
