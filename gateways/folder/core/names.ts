/** The folders of one organisation that its system sees. */
export const folderNames = ["in", "out", "receipts", "refused"] as const;
export type FolderName = (typeof folderNames)[number];

/** What is ours, beside them: partners' programs pass over names that begin with a dot. */
export const workName = ".work";

/** An organisation's folder is named by its GLN and nothing else. */
export const isGlnName = (name: string): boolean => /^\d{13}$/.test(name);

const lockSuffix = ".lock";
/** Names that say "not finished": the conventions of SFTP clients, browsers and copying scripts. */
const unfinished = /\.(tmp|part|filepart|lock)$/i;
/** What Windows and office programs leave behind in a shared folder. */
const litter = /^(~\$.*|thumbs\.db|desktop\.ini)$/i;

/**
 * Whether a file of `in` is none of ours yet, by its name alone: it begins with a dot, ends with `.tmp`, `.part`, `.filepart`
 * or `.lock`, or a `NAME.lock` stands beside it. A name that is not UTF-8 is taken like any other.
 */
export const isLeftAlone = (name: string | undefined, beside: ReadonlySet<string>): boolean =>
  name !== undefined &&
  (name.startsWith(".") || unfinished.test(name) || litter.test(name) || beside.has(name + lockSuffix));

const extension = /\.[A-Za-z0-9]{1,8}$/;
/** What no file system of a partner takes in a name, control characters included. */
const forbidden = /[\\/:*?"<>|\p{Cc}\p{Cs}]/gu;
/** With the digest and the longest ending a name stays below the 255 bytes of every file system. */
const maxStemBytes = 180;

const cut = (text: string): string => {
  let bytes = 0;
  let kept = "";
  for (const char of text) {
    bytes += new TextEncoder().encode(char).length;
    if (bytes > maxStemBytes) return kept;
    kept += char;
  }
  return kept;
};

/** The sender's own name for a file, as far as a name of ours may hold it. */
const stemOf = (name: string | undefined): string => {
  const plain = (name ?? "").replace(extension, "").replace(forbidden, "_");
  const stem = cut(plain)
    .replace(/^[. ]+/, "")
    .replace(/[. ]+$/, "");
  return stem === "" ? "document" : stem;
};

/** Enough of a digest to tell apart what one sender ever calls by the same name. */
const mark = (digest: string): string => digest.slice(0, 12);

const endingOf = (mediaType: string): string => (mediaType.includes("json") ? "json" : "xml");

/** Made of the file's name and content alone, so the same file again has the same receipt, in the same place. */
export const receiptName = (name: string | undefined, digest: string, mediaType: string): string =>
  `${stemOf(name)}-${mark(digest)}.receipt.${endingOf(mediaType)}`;
/** The receipt of the VANSEnvelope that a document came in, beside that of the document. */
export const envelopeReceiptName = (name: string | undefined, digest: string, mediaType: string): string =>
  `${stemOf(name)}-${mark(digest)}.envelope.receipt.${endingOf(mediaType)}`;

export const refusedName = (name: string | undefined, digest: string): string =>
  `${stemOf(name)}-${mark(digest)}${extension.exec(name ?? "")?.[0] ?? ""}`;

const problemsSuffix = ".problems.txt";
export const problemsName = (refused: string): string => refused + problemsSuffix;
/** The refused document that a result tells of; `undefined`: it is a receipt. */
export const refusedOf = (result: string): string | undefined =>
  result.endsWith(problemsSuffix) ? result.slice(0, -problemsSuffix.length) : undefined;

/** Ids and a type alone: a name in `out` tells nothing of a patient. */
export const deliveryName = (deliveryId: string, documentType: string, mediaType: string): string =>
  `${deliveryId}.${documentType.replace(/[^A-Za-z0-9-]/g, "_")}.${endingOf(mediaType)}`;
export const deliveryOf = (name: string): string | undefined =>
  /^([0-9a-f-]{36}\.\d+\.\d+)\.[A-Za-z0-9_-]+\.(xml|json)$/.exec(name)?.[1];
