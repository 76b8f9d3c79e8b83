/** A record of one version as the next one has it. Never loses anything: what the next has no place for stays where it was. */
export type Upcast = (record: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The version that records are written in. */
export const recordVersion = 1;

/**
 * What makes a record of version n one of version n + 1, from the first on: one for each version before `recordVersion`. Records are never
 * rewritten: an old one is read through all that came since, for ever (infra/operations/UPGRADE.md).
 */
const upcasts: readonly Upcast[] = [];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** A record of any version as the newest has it. What is no record, or is of a version that is not known yet, comes back as it is. */
export const upcastRecord = (
  value: unknown,
  { steps, current }: { steps: readonly Upcast[]; current: number } = {
    steps: upcasts,
    current: recordVersion,
  },
): unknown => {
  if (!isObject(value)) return value;
  const { version } = value;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1 || version >= current)
    return value;
  const later = steps.slice(version - 1);
  return later.reduce((record, step) => step(record), value);
};
