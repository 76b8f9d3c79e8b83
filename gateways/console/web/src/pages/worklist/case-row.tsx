import { Badge, Group, Text, VisuallyHidden } from "@mantine/core";
import { IconPointFilled } from "@tabler/icons-react";
import type { MouseEvent, ReactElement } from "react";
import { Link } from "wouter";
import type { CasePatient } from "../../../../../../contracts/messages/case-patients.ts";
import { named } from "../../parts/named.ts";
import { useNow } from "../../time/use-now.ts";
import { actText } from "../../words/acts.ts";
import { families } from "../../words/families.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { statusWords, urgencyWords } from "../../words/statuses.ts";
import { deskWords } from "./desk-words.ts";
import { DueClock } from "./due-clock.tsx";
import { isPressing, pressureOf, type Row } from "./rows.ts";
import { worklistWords } from "./words.ts";

type Props = {
  row: Row;
  other: string;
  patient: CasePatient | undefined;
  isKnown: boolean;
  isTicked: boolean;
  onChoose: (caseId: string) => void;
  isChosen: boolean;
  onOpen: (event: MouseEvent, caseId: string) => void;
};

/** Name and age, as far as anybody knows them. */
const patientText = (patient: CasePatient | undefined, years: string): string | undefined => {
  if (patient?.name === undefined) return undefined;
  return patient.age === undefined ? patient.name : `${patient.name}, ${String(patient.age)} ${years}`;
};

const Chips = ({ row: { item } }: { row: Row }): ReactElement => {
  const [family, urgency] = [useWords(families), useWords(urgencyWords)];
  const tier = /^tier-(\d+)$/.exec(item.urgency ?? "")?.[1];
  const pressing = tier === undefined ? named(urgency, item.urgency ?? "") : `TOBS ${tier}+`;
  return (
    <Group gap={4}>
      <Badge variant="default" radius="sm" tt="none" fw={600}>
        {named(family, item.family)}
      </Badge>
      {item.urgency === undefined || (tier === undefined && pressing === item.urgency) ? null : (
        <Badge
          variant={isPressing(item) ? "filled" : "default"}
          color={isPressing(item) ? "red.9" : "gray"}
          radius="sm"
          tt="none"
        >
          {pressing}
        </Badge>
      )}
    </Group>
  );
};

/** The citizen, in bold with a dot while nobody here has read what is new. */
const Name = ({ name, isUnread }: { name: string; isUnread: boolean }): ReactElement => {
  const words = useWords(worklistWords);
  return (
    <>
      <Text component="span" fw={isUnread ? 700 : 500}>
        {isUnread ? (
          <IconPointFilled aria-hidden size={14} color="var(--mantine-primary-color-filled)" />
        ) : null}
        {name}
      </Text>
      {isUnread ? <VisuallyHidden>, {words.unread}</VisuallyHidden> : null}
    </>
  );
};

/** What is expected, and which colleague has it. */
const Act = ({ act, holder }: { act: string; holder: string | undefined }): ReactElement => {
  const desk = useWords(deskWords);
  return (
    <Text size="sm" component="span" fw={600}>
      {act}
      {holder === undefined ? null : (
        <Text size="xs" component="span" display="block" fw={400}>
          {desk.has} {holder}
        </Text>
      )}
    </Text>
  );
};

const Due = ({ row: { item, awaited } }: { row: Row }): ReactElement => {
  const words = useWords(worklistWords);
  const pressure = pressureOf(awaited, useNow());
  return awaited?.due === undefined ? (
    <Text size="sm" c="dimmed">
      {words.noDue}
    </Text>
  ) : (
    <DueClock caseId={item.caseId} due={awaited.due} clockId={awaited.clockId} pressure={pressure} />
  );
};

/** One line: what it is, about whom, from whom, what is expected, and by when. */
export const CaseRow = (props: Props): ReactElement => {
  const { row, other, patient, isKnown, isTicked, onChoose, isChosen, onOpen } = props;
  const { item, awaited } = row;
  const [words, desk] = [useWords(worklistWords), useWords(deskWords)];
  const status = useWords(statusWords);
  const language = useLanguage();
  const pressure = pressureOf(awaited, useNow());
  const name = patientText(patient, words.years) ?? (isKnown ? words.unknown : "…");
  const act = awaited === undefined ? named(status, item.status) : actText(awaited.act, language);
  return (
    <div className="line-row" data-pressure={pressure} data-chosen={isChosen}>
      <input
        type="checkbox"
        className="line-tick"
        checked={isTicked}
        aria-label={`${desk.select}: ${name}, ${act}`}
        onChange={() => {
          onChoose(item.caseId);
        }}
      />
      <Chips row={row} />
      <Link
        href={`/cases/${item.caseId}`}
        className="line-name"
        data-case={item.caseId}
        onClick={(event: MouseEvent) => {
          onOpen(event, item.caseId);
        }}
        {...(isChosen ? { "aria-current": "true" as const } : {})}
      >
        <Name name={name} isUnread={item.unread === true} />
      </Link>
      <Text size="sm" component="span">
        {other}
      </Text>
      <Act act={act} holder={item.desk?.holder?.name} />
      <Due row={row} />
    </div>
  );
};
