import { basename } from "node:path";
import { errorCodes } from "../../contracts/errors.ts";
import type { Problem } from "../../contracts/problem.ts";
import { conversion, printing } from "./compose.ts";

/** Something to tell of a document, in both languages: why it is refused, or what is worth a look. */
export interface Told {
  readonly document: string;
  readonly code: string;
  readonly path: string;
  readonly da: string;
  readonly en: string;
}

/** What does not come along from the document that it names. */
export type DocumentLoss = conversion.ToldLoss & { readonly document: string };

/** A document that was made. `type`: what it is, `number`: what it is called by its own standard. */
export interface MadeDocument {
  readonly from: string;
  readonly type: string;
  readonly number: string;
  readonly extension: "xml" | "json";
  readonly bytes: Uint8Array;
}

/** What a conversion came to: everything that is refused at once, or every document. */
export interface Outcome {
  readonly documents: readonly MadeDocument[];
  readonly losses: readonly DocumentLoss[];
  readonly problems: readonly Told[];
  readonly warnings: readonly Told[];
}

export const nothing: Outcome = { documents: [], losses: [], problems: [], warnings: [] };

export const together = (outcomes: readonly Outcome[]): Outcome => ({
  documents: outcomes.flatMap(({ documents }) => documents),
  losses: outcomes.flatMap(({ losses }) => losses),
  problems: outcomes.flatMap(({ problems }) => problems),
  warnings: outcomes.flatMap(({ warnings }) => warnings),
});

/** A problem of a letter. */
export const toldOf =
  (document: string) =>
  ({ path, code, message }: Problem): Told => ({
    ...{ document, path, code },
    da: printing.danishTextOf(code) ?? message,
    en: message,
  });

type Ruled = {
  readonly path: string;
  readonly code: string;
  readonly text: { readonly da: string; readonly en: string };
};
export const toldOfRule =
  (document: string) =>
  ({ path, code, text: { da, en } }: Ruled): Told => ({ document, path, code, da, en });

export const toldOfError = (document: string, code: keyof typeof errorCodes): Told => ({
  document,
  path: "",
  code,
  da: errorCodes[code].da,
  en: errorCodes[code].en,
});

export const refusedFor = (document: string, problems: readonly conversion.Unconvertible[]): Outcome => ({
  ...nothing,
  problems: problems.map((problem) => ({ document, ...problem })),
});

/** The receipt of an envelope is between those who carry envelopes, and tells of no message in another standard. */
export const envelopeReceipt = (document: string, standard: "FHIR" | "OIOXML"): Outcome =>
  refusedFor(document, [
    conversion.noCounterpart(
      standard === "FHIR" ? "VANSEnvelope/Receipt" : "ReceiptAcknowledgement",
      standard,
    ),
  ]);

export const lostFrom =
  (document: string) =>
  (loss: conversion.ToldLoss): DocumentLoss => ({ document, ...loss });

const safe = (text: string): string => text.replaceAll(/[^\w.-]/g, "_");

/** A name for each document in a folder: no two take one another's place. */
export const fileNames = (documents: readonly MadeDocument[]): string[] => {
  const taken = new Set<string>();
  return documents.map(({ type, number, extension }) => {
    const wanted = basename(`${safe(type)}-${safe(number)}`);
    let own = wanted;
    for (let n = 2; taken.has(own); n++) own = `${wanted}-${String(n)}`;
    taken.add(own);
    return `${own}.${extension}`;
  });
};
