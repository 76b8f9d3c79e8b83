/** A coordinate as SVG writes it: at most one decimal, always a point. */
export const num = (value: number): string => String(Math.round(value * 10) / 10);

/** A label that is too long for its place is cut; the table beside has all of it. */
export const cut = (text: string, most: number): string => {
  const letters = Array.from(text);
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
};
