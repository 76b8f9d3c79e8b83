import { ScoreScheme } from "../score-scheme.ts";
import { news2 } from "./schemes/news2.ts";
import { tobs } from "./schemes/tobs.ts";

/**
 * The score schemes that the hub knows. A version that a measurement was scored by is never changed: a new one is added, and
 * the newest is used. Each is checked when it is read: a hole between two bands would be a patient without points.
 */
export const scoreSchemes: readonly ScoreScheme[] = [tobs, news2].map((scheme) => ScoreScheme.parse(scheme));

/** A scheme by its id, in a version or else the newest. */
export const schemeOf = (
  schemes: readonly ScoreScheme[],
  wanted: { id: string; version?: number | undefined },
): ScoreScheme | undefined =>
  schemes
    .filter(
      ({ id, version }) => id === wanted.id && (wanted.version === undefined || version === wanted.version),
    )
    .toSorted((a, b) => b.version - a.version)[0];
