import { AgreementSet } from "../../../contracts/agreement.ts";
import type { AgreementProblem } from "../../../contracts/agreement-problem.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { clockProblems } from "./checks/clocks.ts";
import { escalationProblems } from "./checks/escalation.ts";
import { gapProblems } from "./checks/gaps.ts";
import { nameProblems } from "./checks/names.ts";
import { overlapProblems } from "./checks/overlaps.ts";
import { type CheckWorld, placedOf, type SetFile } from "./checks/placed.ts";
import { setProblems, versionsProblems } from "./checks/versions.ts";

export type { CheckWorld, SetFile };

/** A file as a set, or everything in which it does not fit the schema. */
export const readSet = (
  file: string,
  value: unknown,
): { ok: true; set: AgreementSet } | { ok: false; problems: AgreementProblem[] } => {
  const parsed = AgreementSet.safeParse(value);
  if (parsed.success) return { ok: true, set: parsed.data };
  const problems = problemsOf(parsed.error).map(({ path, code, message }) => ({
    file,
    path,
    code,
    da: `Feltet passer ikke til skemaet: ${message}`,
    en: message,
  }));
  return { ok: false, problems };
};

/**
 * Everything that is wrong with a region's set of agreements, each problem with its file and path; none: it can be in force.
 * Pure, so that the same is found with and without a hub.
 */
export const checkSet = (files: readonly SetFile[], world: CheckWorld): AgreementProblem[] => {
  const all = placedOf(files);
  return [
    ...setProblems(files),
    ...versionsProblems(all, world),
    ...all.flatMap((placed) => [
      ...nameProblems(placed, world),
      ...clockProblems(placed, world),
      ...escalationProblems(placed),
    ]),
    ...overlapProblems(all),
    ...gapProblems(files, all),
  ];
};
