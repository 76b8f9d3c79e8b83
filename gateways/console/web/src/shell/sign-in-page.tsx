import { Alert, Button, Container, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { PeopleAnswer, SessionAnswer } from "../../../../../contracts/messages/session.ts";
import { sendJson } from "../api/client.ts";
import { usePeople } from "../api/session.ts";
import { useWords } from "../words/language.tsx";
import { roleWords } from "../words/roles.ts";
import { refusedWords, shellWords } from "../words/shell.ts";
import { Trouble } from "./trouble.tsx";
import { ViewChoices } from "./view-choices.tsx";

type Someone = PeopleAnswer["people"][number];

const PersonButton = ({ person, choose }: { person: Someone; choose: () => void }): ReactElement => {
  const roles = useWords(roleWords);
  return (
    <UnstyledButton className="person" onClick={choose}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600}>{person.name}</Text>
          <Text size="sm" c="dimmed">
            {person.roles.map((role) => roles[role]).join(", ")} · {person.organisation}
            {person.unit === undefined ? "" : `, ${person.unit}`}
          </Text>
        </div>
        <IconChevronRight aria-hidden size={20} />
      </Group>
    </UnstyledButton>
  );
};

const Lead = ({ data }: { data: PeopleAnswer | undefined }): ReactElement | null => {
  const words = useWords(shellWords);
  if (data === undefined) return null;
  if (data.people.length > 0) return <Text>{words.signInLead}</Text>;
  return data.identityProvider ? null : <Text>{words.signInNobody}</Text>;
};

/** An identity provider where there is one; the demo's people on a hub that listens on loopback alone. */
export const SignInPage = (): ReactElement => {
  const words = useWords(shellWords);
  const client = useQueryClient();
  const { data, error, refetch } = usePeople();
  const signIn = useMutation({
    mutationFn: (person: string) => sendJson<SessionAnswer>("/v1/session", { person }),
    onSuccess: (session) => {
      client.setQueryData(["session"], session);
    },
  });
  const people = data?.people ?? [];
  const refused = useWords(refusedWords)[new URLSearchParams(location.search).get("refused") ?? ""];
  return (
    <Container size="sm" py="xl" component="main">
      <Stack>
        <Group justify="space-between">
          <Title order={1}>Sektorbro</Title>
          <ViewChoices />
        </Group>
        <Title order={2} size="h3">
          {words.signIn}
        </Title>
        {refused === undefined ? null : <Alert color="red" variant="light" role="alert" title={refused} />}
        {data?.identityProvider === true ? (
          <Button component="a" href="/v1/session/sign-in">
            {words.withProvider}
          </Button>
        ) : null}
        <Lead data={data} />
        {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
        {signIn.error === null ? null : <Trouble error={signIn.error} />}
        {people.map((person) => (
          <PersonButton
            key={person.id}
            person={person}
            choose={() => {
              signIn.mutate(person.id);
            }}
          />
        ))}
      </Stack>
    </Container>
  );
};
