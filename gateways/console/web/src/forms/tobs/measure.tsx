import { Button, Group, SegmentedControl, Stack, Switch, Textarea } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import type { ListedOrganisation } from "../../../../../../contracts/messages/directory-query.ts";
import type { OrderedLimits } from "../../../../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import { useWords } from "../../words/language.tsx";
import { IsbarFields } from "./isbar-fields.tsx";
import { Keypad } from "./keypad.tsx";
import { levelOfTier } from "./measurement.ts";
import type { Reading } from "./outcome.ts";
import { OutcomePanel } from "./outcome-panel.tsx";
import { type Measuring, useMeasuring } from "./use-measuring.ts";
import { ValueInput } from "./value-input.tsx";
import { tobsWords } from "./words.ts";
import "./tobs.css";

type Props = {
  scheme: ScoreScheme;
  /** The measurement before: its total, and its values as they were scored. */
  before?: { total?: number | undefined; values: ReadonlyMap<string, string> } | undefined;
  ordered?: OrderedLimits | undefined;
  own: ListedOrganisation | null | undefined;
  doctor: ListedOrganisation | null | undefined;
  /** Whose measurement it is, where that is to be said. */
  who?: ReactNode;
  isReady: boolean;
  isSending: boolean;
  onSend: (measurement: object) => void;
};

const kept = "sektorbro-tobs-view";
type Mode = "all" | "one";
const keptMode = (): Mode => (localStorage.getItem(kept) === "one" ? "one" : "all");

type Stepping = { at: number; count: number; move: (at: number) => void };

const Steps = ({ at, count, move }: Stepping): ReactElement => {
  const words = useWords(tobsWords);
  return (
    <Group justify="space-between">
      <Button
        variant="subtle"
        disabled={at === 0}
        onClick={() => {
          move(at - 1);
        }}
      >
        {words.back}
      </Button>
      <span>
        {at + 1} / {count}
      </span>
      <Button
        variant="subtle"
        disabled={at === count - 1}
        onClick={() => {
          move(at + 1);
        }}
      >
        {words.next}
      </Button>
    </Group>
  );
};

type Together = { scheme: ScoreScheme; measuring: Measuring; mode: Mode; setMode: (mode: Mode) => void };

/** What is always there: concern, and what it comes to so far. */
const Head = ({ scheme, measuring, mode, setMode }: Together): ReactElement => {
  const words = useWords(tobsWords);
  const { outcome, isWorried } = measuring;
  const missing = outcome.readings.filter(({ state }) => state !== "read").length;
  return (
    <>
      <Group className="tobs-bar" justify="space-between" gap="xs">
        <Switch
          size="lg"
          label={words.worried}
          checked={isWorried}
          onChange={({ currentTarget }) => {
            measuring.worry(currentTarget.checked);
          }}
        />
        <span className="level" data-level={levelOfTier(scheme, outcome.tier?.id)}>
          {scheme.name} {outcome.total ?? `(${String(missing)} ${words.missing})`}
        </span>
      </Group>
      {isWorried ? (
        <Textarea
          label={words.worriedText}
          autosize
          value={measuring.concern}
          maxLength={500}
          onChange={({ currentTarget }) => {
            measuring.setConcern(currentTarget.value);
          }}
        />
      ) : null}
      <SegmentedControl
        aria-label={words.mode}
        value={mode}
        data={[
          { value: "all", label: words.all },
          { value: "one", label: words.one },
        ]}
        onChange={(chosen) => {
          setMode(chosen === "one" ? "one" : "all");
        }}
      />
    </>
  );
};

type ValueProps = {
  reading: Reading;
  measuring: Measuring;
  last: string | undefined;
  isActive: boolean;
  activate: () => void;
  next: () => void;
};

const Value = ({ reading, measuring, last, isActive, activate, next }: ValueProps): ReactElement => {
  const { parameter } = reading;
  const typed = measuring.typed[parameter.name];
  return (
    <Stack gap="xs">
      <ValueInput
        reading={reading}
        typed={typed}
        last={last}
        isActive={isActive}
        onFocus={activate}
        onChange={(one) => {
          measuring.type(parameter.name, one);
        }}
      />
      {isActive && parameter.kind === "measured" ? (
        <Keypad
          value={typed?.value ?? ""}
          hasComma={parameter.decimals > 0}
          onNext={next}
          onChange={(value) => {
            measuring.type(parameter.name, { ...typed, value });
          }}
        />
      ) : null}
    </Stack>
  );
};

const SendButton = ({
  measuring,
  isReady,
  isSending,
  onSend,
}: Pick<Props, "isReady" | "isSending" | "onSend"> & { measuring: Measuring }): ReactElement => {
  const words = useWords(tobsWords);
  const { readings } = measuring.outcome;
  const isEmpty = readings.every(({ state }) => state === "empty");
  const isPart = !isEmpty && readings.some(({ state }) => state !== "read");
  const hasWrong = readings.some(({ state }) => state === "wrong");
  return (
    <>
      {isPart ? <span>{words.partHint}</span> : null}
      <Button
        size="lg"
        loading={isSending}
        disabled={!isReady || isEmpty || hasWrong}
        onClick={() => {
          onSend(measuring.measurement());
        }}
      >
        {isPart ? words.sendPart : words.send}
      </Button>
    </>
  );
};

/** Five values with big keys: points, total and what to do at once, with or without a connection. */
export const Measure = (props: Props): ReactElement => {
  const { scheme, before, ordered, own, doctor, who, isReady, isSending, onSend } = props;
  const measuring = useMeasuring(scheme, { before, ordered, own });
  const { outcome } = measuring;
  const { readings } = outcome;
  const [mode, setMode] = useState(keptMode);
  const [at, setAt] = useState(0);
  const active = readings[at];
  const choose = (to: Mode): void => {
    localStorage.setItem(kept, to);
    setMode(to);
  };
  return (
    <Stack gap="md" maw={640}>
      <Head scheme={scheme} measuring={measuring} mode={mode} setMode={choose} />
      {mode === "one" ? <Steps at={at} count={readings.length} move={setAt} /> : null}
      {readings
        .filter((reading) => mode === "all" || reading === active)
        .map((reading) => (
          <Value
            key={reading.parameter.name}
            reading={reading}
            measuring={measuring}
            last={before?.values.get(reading.parameter.name)}
            isActive={reading === active}
            activate={() => {
              setAt(readings.indexOf(reading));
            }}
            next={() => {
              setAt(Math.min(at + 1, readings.length - 1));
            }}
          />
        ))}
      <OutcomePanel scheme={scheme} outcome={outcome} doctor={doctor} isAdjusted={ordered !== undefined} />
      {who}
      {outcome.tier?.isbar === true ? (
        <IsbarFields value={measuring.isbar} onChange={measuring.setIsbar} />
      ) : null}
      <SendButton measuring={measuring} isReady={isReady} isSending={isSending} onSend={onSend} />
    </Stack>
  );
};
