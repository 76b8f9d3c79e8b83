import {
  Button,
  Group,
  NativeSelect,
  NumberInput,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { Agreement } from "../../../../../../contracts/agreement.ts";
import type {
  WhatIfFigures,
  WhatIfProgress,
  WhatIfResult,
} from "../../../../../../contracts/messages/what-if.ts";
import { sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { WideTable } from "../../parts/wide-table.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { localOf } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { sentenceOf } from "./sentence.ts";
import { isCountable, nextVersion, numberOf, type Typed } from "./versions.ts";
import { agreementWords } from "./words.ts";

type Answer = WhatIfResult | WhatIfProgress;
const waitMs = 2_000;

/** Asks again for as long as the journal is read. */
const tried = async (question: object): Promise<WhatIfResult> => {
  for (;;) {
    const answer = await sendJson<Answer>("/v1/agreements/what-if", question);
    if ("answers" in answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
};

const BeforeAndAfter = ({ result }: { result: WhatIfResult }): ReactElement => {
  const words = useWords(agreementWords);
  const rows = [
    { key: words.everybody, ...result.answers },
    ...result.parties.map(({ promise, name, ...sides }) => ({ key: `${promise}: ${name}`, ...sides })),
  ];
  const both = (
    { now, tried: then }: { now: WhatIfFigures | null; tried: WhatIfFigures | null },
    name: "clocks" | "inTime" | "late" | "warned",
  ): string =>
    now === null || then === null ? words.hidden : `${String(now[name])} → ${String(then[name])}`;
  return (
    <section>
      <Title order={3} size="h4">
        {words.whatIf}
      </Title>
      <WideTable
        label={words.whatIf}
        head={[words.promise, words.clocks, words.inTime, words.late, words.warned]}
      >
        {rows.map(({ key, ...sides }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row">{key}</Table.Th>
            {(["clocks", "inTime", "late", "warned"] as const).map((name) => (
              <Table.Td key={name}>{both(sides, name)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </WideTable>
    </section>
  );
};

const firstTyped = (agreement: Agreement, today: string): Typed => {
  const { limit, warnAt, calendar } = agreement;
  return {
    limit: isCountable(limit) ? numberOf(limit) : 0,
    warn: "kind" in warnAt && isCountable(warnAt) ? numberOf(warnAt) : 0,
    calendar,
    validFrom: today,
  };
};

const calendars = ["clock", "everyDay", "workingDays", "debtorHours"] as const;
const calendarOf = (text: string): Agreement["calendar"] =>
  calendars.find((one) => one === text) ?? "workingDays";

const Fields = ({
  agreement: { limit, warnAt },
  typed,
  change,
}: {
  agreement: Agreement;
  typed: Typed;
  change: (changed: Partial<Typed>) => void;
}): ReactElement => {
  const words = useWords(agreementWords);
  return (
    <Group align="end">
      {isCountable(limit) ? (
        <NumberInput
          label={`${words.limit} (${words.unit[limit.kind]})`}
          min={0}
          allowDecimal={false}
          value={typed.limit}
          onChange={(value) => {
            change({ limit: Number(value) });
          }}
        />
      ) : (
        <Text>{words.cannot}</Text>
      )}
      {"kind" in warnAt && isCountable(warnAt) ? (
        <NumberInput
          label={`${words.warn} (${words.unit[warnAt.kind]})`}
          min={0}
          allowDecimal={false}
          value={typed.warn}
          onChange={(value) => {
            change({ warn: Number(value) });
          }}
        />
      ) : null}
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
  const [typed, setTyped] = useState(() => firstTyped(agreement, today));
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
          agreement={agreement}
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
