import { decimalText, tenThousandths } from "../../../contracts/decimal.ts";
import type { Direction, Trend } from "../../../contracts/messages/observation-facts.ts";
import type { Part, Score } from "../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import type { Taken } from "./state.ts";

const directionOf = (difference: number): Direction => {
  if (difference === 0) return "same";
  return difference > 0 ? "rising" : "falling";
};

const decimalsOf = ({ parameters }: ScoreScheme, name: string): number | undefined => {
  const found = parameters.find((parameter) => parameter.name === name);
  return found?.kind === "measured" ? found.decimals : undefined;
};

/** A measured value by its difference; a value from a list has none, and goes by its points. */
const changeOf = (scheme: ScoreScheme, before: Part, now: Part): Trend["parameters"][number] => {
  const { parameter } = now;
  const points = now.points - before.points;
  const decimals = decimalsOf(scheme, parameter);
  const [old, fresh] = [tenThousandths(before.scored), tenThousandths(now.scored)];
  if (decimals === undefined || old === undefined || fresh === undefined)
    return { parameter, points, direction: directionOf(points) };
  const size = fresh - old;
  return { parameter, difference: decimalText(size, decimals), points, direction: directionOf(size) };
};

/** What changed since the last complete measurement, if there is one that was scored by the same scheme. */
export const trendOf = (scheme: ScoreScheme, last: Taken | undefined, now: Score): Trend | undefined => {
  if (last?.score.total === undefined || now.total === undefined) return undefined;
  if (last.score.scheme !== now.scheme || last.score.version !== now.version) return undefined;
  const difference = now.total - last.score.total;
  const parameters = now.parts.flatMap((part) => {
    const before = last.score.parts.find(({ parameter }) => parameter === part.parameter);
    return before === undefined ? [] : [changeOf(scheme, before, part)];
  });
  return { since: last.no, at: last.measuredAt, difference, direction: directionOf(difference), parameters };
};
