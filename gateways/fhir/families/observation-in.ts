import { homeCareScheme } from "../../../contracts/codes/fhir-observation-parameters.ts";
import type { HomeCareObservation } from "../../../contracts/fhir/home-care-observation.ts";
import type { MeasuredMedia, Measurement } from "../../../contracts/messages/observation-parts.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { hl7 } from "../codec/model/problem-codes.ts";
import type { ToldProblem } from "../reliable/issues.ts";
import { fhirCommandId } from "../reliable/message-key.ts";
import { episodesIn, type KnownEpisode } from "./known-observations.ts";
import { personOf } from "./observation-kept.ts";
import { mediaOf } from "./observation-media.ts";
import { noteOf, type ObservationNote } from "./observation-notes.ts";
import { patientOf } from "./observation-patient.ts";
import { readResults } from "./observation-results.ts";

/** The same message is the same command, whatever envelope it comes in (guide to MedCom FHIR, section 8.1). */
export const observationCommandId = ({ sender, messageId }: HomeCareObservation): string =>
  fhirCommandId({ senderGln: sender.gln, messageId });

/** A command, or why there is none: then the sender is answered with that, and nothing is done. */
export type ObservationReading =
  | { readonly ok: true; readonly order: LetterOrder }
  | { readonly ok: false; readonly problems: readonly ToldProblem[] };

interface Measured {
  readonly measurement: Partial<Measurement>;
  readonly attachments: readonly MeasuredMedia[];
  readonly notes: readonly ObservationNote[];
}

const when = (condition: boolean, note: ObservationNote): ObservationNote[] => (condition ? [note] : []);

const measuredIn = (message: HomeCareObservation): Measured => {
  const { report, receiver, messageId } = message;
  const { notes, ...read } = readResults(message.results);
  const media = mediaOf(message);
  const performer = personOf(report.performer);
  return {
    measurement: {
      messageId,
      ...(read.measuredAt === undefined ? {} : { measuredAt: read.measuredAt }),
      values: read.values,
      ...(read.senderTotal === undefined ? {} : { senderTotal: read.senderTotal }),
      results: read.results,
      ...(performer === undefined ? {} : { performer }),
      ...(receiver.contactInitials === null ? {} : { requester: receiver.contactInitials }),
      ...(report.conclusion === undefined ? {} : { comment: report.conclusion }),
    },
    attachments: media.attachments,
    notes: [
      ...notes,
      ...when(performer === undefined, "performer-unnamed"),
      ...when(report.producer !== undefined, "producer-elsewhere"),
      ...media.notes,
    ],
  };
};

const withAttachments = ({ measurement, attachments }: Measured): object => ({
  measurement,
  ...(attachments.length === 0 ? {} : { attachments }),
});

const ordered = (type: string, payload: object, notes: readonly ObservationNote[]): ObservationReading => ({
  ok: true,
  order: { type, payload, notes: [...new Set(notes)].map(noteOf) },
});

/** Nobody but the two may see what is refused to be shared, so it never joins an episode that others are in. */
const isFor =
  ({ sender, receiver, report }: HomeCareObservation) =>
  (episode: KnownEpisode): boolean =>
    episode.team === sender.gln &&
    episode.practice === receiver.gln &&
    episode.scheme === homeCareScheme.scheme &&
    episode.restricted === report.sharingRefused &&
    !episode.closed;

const opened = (
  message: HomeCareObservation,
  episodes: readonly KnownEpisode[],
  notes: readonly ObservationNote[],
): ObservationReading => {
  const measured = measuredIn(message);
  const { messageId, receiver, report } = message;
  const patient = patientOf(message.patient);
  const beside = episodes.find((one) => isFor(message)({ ...one, restricted: report.sharingRefused }));
  return ordered(
    "observation.open",
    {
      messageId,
      patient: patient.value,
      practice: receiver.gln,
      scheme: { id: homeCareScheme.scheme },
      ...withAttachments(measured),
      restricted: report.sharingRefused,
      ...(beside === undefined ? {} : { relatesTo: [beside.caseId] }),
    },
    [...notes, ...measured.notes, ...patient.notes, ...when(report.sharingRefused, "sharing-refused-apart")],
  );
};

