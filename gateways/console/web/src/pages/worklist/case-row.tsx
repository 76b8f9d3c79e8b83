import { IconPointFilled } from "@tabler/icons-react";
import { type MouseEvent, memo, type ReactElement } from "react";
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
    <span className="chips">
      <span className="chip">{named(family, item.family)}</span>
      {item.urgency === undefined || (tier === undefined && pressing === item.urgency) ? null : (
        <span className="chip" data-pressing={isPressing(item)}>
          {pressing}
        </span>
      )}
    </span>
  );
};

/** The citizen, in bold with a dot while nobody here has read what is new. */
const Name = ({ name, isUnread }: { name: string; isUnread: boolean }): ReactElement => {
  const words = useWords(worklistWords);
  return (
    <>
      <span className="line-patient" data-unread={isUnread}>
        {isUnread ? (
          <IconPointFilled aria-hidden size={14} color="var(--mantine-primary-color-filled)" />
        ) : null}
        {name}
      </span>
      {isUnread ? <span className="unseen">, {words.unread}</span> : null}
    </>
  );
};

/** What is expected, and which colleague has it. */
const Act = ({ act, holder }: { act: string; holder: string | undefined }): ReactElement => {
  const desk = useWords(deskWords);
  return (
    <span className="line-act">
      {act}
      {holder === undefined ? null : (
        <small>
          {desk.has} {holder}
        </small>
      )}
    </span>
  );
};

const Due = ({ row: { item, awaited } }: { row: Row }): ReactElement => {
  const words = useWords(worklistWords);
  const pressure = pressureOf(awaited, useNow());
  return awaited?.due === undefined ? (
    <span className="line-no-due">{words.noDue}</span>
  ) : (
    <DueClock caseId={item.caseId} due={awaited.due} clockId={awaited.clockId} pressure={pressure} />
  );
};

/**
 * One line: what it is, about whom, from whom, what is expected, and by when. Of plain elements, and drawn again only when something of
 * it is another: a list of thousands is scrolled at sixty frames a second.
 */
export const CaseRow = memo((props: Props): ReactElement => {
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
      <span className="line-other">{other}</span>
      <Act act={act} holder={item.desk?.holder?.name} />
      <Due row={row} />
    </div>
  );
});
