import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { Agreement } from "../../../../../../contracts/agreement.ts";
import type { Limit } from "../../../../../../contracts/limits.ts";
import { sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { localOf } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { BeforeAndAfter, tried } from "./before-and-after.tsx";
import { LimitField } from "./limit-field.tsx";
import { sentenceOf } from "./sentence.ts";
import { nextVersion, type Typed, typedOf } from "./versions.ts";
import { agreementWords } from "./words.ts";

const calendars = ["clock", "everyDay", "workingDays", "debtorHours"] as const;
const calendarOf = (text: string): Agreement["calendar"] =>
  calendars.find((one) => one === text) ?? "workingDays";

/** As many as an agreement may have. */
const mostWarnings = 10;

const Warnings = ({
  warnings,
  change,
}: {
  warnings: readonly Limit[];
  change: (warnings: readonly Limit[]) => void;
}): ReactElement => {
  const words = useWords(agreementWords);
  const last = warnings.at(-1);
  return (
    <>
      {warnings.map((warning, at) => (
        <LimitField
          // biome-ignore lint/suspicious/noArrayIndexKey: warnings are told apart by their place alone.
          key={at}
          label={warnings.length === 1 ? words.warn : `${words.warn} ${String(at + 1)}`}
          limit={warning}
          change={(limit) => {
            change(warnings.with(at, limit));
          }}
        />
      ))}
      {last !== undefined && warnings.length < mostWarnings ? (
        <Button
          variant="subtle"
          onClick={() => {
            change([...warnings, last]);
          }}
        >
          {words.anotherWarning}
        </Button>
      ) : null}
      {warnings.length > 1 ? (
        <Button
          variant="subtle"
          onClick={() => {
            change(warnings.slice(0, -1));
          }}
        >
          {words.lessWarning}
        </Button>
      ) : null}
    </>
  );
};

const Fields = ({
  typed,
  change,
}: {
  typed: Typed;
  change: (changed: Partial<Typed>) => void;
}): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <Group align="end">
      <LimitField
        label={words.limit}
        limit={typed.limit}
        change={(limit) => {
          change({ limit });
        }}
      />
      <Warnings
        warnings={typed.warnings}
        change={(warnings) => {
          change({ warnings });
        }}
      />
      <NativeSelect
        label={words.calendarLabel}
        data={calendars.map((value) => ({ value, label: words.calendar[value] }))}
        value={typed.calendar}
        onChange={({ currentTarget }) => {
          change({ calendar: calendarOf(currentTarget.value) });
        }}
      />
      <TextInput
        type="date"
        label={words.validFrom}
        value={typed.validFrom}
        onChange={({ currentTarget }) => {
          change({ validFrom: currentTarget.value });
        }}
      />
    </Group>
  );
};

type Period = { from: string; to: string };

const PeriodFields = ({
  period,
  change,
}: {
  period: Period;
  change: (period: Period) => void;
}): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <>
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={end === "from" ? words.periodFrom : words.periodTo}
          value={period[end]}
          onChange={({ currentTarget: { value } }) => {
            change({ ...period, [end]: value });
          }}
        />
      ))}
    </>
  );
};

/** Limits, warning and calendar edited in place; tried on the past, checked by the hub, and put in force. */
export const AgreementEdit = ({
  agreement,
  newest,
  canPut,
}: {
  agreement: Agreement;
  newest: number;
  canPut: boolean;
}): ReactElement => {
  const words = useWords(agreementWords);
  const language = useLanguage();
  const { nameOf } = useDirectory();
  const client = useQueryClient();
  const today = localOf(useNow()).date;
  const [typed, setTyped] = useState(() => typedOf(agreement, today));
  const [period, setPeriod] = useState({ from: `${today.slice(0, 4)}-01-01`, to: today });
  const [key] = useState(() => crypto.randomUUID());
  const next = nextVersion(agreement, newest, typed);
  const what = useMutation({
    mutationFn: () => tried({ changes: [next], ...period, on: typed.validFrom }),
  });
  const put = useMutation({
    mutationFn: () =>
      sendJson<unknown>(
        `/v1/agreements/${agreement.id}/versions`,
        { agreement: next },
        { key, method: "PUT" },
      ),
    onSuccess: () => {
      notifications.show({ message: words.putDone });
      void client.invalidateQueries({ queryKey: ["agreements"] });
    },
  });
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4">
        {words.edit}
      </Title>
      <Text mb="xs">{words.editText}</Text>
      <Stack>
        <Fields
          typed={typed}
          change={(changed) => {
            setTyped((before) => ({ ...before, ...changed }));
          }}
        />
        <Text fw={600}>{sentenceOf(next, language, nameOf)}</Text>
        <Group align="end">
          <PeriodFields period={period} change={setPeriod} />
          <Button
            variant="default"
            loading={what.isPending}
            onClick={() => {
              what.mutate();
            }}
          >
            {words.try}
          </Button>
          {canPut ? (
            <Button
              loading={put.isPending}
              onClick={() => {
                put.mutate();
              }}
            >
              {words.put}
            </Button>
          ) : null}
        </Group>
        {what.error === null ? null : <Trouble error={what.error} />}
        {put.error === null ? null : <Trouble error={put.error} />}
        {what.data === undefined ? null : <BeforeAndAfter result={what.data} />}
      </Stack>
    </Paper>
  );
};
