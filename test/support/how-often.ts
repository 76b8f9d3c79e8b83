/**
 * How often chance is tried: as often as the environment variable says; else `long` in a run with `SEKTORBRO_TEST_LONG=yes`,
 * and `short` in every other, where the time of all tests together counts.
 */
export const howOften = (variable: string, often: { short: number; long: number }): number => {
  const given = process.env[variable];
  if (given !== undefined) return Number(given);
  return process.env["SEKTORBRO_TEST_LONG"] === "yes" ? often.long : often.short;
};
