import type { DocumentOutcome } from "../../../contracts/messages/document.ts";
import { envelopeReceiptName, problemsName, receiptName, refusedName } from "./names.ts";
import { problemText, type Refusal } from "./problem-text.ts";

/** A file that is due to the sender: a receipt, or why a document was refused (its name tells which). */
export type Result = { name: string; bytes: Uint8Array };

/** `again`: nothing is decided, ask later. `done`: these results are due, and then the document leaves the working folder. */
export type Finish =
  | { kind: "again"; code: string }
  /** `intake`: the document that they answer; absent of one that nobody read. */
  | { kind: "done"; results: Result[]; intake?: string };

export type Named = { name: string | undefined; digest: string };

const problems = ({ name, digest }: Named, refusal: Refusal): Result => ({
  name: problemsName(refusedName(name, digest)),
  bytes: new TextEncoder().encode(problemText(refusal)),
});

type Answer = DocumentOutcome["answer"];

const receipt = (answer: Answer, nameOf: (mediaType: string) => string): Result[] =>
  answer === undefined
    ? []
    : [
        {
          name: nameOf(answer.mediaType),
          bytes: Uint8Array.from(atob(answer.base64), (char) => char.charCodeAt(0)),
        },
      ];

/** The receipts that are due: of the document, and of the envelope that it came in. */
const receipts = ({ name, digest }: Named, { answer, envelopeAnswer }: DocumentOutcome): Result[] => [
  ...receipt(answer, (mediaType) => receiptName(name, digest, mediaType)),
  ...receipt(envelopeAnswer, (mediaType) => envelopeReceiptName(name, digest, mediaType)),
];

/** What an outcome comes to in the sender's folders. A refusal is told twice: by the standard's receipt, and to people. */
export const finishOf = (file: Named, outcome: DocumentOutcome): Finish => {
  const { status, code, intake } = outcome;
  switch (status) {
    case "accepted":
    case "ignored":
      return { kind: "done", intake, results: receipts(file, outcome) };
    case "refused": {
      const refusal = { code: code ?? "document-invalid", problems: outcome.problems, intake };
      return { kind: "done", intake, results: [...receipts(file, outcome), problems(file, refusal)] };
    }
    case "failed":
      return { kind: "again", code: code ?? "internal-error" };
  }
};

/** A document that is refused before anybody reads it. */
export const refuseUnread = (file: Named, refusal: Omit<Refusal, "problems">): Finish => ({
  kind: "done",
  results: [problems(file, { ...refusal, problems: [] })],
});

export const unreadReasons = {
  empty: {
    code: "document-invalid",
    reason: { da: "Filen er tom.", en: "The file is empty." },
  },
  large: { code: "document-too-large" },
  notAFile: {
    code: "document-invalid",
    reason: {
      da: "Det er ikke en fil, men en henvisning til en. Læg selve filen her.",
      en: "This is no file but a link to one. Put the file itself here.",
    },
  },
  unknown: { code: "media-type-unknown" },
} as const satisfies Record<string, Omit<Refusal, "problems">>;
