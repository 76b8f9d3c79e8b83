export type Language = "da" | "en";
/** The same texts in both languages: a text that lacks one does not compile. */
export type Both<T> = Readonly<Record<Language, T>>;
