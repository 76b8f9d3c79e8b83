/** Made-up data that is nowhere else: wherever one of these turns up, it leaked out of a message. */
export const markers = {
  cpr: "2407551234",
  surname: "Markørsen-Zq7",
  given: "Xylofonia-Wk3",
  text: "zebrakliniktekst-Pv9",
  subject: "giraffemne-Jh5",
} as const;

const spellings = Object.values(markers).flatMap((marker) => [
  marker,
  encodeURIComponent(marker),
  Buffer.from(marker, "utf8").toString("latin1"),
  Buffer.from(marker).toString("base64").replace(/=+$/, ""),
  JSON.stringify(marker).slice(1, -1),
]);
const cprForms = ["-", " "].map((between) => `${markers.cpr.slice(0, 6)}${between}${markers.cpr.slice(6)}`);

/** The markers that a text holds, in any of the ways in which they could be spelled. */
export const markersIn = (text: string): string[] =>
  [...new Set([...spellings, ...cprForms])].filter((spelling) => text.includes(spelling));
