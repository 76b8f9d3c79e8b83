import { BarChart, type BarChartProps } from "@mantine/charts";
import { Anchor, List, Paper, Table, Text, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import {
  breachReasonIds,
  breachReasons,
  figureWords,
} from "../../../../../../contracts/codes/indicator-words.ts";
import type { IndicatorNumbers, Indicators } from "../../../../../../contracts/messages/indicators.ts";
import { WideTable } from "../../parts/wide-table.tsx";
import { useLanguage, useWords } from "../../words/language.tsx";
import { type Bar, barsOf, type Grouping, hiddenCount } from "./shaped.ts";
import { indicatorPageWords } from "./words.ts";

const Question = ({
  title,
  definition,
  hidden = 0,
  children,
}: {
  title: string;
  definition?: string;
  hidden?: number;
  children: ReactNode;
}): ReactElement => {
  const words = useWords(indicatorPageWords);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4">
        {title}
      </Title>
      {definition === undefined ? null : <Text mb="sm">{definition}</Text>}
      {children}
      {hidden === 0 ? null : (
        <Text size="sm" mt="xs">
          {hidden} {hidden === 1 ? words.hiddenRow : words.hiddenRows}.
        </Text>
      )}
    </Paper>
  );
};

/** The numbers of a chart, for whoever reads better than looks. */
const AsTable = ({
  bars,
  columns,
}: {
  bars: readonly Bar[];
  columns: readonly ("share" | "median" | "p90")[];
}): ReactElement => {
  const words = useWords(indicatorPageWords);
  const heads = { share: "%", median: words.median, p90: words.p90 };
  return (
    <details>
      <summary style={{ minHeight: 24, cursor: "pointer" }}>{words.asTable}</summary>
      <WideTable
        label={words.asTable}
        head={[words.group, words.count, ...columns.map((column) => heads[column])]}
        minWidth={320}
      >
        {bars.map((bar) => (
          <Table.Tr key={bar.group}>
            <Table.Th scope="row">{bar.group}</Table.Th>
            <Table.Td>{bar.clocks}</Table.Td>
            {columns.map((column) => (
              <Table.Td key={column}>{bar[column] ?? "–"}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </WideTable>
    </details>
  );
};

const barHeight = 44;
const heightFor = (bars: readonly Bar[]): number => 80 + bars.length * barHeight;

type BarsShown = { bars: Bar[] } & Pick<
  BarChartProps,
  "series" | "withLegend" | "xAxisProps" | "valueFormatter"
>;

/** A bar for each group, from the top down; none where there is no group. */
const Bars = ({ bars, ...how }: BarsShown): ReactElement | null =>
  bars.length === 0 ? null : (
    <BarChart
      h={heightFor(bars)}
      data={bars}
      dataKey="group"
      orientation="vertical"
      yAxisProps={{ width: 150 }}
      {...how}
    />
  );

type Shown = { found: Indicators; grouping: Grouping };

export const Kept = ({ found, grouping }: Shown): ReactElement => {
  const words = useWords(indicatorPageWords);
  const bars = barsOf(found, grouping, useLanguage());
  return (
    <Question title={words.q1} definition={words.q1def} hidden={hiddenCount(found)}>
      <Bars
        bars={bars}
        xAxisProps={{ domain: [0, 100] }}
        valueFormatter={(share) => `${String(share)} %`}
        series={[{ name: "share", label: words.figures.shareInTime, color: "bro.7" }]}
      />
      <AsTable bars={bars} columns={["share"]} />
    </Question>
  );
};

export const Fast = ({ found, grouping }: Shown): ReactElement => {
  const words = useWords(indicatorPageWords);
  const bars = barsOf(found, grouping, useLanguage());
  return (
    <Question title={words.q2} definition={words.q2def} hidden={hiddenCount(found)}>
      <Bars
        bars={bars}
        withLegend
        series={[
          { name: "median", label: words.median, color: "bro.7" },
          { name: "p90", label: words.p90, color: "yellow.7" },
        ]}
      />
      <AsTable bars={bars} columns={["median", "p90"]} />
    </Question>
  );
};

export const Reasons = ({ total }: { total: IndicatorNumbers }): ReactElement => {
  const words = useWords(indicatorPageWords);
  const language = useLanguage();
  const { reasons } = total;
  return (
    <Question title={words.q3} definition={words.q3def}>
      {reasons === null ? (
        <Text>{words.q3few}</Text>
      ) : (
        <List>
          {breachReasonIds.flatMap((id) =>
            reasons[id] === undefined
              ? []
              : [
                  <List.Item key={id}>
                    {breachReasons[id][language]}: <b>{reasons[id]}</b>
                  </List.Item>,
                ],
          )}
        </List>
      )}
    </Question>
  );
};

/** The families' own figures, each with what it is a share of; all groups of one figure stand together. */
export const FamilyFigures = ({ found }: { found: Indicators }): ReactElement | null => {
  const words = useWords(indicatorPageWords);
  const language = useLanguage();
  const told = found.figures.flatMap((figure) => (figure.hidden ? [] : [figure]));
  if (found.figures.length === 0) return null;
  return (
    <Question title={words.q4} hidden={found.figures.length - told.length}>
      <List spacing="sm">
        {told.map(({ figure, by, names, met, of, share }) => {
          const { name, met: what, of: all, source } = figureWords[figure];
          const group = Object.entries(by).map(([dimension, code]) => names[dimension] ?? code);
          return (
            <List.Item key={`${figure} ${Object.values(by).join(" ")}`}>
              <b>
                {[name[language], ...group.filter((one) => one !== "")].join(", ")}:{" "}
                {share === null ? "–" : `${String(share).replace(".", language === "da" ? "," : ".")} %`}
              </b>{" "}
              ({met ?? "–"} {words.of} {of}). {what[language]}, {words.of} {all[language]}.{" "}
              <Text span size="sm" c="dimmed">
                {words.source}: {source}
              </Text>
            </List.Item>
          );
        })}
      </List>
      <Anchor component={Link} href="/agreements" size="sm">
        {language === "da" ? "Aftalerne bag tallene" : "The agreements behind the figures"}
      </Anchor>
    </Question>
  );
};