/** Another measurement of the episode that is open between the same two, or the first of a new one. */
const told = (
  message: HomeCareObservation,
  episodes: readonly KnownEpisode[],
  notes: readonly ObservationNote[] = [],
): ObservationReading => {
  const episode = episodes.find(isFor(message));
  if (episode === undefined) return opened(message, episodes, notes);
  const measured = measuredIn(message);
  const payload = { caseId: episode.caseId, ...withAttachments(measured) };
  return ordered("observation.measure", payload, [...notes, ...measured.notes]);
};

interface About {
  readonly episode: KnownEpisode;
  readonly no: number;
}

/** The messages that this one follows: the one that it names itself first, then the others from the latest back. */
const followedBy = ({ history }: HomeCareObservation): string[] => {
  const named = history
    .toReversed()
    .flatMap(({ earlier }) => (earlier?.kind === "message" ? [earlier.messageId] : []));
  const steps = history.slice(0, -1).toReversed();
  return [...new Set([...named, ...steps.map((step) => step.messageId)])];
};

/** What stands instead of a measurement by now. */
const standing = (episode: KnownEpisode, no: number): number => {
  const next = episode.measurements.find(({ replaces }) => replaces === no);
  return next === undefined ? no : standing(episode, next.no);
};

/** The measurement that a message changes or takes back: by the history, among those that its sender has told. */
const aboutOf = (message: HomeCareObservation, episodes: readonly KnownEpisode[]): About | undefined => {
  const own = episodes.filter(({ team }) => team === message.sender.gln);
  for (const id of followedBy(message))
    for (const episode of own) {
      const found = episode.measurements.find(({ messageId }) => messageId === id);
      if (found !== undefined) return { episode, no: standing(episode, found.no) };
    }
  return undefined;
};

const modified = (message: HomeCareObservation, episodes: readonly KnownEpisode[]): ObservationReading => {
  const about = aboutOf(message, episodes);
  if (about === undefined) return told(message, episodes, ["earlier-unknown"]);
  const { episode, no } = about;
  // What is refused to be shared now may not stand where others could see it.
  if (message.report.sharingRefused && !episode.restricted) return opened(message, episodes, []);
  const measured = measuredIn(message);
  const replaces = { measurement: no, reason: "Rettet af afsenderen." };
  const payload = { caseId: episode.caseId, ...withAttachments(measured), replaces };
  return ordered("observation.measure", payload, measured.notes);
};

const unknown: ToldProblem = {
  path: "Bundle.entry.resource.ofType(Provenance).entity.what",
  severity: "error",
  code: "earlier-unknown",
  acknowledgement: hl7("MSG_NO_MATCH"),
  text: {
    da: "Meddelelsen trækker en meddelelse tilbage, som ikke kendes her. Intet er ændret.",
    en: "The message takes back one that is not known here. Nothing was changed.",
  },
};

const retracted = (message: HomeCareObservation, episodes: readonly KnownEpisode[]): ObservationReading => {
  const about = aboutOf(message, episodes);
  if (about === undefined) return { ok: false, problems: [unknown] };
  const payload = {
    caseId: about.episode.caseId,
    measurement: about.no,
    reason: "Trukket tilbage af afsenderen.",
  };
  return ordered("observation.retract", payload, []);
};

/**
 * A HomeCareObservation as the one command of an episode that it is: its first measurement, another, one that stands instead of an
 * earlier, or the taking back of one. Media are kept before, and `message` names them by their digests.
 */
export const readObservation = (
  message: HomeCareObservation,
  { commandId, cases }: Reading,
): ObservationReading => {
  const episodes = episodesIn(cases, commandId);
  const activity = message.history.at(-1)?.activity;
  if (activity === "retract-message") return retracted(message, episodes);
  return activity === "modified-message" ? modified(message, episodes) : told(message, episodes);
};
