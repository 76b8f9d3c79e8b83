/** Every value at the end of a path of something made of objects and lists, with that path: `patient.telephones.0.number`. */
export const leavesOf = (value: unknown, path = ""): { path: string; value: unknown }[] => {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === "" ? key : `${path}.${key}`),
  );
};
