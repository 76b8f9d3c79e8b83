// @ts-check

/** @param {string} text @returns {unknown} */
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** @param {unknown} value @param {string} name @returns {unknown} */
const field = (value, name) =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/**
 * What `npm audit --json` said. A registry that does not answer is no clean bill: it has an end of its own.
 * @param {string} printed
 * @returns {{ code: 0 | 1 | 2, text: string }}
 */
export const judgeAudit = (printed) => {
  const report = parsed(printed);
  const total = field(field(field(report, "metadata"), "vulnerabilities"), "total");
  if (typeof total !== "number") {
    const why = field(report, "message");
    const said = typeof why === "string" ? `: ${why.split(" - ")[0] ?? ""}` : "";
    return {
      code: 2,
      text: `Not known: the registry did not answer what holes it knows of${said}. Run "npm run audit" where it does (npm config get registry); until then nobody has looked.`,
    };
  }
  const holes = field(report, "vulnerabilities");
  const names = typeof holes === "object" && holes !== null ? Object.keys(holes).toSorted() : [];
  return total === 0
    ? { code: 0, text: "No known hole in what is shipped." }
    : {
        code: 1,
        text: `${String(total)} known holes in what is shipped: ${names.join(", ")}. "npm audit --omit=dev" tells more.`,
      };
};
