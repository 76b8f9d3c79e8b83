/** Leaves in which two JSON values differ: `payloads.0.text`; of arrays of different lengths, and of what one lacks, the whole. */
export const leavesThatDiffer = (a: unknown, b: unknown, path = ""): string[] => {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const isBranch = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (!isBranch(a) || !isBranch(b)) return [path];
  if (Array.isArray(a) !== Array.isArray(b)) return [path];
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return [path];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].flatMap((name) =>
    leavesThatDiffer(a[name], b[name], path === "" ? name : `${path}.${name}`),
  );
};

/** Whether a loss touches a place: its paths have `*` for any index, and reach everything below. */
export const touches = (paths: readonly string[], place: string): boolean => {
  const steps = place.split(".");
  return paths.some((path) => {
    const wanted = path.split(".");
    return wanted.length <= steps.length && wanted.every((step, at) => step === "*" || step === steps[at]);
  });
};
