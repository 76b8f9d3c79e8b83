import { Group, Paper, Stack, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import type { Parameter, ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { episodeOf, measurementsOf } from "../facts.ts";
import { levelOfTier } from "./measurement.ts";
import { bandsOf, partOf, pathOf, pointsOf, shownOf, sparkOf, type Taken, topOf } from "./trend.ts";
import { TrendTable } from "./trend-table.tsx";
import { useScheme } from "./use-scheme.ts";
import { tobsWords } from "./words.ts";
import "./tobs.css";

type Drawn = { scheme: ScoreScheme; taken: readonly Taken[] };

const height = 170;
const room = { left: 14, right: 46, top: 22, bottom: 26 };

const ScoreChart = ({ scheme, taken, says }: Drawn & { says: string }): ReactElement => {
  const language = useLanguage();
  const now = useNow();
  const { ref, width: measured } = useElementSize();
  const width = Math.max(measured, 240) - room.left - room.right;
  const top = topOf(
    taken.flatMap(({ score }) => (score.total === undefined ? [] : [score.total])),
    scheme,
  );
  const points = pointsOf(taken, { width: width - 24, height, top });
  const [first, last] = [points[0], points.at(-1)];
  const when = (at: string): string => whenText(at, now, language);
  return (
    <div ref={ref}>
      <svg
        className="chart"
        role="img"
        aria-label={says}
        height={height + room.top + room.bottom}
        viewBox={`0 0 ${String(width + room.left + room.right)} ${String(height + room.top + room.bottom)}`}
      >
        <g transform={`translate(${String(room.left)} ${String(room.top)})`}>
          {bandsOf(scheme, { height, top }).map((band) => (
            <g key={band.id}>
              <rect
                className="band"
                data-level={band.level}
                x={-room.left}
                y={band.y}
                width={width + room.left}
                height={band.height}
              />
              <text x={width + 6} y={band.y + band.height / 2 + 5}>
                {band.label}
              </text>
            </g>
          ))}
          <g transform="translate(8 0)">
            <path className="line" d={pathOf(points)} />
            {points.map(({ x, y, taken: { no, score } }) => (
              <g key={no}>
                <circle className="dot" cx={x} cy={y} r={no === last?.taken.no ? 7 : 5} />
                <text className="total" x={x} y={y - 11} textAnchor="middle">
                  {score.total}
                </text>
              </g>
            ))}
          </g>
          {first === undefined || first === last ? null : (
            <text x={-room.left} y={height + 20}>
              {when(first.taken.measuredAt)}
            </text>
          )}
          {last === undefined ? null : (
            <text x={width} y={height + 20} textAnchor="end">
              {when(last.taken.measuredAt)}
            </text>
          )}
        </g>
      </svg>
    </div>
  );
};

const spark = { width: 120, height: 22 };

/** One value: what it is now, where it came from, and what it costs. */
const ValueLine = ({
  parameter,
  taken,
}: {
  parameter: Parameter;
  taken: readonly Taken[];
}): ReactElement | null => {
  const language = useLanguage();
  const now = taken.findLast((one) => partOf(one, parameter.name) !== undefined);
  const part = now === undefined ? undefined : partOf(now, parameter.name);
  if (part === undefined) return null;
  const points = sparkOf(taken, parameter.name, spark);
  const last = points.at(-1);
  return (
    <Group gap="sm" wrap="nowrap" justify="space-between">
      <Text size="sm" style={{ flex: "1 1 7rem" }}>
        {parameter.title[language]}
      </Text>
      <svg
        aria-hidden
        className="spark"
        width={spark.width + 8}
        height={spark.height + 8}
        viewBox="-4 -4 128 30"
        style={{ flex: "none" }}
      >
        <path d={pathOf(points)} fill="none" stroke="currentColor" strokeWidth={1.5} />
        {last === undefined ? null : <circle cx={last.x} cy={last.y} r={3.5} fill="currentColor" />}
      </svg>
      <Text size="sm" fw={600} ta="right" style={{ flex: "1 1 6rem" }}>
        {shownOf(parameter, part.scored, language)}
      </Text>
      <span className="level" data-level={part.points}>
        {part.points}
      </span>
    </Group>
  );
};

const arrows = { rising: IconArrowUpRight, falling: IconArrowDownRight, same: IconArrowRight } as const;

type Course = {
  last: Taken | undefined;
  total: number;
  from: number | undefined;
  direction: keyof typeof arrows;
};

/** Where it is, and where it came from. */
const courseOf = (taken: readonly Taken[]): Course => {
  const whole = taken.filter(({ score }) => score.total !== undefined);
  const [from, last] = [whole.at(-2)?.score.total, whole.at(-1)];
  const total = last?.score.total ?? 0;
  const isSame = from === undefined || from === total;
  return { last, total, from, direction: isSame ? "same" : total > from ? "rising" : "falling" };
};

const useChangeText = ({ from, direction }: Course): string => {
  const words = useWords(tobsWords);
  if (from === undefined) return "";
  return direction === "same" ? words.same : `${words[direction]} ${String(from)}`;
};

const Headline = ({
  scheme,
  course,
  when,
}: {
  scheme: ScoreScheme;
  course: Course;
  when: string;
}): ReactElement => {
  const Arrow = arrows[course.direction];
  const change = useChangeText(course);
  return (
    <Group gap="sm" align="center">
      <span className="level trend-total" data-level={levelOfTier(scheme, course.last?.score.tier)}>
        {scheme.name} {course.last === undefined ? "–" : course.total}
      </span>
      {change === "" ? null : (
        <Group gap={4}>
          <Arrow aria-hidden size={24} />
          <Text fw={600}>{change}</Text>
        </Group>
      )}
      <Text size="sm">{when}</Text>
    </Group>
  );
};

const Drawing = ({ scheme, taken }: Drawn): ReactElement => {
  const language = useLanguage();
  const now = useNow();
  const course = courseOf(taken);
  const change = useChangeText(course);
  const { last, total } = course;
  const when = last === undefined ? "" : whenText(last.measuredAt, now, language);
  const tier = scheme.tiers.find(({ id }) => id === last?.score.tier)?.title[language] ?? "";
  return (
    <Stack gap="sm">
      <Headline scheme={scheme} course={course} when={when} />
      {last === undefined ? null : (
        <ScoreChart
          scheme={scheme}
          taken={taken}
          says={`${scheme.name} ${String(total)} ${change}, ${when}. ${tier}`}
        />
      )}
      <Stack gap={4}>
        {scheme.parameters.map((parameter) => (
          <ValueLine key={parameter.name} parameter={parameter} taken={taken} />
        ))}
      </Stack>
      <TrendTable scheme={scheme} taken={taken} />
    </Stack>
  );
};

/** How an episode goes: score and values over time, with the bands behind them. Nothing for a case of another family. */
export const TobsTrend = ({ view }: { view: CaseView }): ReactElement | null => {
  const words = useWords(tobsWords);
  const episode = episodeOf(view);
  const { data: scheme, error } = useScheme(episode?.scheme.id);
  const taken = measurementsOf(view);
  if (episode === undefined) return null;
  if (error !== null) return <Trouble error={error} />;
  if (scheme === undefined || scheme === null) return null;
  return (
    <Paper withBorder p="md">
      {taken.length === 0 ? <Text>{words.trendNone}</Text> : <Drawing scheme={scheme} taken={taken} />}
    </Paper>
  );
};
