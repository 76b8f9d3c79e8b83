/** What a document of a standard may be at most. Beyond it nothing is read on: what is refused costs no more than what is taken. */
export type DocumentLimits = {
  readonly maxBytes: number;
  /** Elements inside one another. */
  readonly maxDepth: number;
  /** Elements and attributes together. */
  readonly maxElements: number;
  /** Characters of all that is not an attachment: it becomes one record of the journal, which holds 8 MB. */
  readonly maxTextLength: number;
  /** In the whole document; MedCom's XBIN01 has ten places for them in each letter. */
  readonly maxAttachments: number;
  readonly maxAttachmentBytes: number;
};

/** 100 MB is what VANS allows for a whole message (MedCom governance for the network layer). The others are guesses of ours. */
export const defaultDocumentLimits: DocumentLimits = {
  maxBytes: 100 * 1024 ** 2,
  maxDepth: 64,
  maxElements: 200_000,
  maxTextLength: 1_500_000,
  maxAttachments: 100,
  maxAttachmentBytes: 100 * 1024 ** 2,
};
