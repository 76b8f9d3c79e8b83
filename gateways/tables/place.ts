import type { Problem } from "../../contracts/problem.ts";
import { type ProblemCode, problemOf, warningOf } from "./problem-texts.ts";

/** Where what is found goes. A hostile document could have a problem per element, so there is an end to it. */
export interface Sink {
  readonly namespace: string;
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** An element path and the sink that problems there go to. Paths hold names of the tables, never a sender's own. */
export interface Place {
  readonly path: string;
  readonly sink: Sink;
}

const maxProblems = 100;

export const sinkFor = (namespace: string): Sink => ({ namespace, problems: [], warnings: [] });

export const report = (place: Place, code: ProblemCode): void => {
  if (place.sink.problems.length < maxProblems) place.sink.problems.push(problemOf(code, place.path));
};
export const warn = (place: Place, code: ProblemCode): void => {
  if (place.sink.warnings.length < maxProblems) place.sink.warnings.push(warningOf(code, place.path));
};
export const below = (place: Place, name: string): Place => ({
  path: place.path === "" ? name : `${place.path}/${name}`,
  sink: place.sink,
});
