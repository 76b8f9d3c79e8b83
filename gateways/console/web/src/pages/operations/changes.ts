/** What was changed of the agreements, from the answers that tell it. */
import type { AgreementsInForce, AgreementVersions } from "../../../../../../contracts/messages/agreement.ts";

export type Change =
  | { at: string; what: "set"; id: string; version: number; file: string }
  | { at: string; what: "version"; id: string; version: number; by: string; from: string };

/** Newest first: the sets that were read, and the versions that somebody put in force. */
export const changesOf = (
  { sets }: Pick<AgreementsInForce, "sets">,
  histories: readonly Pick<AgreementVersions, "versions">[],
): Change[] => {
  const read = sets.map(
    ({ id, version, file, readAt }): Change => ({ at: readAt, what: "set", id, version, file }),
  );
  const put = histories.flatMap(({ versions }) =>
    versions.flatMap(({ agreement, set, changedBy, changedAt }): Change[] =>
      set === "operator"
        ? [
            {
              at: changedAt,
              what: "version",
              id: agreement.id,
              version: agreement.version,
              by: changedBy,
              from: agreement.validFrom,
            },
          ]
        : [],
    ),
  );
  return [...read, ...put].sort((a, b) => b.at.localeCompare(a.at));
};
