import type { CareCommunication, CarePayload, CareText } from "../../../contracts/fhir/care-communication.ts";

const millisecondsOf = ({ at }: CarePayload): number => Date.parse(at) || 0;

const glnOf = ({ assigner }: CarePayload): string | undefined => assigner?.gln;

/**
 * The payloads of a thread as people are to read it: by their times, and of one time those of whoever began the thread first
 * (guide to MedCom FHIR, section 5).
 */
export const timelineOf = ({
  payloads,
  history,
}: Pick<CareCommunication, "payloads" | "history">): CarePayload[] => {
  const initiator = history[0]?.by.gln;
  const later = (payload: CarePayload): number => (glnOf(payload) === initiator ? 0 : 1);
  return payloads.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b) || later(a) - later(b));
};

/** Ids of the payloads that this message brought to the thread. */
const broughtBy = ({ history }: Pick<CareCommunication, "history">): ReadonlySet<string> =>
  new Set(history.at(-1)?.added);

const isText = (payload: CarePayload): payload is CareText => payload.kind === "text";

/**
 * The texts that are new, in their order, and those that were written before, the latest first. Where the history names none of
 * the texts, which published examples do (guide, section 13), the latest is the new one.
 */
export const textsOf = (
  message: Pick<CareCommunication, "payloads" | "history">,
): { readonly fresh: readonly CareText[]; readonly earlier: readonly CareText[] } => {
  const texts = timelineOf(message).filter(isText);
  const brought = broughtBy(message);
  const named = texts.filter(({ id }) => brought.has(id));
  const fresh = named.length > 0 ? named : texts.slice(-1);
  return { fresh, earlier: texts.filter((text) => !fresh.includes(text)).toReversed() };
};
