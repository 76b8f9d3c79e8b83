/**
 * Six digits, perhaps a hyphen or space, four digits: what a CPR number looks like. Digits that stand within a longer run of
 * digits or hex (a GLN, a UUID, a digest) are no CPR number and stay readable.
 */
const cprLike = /(?<![0-9a-f])\d{6}[- ]?\d{4}(?![0-9a-f])/gi;

/** The text with everything that looks like a CPR number replaced. */
export const maskCpr = (text: string): string => text.replace(cprLike, "[masked]");
