import { Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import type { Limit } from "../../../../../../contracts/limits.ts";
import { useWords } from "../../words/language.tsx";
import { agreementWords } from "./words.ts";

type Of<Kind extends Limit["kind"]> = Extract<Limit, { kind: Kind }>;
type Editing<L extends Limit> = { label: string; limit: L; change: (limit: Limit) => void };

const Whole = (props: {
  label: string;
  min: number;
  value: number;
  onChange: (value: number) => void;
}): ReactElement => (
  <NumberInput
    {...props}
    allowDecimal={false}
    onChange={(value) => {
      props.onChange(Number(value));
    }}
  />
);

const Time = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}): ReactElement => (
  <TextInput
    type="time"
    label={label}
    value={value}
    onChange={({ currentTarget }) => {
      onChange(currentTarget.value);
    }}
  />
);

const SameOrNext = ({ label, limit, change }: Editing<Of<"sameOrNextDay">>): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <NativeSelect
      label={label}
      data={(["same", "next"] as const).map((value) => ({ value, label: words.day[value] }))}
      value={limit.day}
      onChange={({ currentTarget }) => {
        change({ ...limit, day: currentTarget.value === "same" ? "same" : "next" });
      }}
    />
  );
};

const AtTime = ({ label, limit, change }: Editing<Of<"timeOfDay">>): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <Group align="end">
      <Time
        label={`${label} (${words.atTime})`}
        value={limit.at}
        onChange={(at) => {
          change({ ...limit, at });
        }}
      />
      <Whole
        label={words.daysLater}
        min={0}
        value={limit.days}
        onChange={(days) => {
          change({ ...limit, days });
        }}
      />
    </Group>
  );
};

const Window = ({ label, limit, change }: Editing<Of<"readingWindow">>): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <Group align="end">
      <Time
        label={`${label} (${words.cameBefore})`}
        value={limit.cutoff}
        onChange={(cutoff) => {
          change({ ...limit, cutoff });
        }}
      />
      <Time
        label={words.readBy}
        value={limit.by}
        onChange={(by) => {
          change({ ...limit, by });
        }}
      />
    </Group>
  );
};

/** A time as an agreement gives it, edited in the terms of its kind; what is not in order the hub says when it is tried. */
export const LimitField = ({ label, limit, change }: Editing<Limit>): ReactElement => {
  const words = useWords(agreementWords);
  switch (limit.kind) {
    case "workingDays":
    case "calendarDays":
      return (
        <Whole
          label={`${label} (${words.unit[limit.kind]})`}
          min={0}
          value={limit.days}
          onChange={(days) => {
            change({ ...limit, days });
          }}
        />
      );
    case "elapsed":
    case "openingMinutes":
      return (
        <Whole
          label={`${label} (${words.unit[limit.kind]})`}
          min={1}
          value={limit.minutes}
          onChange={(minutes) => {
            change({ ...limit, minutes });
          }}
        />
      );
    case "sameOrNextDay":
      return <SameOrNext label={label} limit={limit} change={change} />;
    case "timeOfDay":
      return <AtTime label={label} limit={limit} change={change} />;
    case "readingWindow":
      return <Window label={label} limit={limit} change={change} />;
  }
};
