/** The word for a code of the hub; a code that a newer hub made up stands for itself. */
export const named = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;
