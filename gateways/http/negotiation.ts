export type Language = "da" | "en";

type Range = { name: string; quality: number };

/** The ranges of an `accept` or `accept-language` header (RFC 9110, section 12.5): name in lower case, quality 0 to 1. */
const rangesOf = (header: string): Range[] =>
  header.split(",").map((item) => {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    return { name, quality: Number.isFinite(quality) ? quality : 0 };
  });

/** How much a media type is wanted: the most specific range that covers it decides. */
const wanted = (ranges: readonly Range[], mediaType: string): number => {
  const group = `${mediaType.split("/")[0] ?? ""}/*`;
  const range = [mediaType, group, "*/*"].flatMap((name) => ranges.filter((r) => r.name === name)).at(0);
  return range?.quality ?? 0;
};

const prefers = (accept: string | undefined, mediaType: string, otherwise: string): boolean => {
  if (accept === undefined || accept === "*/*") return false;
  const ranges = rangesOf(accept);
  const plain = (otherwise.split(";")[0] ?? "").trim().toLowerCase();
  return wanted(ranges, mediaType) > wanted(ranges, plain);
};

/** Whether a caller wants JSON more than `otherwise`. A caller that does not say, or says all, wants the standard's own. */
export const prefersJson = (accept: string | undefined, otherwise: string): boolean =>
  prefers(accept, "application/json", otherwise);

/** Whether a caller wants plain text, for people, more than `otherwise`. */
export const prefersText = (accept: string | undefined, otherwise: string): boolean =>
  prefers(accept, "text/plain", otherwise);

/** Whether a caller wants a page for people more than `otherwise`, as every browser does. */
export const prefersPage = (accept: string | undefined, otherwise: string): boolean =>
  prefers(accept, "text/html", otherwise);

/** Whether a caller wants a table for a spreadsheet more than JSON. */
export const prefersCsv = (accept: string | undefined): boolean =>
  prefers(accept, "text/csv", "application/json");

/** Danish unless another language is asked for and Danish is wanted less; then English. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  if (acceptLanguage === undefined) return "da";
  const ranges = rangesOf(acceptLanguage);
  const wish = (language: string): number =>
    Math.max(0, ...ranges.filter((r) => r.name.split("-")[0] === language).map((r) => r.quality));
  const any = ranges.find((r) => r.name === "*")?.quality ?? 0;
  return Math.max(wish("da"), any) >= Math.max(wish("en"), any) && Math.max(wish("da"), any) > 0
    ? "da"
    : "en";
};
