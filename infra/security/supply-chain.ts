/** What comes from others: which licences are taken, and which packages may run something when they are installed. */

/** Of what is shipped. Each lets it be used and passed on with its notice; none asks for our own source. */
export const licences: ReadonlySet<string> = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  // argparse: Python's licence, which is as free.
  "PSF-2.0",
  // date-holidays: its data ask to be named, which the notices do.
  "(ISC AND CC-BY-3.0)",
  // Given to the public.
  "Unlicense",
]);

/**
 * Packages that would run a script at their installation. None does: `ignore-scripts` in .npmrc. `reason`: why the package does
 * without.
 */
export const installScripts: Readonly<Record<string, { reason: string }>> = {
  esbuild: {
    reason:
      "Puts its program in the place of a small script, to begin faster. The program itself comes as a package for the machine, which is all that tsx asks for.",
  },
};
