/** Where two JSON values differ, by name: `patient.surname`. Arrays are compared whole, so a place never has an index. */
export const differences = (a: unknown, b: unknown, path = ""): string[] => {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const named = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!named(a) || !named(b)) return [path];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const found = [...names].flatMap((name) =>
    differences(a[name], b[name], path === "" ? name : `${path}.${name}`),
  );
  // The same fields in another order differ in no place.
  return found;
};
