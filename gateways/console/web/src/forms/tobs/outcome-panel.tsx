import { Button, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { ListedOrganisation } from "../../../../../../contracts/messages/directory-query.ts";
import type { ScoreScheme, Tier } from "../../../../../../contracts/score-scheme.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { levelOfTier } from "./measurement.ts";
import type { Outcome } from "./outcome.ts";
import { tobsWords } from "./words.ts";

type Props = {
  scheme: ScoreScheme;
  outcome: Outcome;
  doctor: ListedOrganisation | null | undefined;
  isAdjusted: boolean;
};

const CallButtons = ({
  doctor,
  isUrgent,
}: {
  doctor: ListedOrganisation;
  isUrgent: boolean;
}): ReactElement => {
  const words = useWords(tobsWords);
  const direct = doctor.directNumbers.map(({ label, number }) => ({
    label: `${doctor.name}, ${label}`,
    number,
  }));
  const numbers = [
    ...direct,
    ...(doctor.phone === undefined ? [] : [{ label: doctor.name, number: doctor.phone }]),
  ];
  return (
    <Group gap="xs">
      {numbers.map(({ label, number }, i) => (
        <Button
          key={label}
          component="a"
          href={`tel:${number}`}
          h="auto"
          py={8}
          variant={i === 0 && isUrgent ? "filled" : "default"}
          leftSection={<IconPhone aria-hidden size={18} />}
          styles={{ label: { whiteSpace: "normal", textAlign: "left" } }}
        >
          {i === 0 && isUrgent ? words.callNow : words.call}: {label} {number}
        </Button>
      ))}
    </Group>
  );
};

/** Whom to phone, when the tier asks for it. */
const Calls = ({ tier, doctor }: { tier: Tier; doctor: Props["doctor"] }): ReactElement | null => {
  if (tier.contact !== "required" && tier.contact !== "immediate") return null;
  return (
    <>
      {doctor === null || doctor === undefined ? null : (
        <CallButtons doctor={doctor} isUrgent={tier.phoneFirst} />
      )}
      {tier.contact === "immediate" ? (
        <Group>
          <Button
            component="a"
            href="tel:112"
            variant="outline"
            leftSection={<IconPhone aria-hidden size={18} />}
          >
            112
          </Button>
        </Group>
      ) : null}
    </>
  );
};

/** What it comes to, and what to do next. */
export const OutcomePanel = ({ scheme, outcome, doctor, isAdjusted }: Props): ReactElement | null => {
  const words = useWords(tobsWords);
  const language = useLanguage();
  const { tier, total, flags } = outcome;
  if (tier === undefined) return null;
  return (
    <Paper withBorder p="md" role="status">
      <Stack gap="xs">
        <Group gap="sm">
          <span className="level" data-level={levelOfTier(scheme, tier.id)}>
            {scheme.name} {total ?? "–"}
          </span>
          <Title order={2} size="h4">
            {total === undefined ? `${words.provisional}: ` : ""}
            {tier.title[language]}
          </Title>
        </Group>
        {flags.length === 0 ? null : (
          <Text size="sm" fw={600}>
            {words.because}: {flags.map(({ title }) => title[language]).join("; ")}
          </Text>
        )}
        {isAdjusted ? <Text size="sm">{words.adjusted}</Text> : null}
        <Text fw={600}>{words.doNow}</Text>
        <List spacing={4}>
          {tier.actions.map((action) => (
            <List.Item key={action.da}>{action[language]}</List.Item>
          ))}
        </List>
        <Text>
          {words.repeat}: <b>{tier.repeat.text[language]}</b>
        </Text>
        <Calls tier={tier} doctor={doctor} />
        <details>
          <summary>{words.source}</summary>
          <Text size="sm">
            {tier.source}
            {tier.basis === "default" ? ` (${words.isDefault})` : ""}
          </Text>
        </details>
      </Stack>
    </Paper>
  );
};
