import { isStoppedBy } from "../../../contracts/access/consent.ts";
import { basisOfMessage } from "../../../contracts/access/message-basis.ts";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import { padMunicipalityCode } from "../../../contracts/identifiers.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { OpenObservation } from "../../../contracts/messages/observation.ts";
import type { FactOf } from "../../../contracts/messages/observation-facts.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import { activeOrganisation, type DirectoryView } from "../../case/directory-view.ts";
import type { CommandOf } from "./acting.ts";
import { decided, draftOf, type ObservationDecision } from "./draft.ts";
import { measurementProblems, takeMeasurement } from "./measure.ts";
import { evolve, initial } from "./state.ts";

/** What the practice is told first. */
const firstMessage = {
  family: "observation",
  fact: { type: "EpisodeOpened" },
  from: undefined,
  to: "practice",
} as const;

const measures = ({ kind }: Organisation): boolean => kind === "municipality" || kind === "acuteTeam";

const teamProblems = (team: Organisation | undefined): Problem[] => {
  if (team === undefined) return [problem("sender", "sender-unknown", "Your GLN is not in the directory.")];
  return measures(team)
    ? []
    : [problem("sender", "care-team-measures", "A municipality or an acute team opens an episode.")];
};

const practiceProblems = (practice: Organisation | undefined): Problem[] =>
  practice?.kind === "practice"
    ? []
    : [
        problem(
          "practice",
          "receiver-unknown",
          "That is no practice of the directory, or it is no longer in force.",
        ),
      ];

/** The citizen's municipality: as told, else that of the team, or of the whole that the team is part of. */
const municipalityOf = (
  told: string | undefined,
  team: Organisation | undefined,
  directory: DirectoryView,
): string | undefined => {
  const whole = team?.partOf === undefined ? undefined : directory.organisation(team.partOf);
  const code = told ?? team?.identifiers.municipalityCode ?? whole?.identifiers.municipalityCode;
  return code === undefined ? undefined : padMunicipalityCode(code);
};

/** What the team itself says it is passed on by: a refusal takes that ground away. */
const consentProblems = ({ basis, restricted: refused }: OpenObservation): Problem[] => {
  const code = basisOfMessage(firstMessage, { basis })?.code;
  return isStoppedBy({ refused, basis: code })
    ? [
        problem(
          "basis.kind",
          "consent-refused",
          "Consent is refused, so that it is no basis. What treatment demands is sent with `treatment`; a value spring with its reason.",
        ),
      ]
    : [];
};

const openedFact = (
  payload: OpenObservation,
  known: { team: string; municipalityCode: string; scheme: { id: string; version: number } },
): FactOf<"EpisodeOpened"> => {
  const { patient, practice, basis, restricted, relatesTo } = payload;
  return {
    type: "EpisodeOpened",
    patient,
    practice,
    ...known,
    basis,
    restricted,
    ...(relatesTo === undefined ? {} : { relatesTo }),
  };
};

const refuseAll = (problems: readonly [Problem, ErrorCode][]): ObservationDecision | undefined => {
  const code = problems[0]?.[1];
  return code === undefined
    ? undefined
    : { kind: "refuse", code, problems: problems.map(([found]) => found) };
};

const withCode = (code: ErrorCode, problems: readonly Problem[]): [Problem, ErrorCode][] =>
  problems.map((found) => [found, code]);

/** The first measurement opens the episode: every problem of it at once, or one record with all that follows from it. */
export const open = (
  command: CommandOf<"observation.open">,
  context: DecisionContext,
): ObservationDecision => {
  const { payload } = command;
  const { measurement, attachments } = payload;
  const { directory, today, actor } = context;
  const team = activeOrganisation(directory, actor, today);
  const practice = activeOrganisation(directory, payload.practice, today);
  const scheme = schemeOf(scoreSchemes, payload.scheme);
  const municipalityCode = municipalityOf(payload.municipalityCode, team, directory);
  const ofTeam = teamProblems(team);
  const stop = refuseAll([
    ...withCode(team === undefined ? "sender-unknown" : "care-team-measures", ofTeam),
    ...withCode("consent-refused", consentProblems(payload)),
    ...withCode("receiver-unknown", practiceProblems(practice)),
    ...(scheme === undefined
      ? withCode("scheme-unknown", [problem("scheme", "scheme-unknown", schemesKnown())])
      : withCode("measurement-invalid", measurementProblems({ measurement, scheme, context }))),
    ...(municipalityCode === undefined ? withCode("municipality-unknown", [noMunicipality]) : []),
  ]);
  if (stop !== undefined || scheme === undefined || municipalityCode === undefined)
    return stop ?? refuse("scheme-unknown", "scheme", schemesKnown());
  const { id, version } = scheme;
  const fact = openedFact(payload, { team: actor, municipalityCode, scheme: { id, version } });
  const opened = evolve(initial, fact);
  if (opened.status === "none") return { kind: "ignore", reason: "not-opened" };
  const input = { measurement, scheme, context, attachments };
  const draft = takeMeasurement({ ...draftOf(opened), facts: [fact] }, input);
  return decided(opened, draft, context);
};

const noMunicipality = problem(
  "municipalityCode",
  "municipality-unknown",
  "Name the citizen's municipality: the directory does not tell it from yours.",
);

const schemesKnown = (): string =>
  `Use one of these, in a version that is there: ${scoreSchemes.map(({ id }) => id).join(", ")}.`;
