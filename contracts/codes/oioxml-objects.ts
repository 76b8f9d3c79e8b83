import type { z } from "zod";
import type { ObjectCode } from "../letter.ts";

/**
 * What kind of thing a file is, by its extension, as MedCom's senders write it (guide to MedCom OIOXML, section 7, after
 * OS2korrespondance). A PDF is `vektor_grafik` there.
 */
export const objectCodeOfExtension: Readonly<Record<string, z.infer<typeof ObjectCode>>> = {
  pcx: "billede",
  tiff: "billede",
  jpeg: "billede",
  gif: "billede",
  bmp: "billede",
  png: "billede",
  dcm: "billede",
  mpg: "multimedie",
  wav: "multimedie",
  avi: "multimedie",
  mid: "multimedie",
  rmi: "multimedie",
  inh: "multimedie",
  bin: "multimedie",
  scp: "biosignaler",
  txt: "tekstfil",
  rtf: "tekstfil",
  doc: "tekstfil",
  xls: "tekstfil",
  wpd: "tekstfil",
  exe: "program",
  com: "program",
  pdf: "vektor_grafik",
  zip: "proprietaert_indhold",
  plo: "proprietaert_indhold",
  fnx: "proprietaert_indhold",
};
