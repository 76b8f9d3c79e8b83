import { Anchor, Badge, Button, Group, Paper, Text, Title } from "@mantine/core";
import { IconHandStop, IconPhone, IconUserHeart } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, type ReactNode, useState } from "react";
import type { CasePatient } from "../../../../../../contracts/messages/case-patients.ts";
import type { Responsible } from "../../../../../../contracts/messages/discharge-query.ts";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { Moment } from "../../parts/moment.tsx";
import { named } from "../../parts/named.ts";
import { families } from "../../words/families.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { statusWords } from "../../words/statuses.ts";
import { caseWords } from "./words.ts";

/** The number is hidden until somebody wants it: a screen is seen by others as well. */
const CprNumber = ({ cpr }: { cpr: string }): ReactElement => {
  const words = useWords(caseWords);
  const [isShown, setShown] = useState(false);
  return (
    <Group gap={6}>
      <Text component="span">
        {cpr.slice(0, 6)}-{isShown ? cpr.slice(6) : "••••"}
      </Text>
      <Button
        variant="default"
        size="compact-xs"
        mih={26}
        onClick={() => {
          setShown(!isShown);
        }}
        aria-label={`${isShown ? words.hide : words.show} CPR`}
      >
        {isShown ? words.hide : words.show}
      </Button>
    </Group>
  );
};

export const Phone = ({ number }: { number: string }): ReactElement => (
  <Anchor
    href={`tel:${number.replaceAll(" ", "")}`}
    inline
    underline="always"
    style={{ whiteSpace: "nowrap" }}
  >
    <IconPhone aria-hidden size={14} /> {number}
  </Anchor>
);

const WhoAnswers = ({ caseId, patient }: { caseId: string; patient: CasePatient }): ReactElement | null => {
  const words = useWords(caseWords);
  const language = useLanguage();
  const { nameOf, of } = useDirectory();
  const { cpr, alternativeId } = patient;
  const { data } = useQuery({
    queryKey: [liveKeys.case, caseId, "responsible"],
    queryFn: () =>
      sendJson<Responsible | undefined>("/v1/responsible", {
        patient: cpr === undefined ? { alternativeId } : { cpr },
      }).then((answer) => answer ?? null),
    retry: false,
  });
  if (data === undefined) return null;
  if (data === null) return <Text size="sm">{words.nobodyKnown}</Text>;
  const { who, until, explanation } = data;
  const phone = data.phone ?? (who.gln === undefined ? undefined : of(who.gln)?.phone);
  return (
    <Group gap={6} align="start" wrap="nowrap">
      <IconUserHeart aria-hidden size={20} />
      <div>
        <Text size="sm">
          {words.responsible}:{" "}
          <strong>{who.gln === undefined ? words.responsibleKinds[who.kind] : nameOf(who.gln)}</strong>
          {until === undefined ? null : (
            <>
              , {words.until} <Moment at={until} />
            </>
          )}{" "}
          {phone === undefined ? null : <Phone number={phone} />}
        </Text>
        {explanation === undefined ? null : <Text size="xs">{explanation[language]}</Text>}
      </div>
    </Group>
  );
};

/** A free time is nobody's yet. */
const unnamed = (
  { card, family }: CaseView,
  familyWords: Readonly<Record<string, string>>,
  nobody: string,
): string => (card?.kind === "slot" ? named(familyWords, family) : nobody);

type Props = { view: CaseView; patient: CasePatient | undefined; isKnown: boolean; children?: ReactNode };

/** Whom the case is about, what it is and where it stands, and who answers for the citizen now. */
export const CaseHeader = ({ view, patient, isKnown, children }: Props): ReactElement => {
  const words = useWords(caseWords);
  const [family, status] = [useWords(families), useWords(statusWords)];
  const age = patient?.age === undefined ? "" : ` · ${String(patient.age)} ${words.years}`;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="start">
        <Title order={1} size="h3">
          {patient?.name ?? (isKnown ? unnamed(view, family, words.unnamed) : "…")}
          {age}
        </Title>
        <Group gap="xs">{children}</Group>
      </Group>
      <Group gap="sm" my={6}>
        {patient?.cpr === undefined ? null : <CprNumber cpr={patient.cpr} />}
        <Badge variant="default" radius="sm" tt="none">
          {named(family, view.family)}
        </Badge>
        <Badge variant="default" radius="sm" tt="none">
          {named(status, view.status)}
        </Badge>
        {view.consentRefused === true ? (
          <Badge color="red.9" radius="sm" tt="none" leftSection={<IconHandStop aria-hidden size={14} />}>
            {words.consentRefused}
          </Badge>
        ) : null}
      </Group>
      {patient === undefined ? null : <WhoAnswers caseId={view.caseId} patient={patient} />}
    </Paper>
  );
};
