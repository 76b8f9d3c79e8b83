import { ScrollArea, Table } from "@mantine/core";
import type { ReactElement } from "react";
import type { ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import { whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { partOf, shownOf, type Taken } from "./trend.ts";
import { tobsWords } from "./words.ts";

/** The same as the chart says, for whoever reads it aloud or wants every figure. */
export const TrendTable = ({
  scheme,
  taken,
}: {
  scheme: ScoreScheme;
  taken: readonly Taken[];
}): ReactElement => {
  const words = useWords(tobsWords);
  const language = useLanguage();
  const now = useNow();
  return (
    <details>
      <summary>{words.table}</summary>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": words.trend }}>
        <Table miw={600}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.time}</Table.Th>
              <Table.Th scope="col">{scheme.name}</Table.Th>
              {scheme.parameters.map(({ name, title }) => (
                <Table.Th key={name} scope="col">
                  {title[language]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {taken.toReversed().map((one) => (
              <Table.Tr key={one.no}>
                <Table.Th scope="row">{whenText(one.measuredAt, now, language)}</Table.Th>
                <Table.Td>{one.score.total ?? words.incomplete}</Table.Td>
                {scheme.parameters.map((parameter) => {
                  const part = partOf(one, parameter.name);
                  return (
                    <Table.Td key={parameter.name}>
                      {part === undefined
                        ? "–"
                        : `${shownOf(parameter, part.scored, language)} (${String(part.points)})`}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </details>
  );
};
