import "@mantine/charts/styles.layer.css";
import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { indicatorWords } from "../../../../../../contracts/codes/indicator-words.ts";
import type { Indicators } from "../../../../../../contracts/messages/indicators.ts";
import { getJson, queryOf } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { localOf } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { FamilyFigures, Fast, Kept, Reasons } from "./charts.tsx";
import { FiveFigures } from "./five-figures.tsx";
import { type Asked, groupings, questionOf, startFor, type View } from "./shaped.ts";
import { indicatorPageWords } from "./words.ts";

const views = ["all", "debtor", "creditor"] as const satisfies readonly View[];

/** What is asked for: the address first, and else what this person's role begins with. */
const useAsked = (): [Asked, (changed: Record<string, string>) => void] => {
  const start = startFor(useSession(), localOf(useNow()).date.slice(0, 7));
  const [filters, change] = useAddressFilters(["from", "to", "groupBy", "view"]);
  const isMonth = (text: string | undefined): text is string => /^\d{4}-\d{2}$/.test(text ?? "");
  const { from, to } = filters;
  return [
    {
      from: isMonth(from) ? from : start.from,
      to: isMonth(to) ? to : start.to,
      groupBy: groupings.find((one) => one === filters["groupBy"]) ?? start.groupBy,
      view: views.find((one) => one === filters["view"]) ?? start.view,
    },
    change,
  ];
};

const Choices = ({
  asked,
  change,
}: {
  asked: Asked;
  change: (changed: Record<string, string>) => void;
}): ReactElement => {
  const words = useWords(indicatorPageWords);
  const language = useLanguage();
  return (
    <Group align="end">
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="month"
          label={words[end]}
          value={asked[end]}
          onChange={({ currentTarget }) => {
            change({ [end]: currentTarget.value });
          }}
        />
      ))}
      <NativeSelect
        label={words.groupBy}
        data={groupings.map((value) => ({ value, label: indicatorWords[value][language] }))}
        value={asked.groupBy}
        onChange={({ currentTarget }) => {
          change({ groupBy: currentTarget.value });
        }}
      />
      <NativeSelect
        label={words.view}
        data={views.map((value) => ({ value, label: words.views[value] }))}
        value={asked.view}
        onChange={({ currentTarget }) => {
          change({ view: currentTarget.value });
        }}
      />
    </Group>
  );
};

const Shown = ({ found, asked }: { found: Indicators; asked: Asked }): ReactElement => {
  const words = useWords(indicatorPageWords);
  if (found.total.hidden)
    return (
      <Stack>
        <Nothing title={words.noneTitle} text={`${words.hiddenTotal} ${words.noneText}`} />
        <FamilyFigures found={found} />
      </Stack>
    );
  return (
    <Stack>
      <FiveFigures total={found.total} />
      <Kept found={found} grouping={asked.groupBy} />
      <Fast found={found} grouping={asked.groupBy} />
      <Reasons total={found.total} />
      <FamilyFigures found={found} />
    </Stack>
  );
};

const IndicatorsPage = (): ReactElement => {
  const words = useWords(indicatorPageWords);
  const language = useLanguage();
  const { gln } = useSession();
  const [asked, change] = useAsked();
  const question = questionOf(asked, gln);
  const { data, error, refetch } = useQuery({
    queryKey: ["indicators", question],
    queryFn: ({ signal }) => getJson<Indicators>(`/v1/indicators${queryOf(question)}`, signal),
  });
  return (
    <Stack>
      <div>
        <Title order={1} size="h2">
          {words.title}
        </Title>
        <Text>{words.lead[asked.view]}</Text>
      </div>
      <Choices asked={asked} change={change} />
      <Group>
        <Button
          component="a"
          href={`/v1/indicators.csv${queryOf({ ...question, language })}`}
          download
          variant="default"
          leftSection={<IconDownload aria-hidden size={18} />}
        >
          {words.csv}
        </Button>
        <Button
          component="a"
          href={`/v1/indicators/report${queryOf({ month: asked.to, language })}`}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<IconPrinter aria-hidden size={18} />}
        >
          {words.report}
        </Button>
      </Group>
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null ? <LinesComing count={6} /> : null}
      {data === undefined ? null : (
        <>
          <Text size="sm">{words.small.replace("{n}", String(data.fewest))}</Text>
          <Shown found={data} asked={asked} />
        </>
      )}
    </Stack>
  );
};
export default IndicatorsPage;
