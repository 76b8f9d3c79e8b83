import type { AgreementEntry, AgreementSet } from "../../../../contracts/agreement.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";

/** A set and the file that it came from. */
export type SetFile = { file: string; set: AgreementSet };

/** An agreement and where it stands: `path` within its file. */
export type Placed = { entry: AgreementEntry; file: string; path: string; set: AgreementSet };

/** What the check knows besides the files. `organisation` absent: no directory to ask, so GLNs are not looked up. */
export type CheckWorld = {
  organisation?: ((gln: string) => Organisation | undefined) | undefined;
  /** What is kept of earlier versions; a version that may be in use is never changed. */
  before?: readonly AgreementEntry[] | undefined;
  /** A Danish date. */
  today: string;
};

export const placedOf = (files: readonly SetFile[]): Placed[] =>
  files.flatMap(({ file, set }) =>
    set.agreements.map((entry, i) => ({ entry, file, path: `agreements.${String(i)}`, set })),
  );

/** Where a field of an agreement stands. */
export const at = ({ file, path }: Placed, field: string): { file: string; path: string } => ({
  file,
  path: `${path}.${field}`,
});
