import { Sparkline } from "@mantine/charts";
import { Paper, SimpleGrid, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type { IndicatorNumbers } from "../../../../../../contracts/messages/indicators.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { trendOf } from "./shaped.ts";
import { indicatorPageWords } from "./words.ts";

type Name = "shareInTime" | "decided" | "breached" | "median" | "open";

/** Five numbers and how each came about: nothing is drawn of what may not be told. */
export const FiveFigures = ({ total }: { total: IndicatorNumbers }): ReactElement => {
  const words = useWords(indicatorPageWords);
  const language = useLanguage();
  const number = new Intl.NumberFormat(language === "da" ? "da-DK" : "en-GB");
  const text = (value: number | null | undefined, unit = ""): string =>
    value === null || value === undefined ? "–" : `${number.format(value)}${unit}`;
  const figures: readonly (readonly [Name, string, (number | null)[]])[] = [
    ["shareInTime", text(total.shareInTime, " %"), trendOf(total, "shareInTime")],
    ["decided", text(total.decided), trendOf(total, "decided")],
    ["breached", text(total.breached), trendOf(total, "breached")],
    ["median", text(total.answerWorkingDays?.median, ` ${words.workingDays}`), trendOf(total, "median")],
    ["open", text(total.open), []],
  ];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 5 }}>
      {figures.map(([name, value, trend]) => (
        <Paper key={name} withBorder p="md">
          <Title order={2} size="h6">
            {words.figures[name]}
          </Title>
          <Text size="xl" fw={700}>
            {value}
          </Text>
          {trend.filter((one) => one !== null).length < 2 ? null : (
            <Sparkline
              aria-label={words.trendOf}
              role="img"
              h={36}
              data={trend}
              connectNulls={false}
              color="bro.7"
            />
          )}
          <Text size="sm" c="dimmed">
            {words.definitions[name]}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
};
