import { Anchor, Badge, Card, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgreementEntry } from "../../../../../../contracts/agreement.ts";
import type { AgreementsInForce } from "../../../../../../contracts/messages/agreement.ts";
import { getJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { LinesComing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { families } from "../../words/families.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { sentenceOf } from "./sentence.ts";
import { agreementWords } from "./words.ts";

export const Facts = ({ entry }: { entry: AgreementEntry }): ReactElement => {
  const words = useWords(agreementWords);
  const language = useLanguage();
  const { basis, source, notYet, id, version } = entry;
  return (
    <>
      <Group gap="xs" my={6}>
        <Badge
          variant="outline"
          tt="none"
          color={basis === "sourced" ? "bro" : "gray"}
          c="var(--mantine-color-text)"
        >
          {words.basis[basis]}
        </Badge>
        <Text size="sm" c="dimmed">
          {id} v{version}
        </Text>
      </Group>
      {notYet === undefined ? null : (
        <Text size="sm">
          {words.notMeasured}: {notYet[language]}
        </Text>
      )}
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {words.source}: {source.document}
        {source.section === undefined ? "" : `, ${source.section}`}
        {source.note === undefined ? "" : `. ${source.note}`}
      </Text>
    </>
  );
};

const measured = ["advice", "referral", "discharge", "observation", "booking"] as const;

/** Every agreement in force, each as a sentence. */
export const AgreementsList = (): ReactElement => {
  const words = useWords(agreementWords);
  const language = useLanguage();
  const named = families[language];
  const { nameOf } = useDirectory();
  const [{ family = "" }, change] = useAddressFilters(["family"]);
  const { data, error, refetch } = useQuery({
    queryKey: ["agreements", "in-force"],
    queryFn: ({ signal }) => getJson<AgreementsInForce>("/v1/agreements", signal),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <LinesComing count={6} />;
  const found = data.agreements.filter(({ appliesTo }) => family === "" || appliesTo.family === family);
  return (
    <Stack>
      <NativeSelect
        label={words.family}
        maw={280}
        value={family}
        data={[
          { value: "", label: words.all },
          ...measured.map((value) => ({ value, label: named[value] })),
          { value: "any", label: words.deliveries },
        ]}
        onChange={({ currentTarget }) => {
          change({ family: currentTarget.value });
        }}
      />
      {found.map((entry) => (
        <Card key={entry.id} withBorder>
          <Title order={2} size="h4">
            <Anchor component={Link} href={`/agreements/${entry.id}`} inherit>
              {entry.name[language]}
            </Anchor>
          </Title>
          <Text>{sentenceOf(entry, language, nameOf)}</Text>
          <Facts entry={entry} />
        </Card>
      ))}
    </Stack>
  );
};
