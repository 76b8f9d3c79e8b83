import { plainUuid } from "../../contracts/derived-ids.ts";
import type { Letter } from "../../contracts/letter.ts";

type Digest = (text: string) => string;

const patientIdOf = ({ patient }: Letter): string => patient.cpr ?? patient.alternativeId ?? "";

/**
 * The thread of an episode of care between two parties about one patient: a letter that bears another patient's episode by
 * mistake must not end up in that patient's case. Hashed: the key of an index tells nobody's number.
 */
export const episodeKey = (letter: Letter, digest: Digest): string | undefined =>
  letter.episodeOfCareId === undefined
    ? undefined
    : digest(
        [
          "episode",
          plainUuid(letter.episodeOfCareId),
          patientIdOf(letter),
          ...[letter.sender.gln, letter.receiver.gln].toSorted(),
        ].join("|"),
      );

/** The thread in which `from` owes `to` a letter about this patient. */
export const turnKey = (letter: Letter, { from, to }: { from: string; to: string }, digest: Digest): string =>
  digest(["turn", from, to, patientIdOf(letter)].join("|"));
