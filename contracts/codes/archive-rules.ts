/** When a case leaves the journal for the archive. All of it is configuration. */
export type ArchiveRules = {
  /** So many days after its last record; 0: never. */
  afterDays: number;
  /** So long what was put in the archive stays in the journal too. Longer than any write takes, with all its tries. */
  graceSeconds: number;
  /** The most cases in one file. */
  shelfCases: number;
};

/**
 * A default, and no rule: a hub that carries messages is not the record of anybody, and keeps them in the archive after this for
 * as long as the file is kept (doctors keep their own for ten years after the last entry, autorisationsloven section 25). More
 * than a year, so that a yearly check-up still finds the case of the last one in the journal.
 */
export const defaultArchiveRules: ArchiveRules = { afterDays: 400, graceSeconds: 3_600, shelfCases: 5_000 };
