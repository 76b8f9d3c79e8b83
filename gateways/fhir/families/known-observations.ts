import {
  type FactOf,
  isObservationFact,
  type ObservationFact,
} from "../../../contracts/messages/observation-facts.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";

/** A measurement that was told by a message of its sender's. */
interface KnownMeasurement {
  readonly no: number;
  readonly messageId: string | undefined;
  /** The number of the one that it was told instead of. */
  readonly replaces: number | undefined;
}

/** An episode as its records tell it before a message came, so that the message that comes again reads the same. */
export interface KnownEpisode {
  readonly caseId: string;
  readonly team: string;
  readonly practice: string;
  readonly scheme: string;
  readonly restricted: boolean;
  readonly closed: boolean;
  readonly measurements: readonly KnownMeasurement[];
}

type Opened = FactOf<"EpisodeOpened">;

const isOpening = (fact: ObservationFact): fact is Opened => fact.type === "EpisodeOpened";

const episodeIn = ({ caseId, family, records }: CaseView, commandId: string): KnownEpisode[] => {
  if (family !== "observation") return [];
  const at = records.findIndex(({ meta }) => meta.commandId === commandId);
  const facts = (at < 0 ? records : records.slice(0, at)).flatMap((record) =>
    record.facts.filter(isObservationFact),
  );
  const opening = facts.find(isOpening);
  if (opening === undefined) return [];
  const { team, practice, scheme, restricted } = opening;
  const measurements = facts.flatMap((fact) =>
    fact.type === "Measured" || fact.type === "PartlyMeasured"
      ? [{ no: fact.no, messageId: fact.messageId, replaces: fact.replaces }]
      : [],
  );
  const closed = facts.some(({ type }) => type === "EpisodeClosed");
  return [{ caseId, team, practice, scheme: scheme.id, restricted, closed, measurements }];
};

/** The citizen's episodes, those that changed last first. */
export const episodesIn = (cases: readonly CaseView[], commandId: string): KnownEpisode[] =>
  cases.flatMap((view) => episodeIn(view, commandId));
