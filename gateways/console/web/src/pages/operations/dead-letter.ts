/** What can be done about a dead letter, and how a corrected document is written. */
import type {
  DeadLetter,
  DeadLetterItem,
  SendAgainBody,
} from "../../../../../../contracts/messages/dead-letters.ts";

const delivery = /^[0-9a-f-]{36}\.\d+\.\d+$/;

/** A delivery is named for its case and record; what came in for its place in INTAKE. */
const wentOut = ({ id }: Pick<DeadLetterItem, "id">): boolean => delivery.test(id);

export type Doing = "readdress" | "correct" | "again" | "close";

/** What is worth trying, the likeliest first. A document whose bytes could be mended is corrected; one that went out is sent elsewhere. */
export const doingsFor = (letter: Pick<DeadLetter, "id" | "state" | "kind" | "original">): Doing[] => {
  if (letter.state === "closed" || letter.state === "arrived") return [];
  if (wentOut(letter))
    return letter.kind === "unconfirmed" ? ["again", "readdress", "close"] : ["readdress", "again", "close"];
  if (letter.original === undefined) return ["close"];
  return letter.kind === "failed" ? ["again", "correct", "close"] : ["correct", "again", "close"];
};

const encoding = /^(<\?xml[^>]*\bencoding=)(["'])[^"']*\2/;

/** What was typed is sent as UTF-8, and says so. */
export const asUtf8 = (text: string): string => text.replace(encoding, "$1$2UTF-8$2");

/** In the character set that its XML declaration names: MedCom's letters are mostly ISO-8859-1. */
export const decoded = (bytes: Uint8Array): string => {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const isLatin = /^<\?xml[^>]*encoding=["'](iso-8859-1|windows-1252)["']/i.test(head);
  return new TextDecoder(isLatin ? "latin1" : "utf-8").decode(bytes);
};

/** Read as UTF-8 some of its letters were lost: it is not to be mended in a text field. */
export const isWholeText = (text: string): boolean => !text.includes("\uFFFD");

export const mediaTypeOf = (standard: string, text: string): string => {
  if (standard !== "fhir") return "application/xml";
  return text.trimStart().startsWith("{") ? "application/fhir+json" : "application/fhir+xml";
};

type Typed = { gln: string; standard: string; transport: string; reason: string };
const isOf = <T extends string>(all: readonly T[], text: string): text is T =>
  all.some((one) => one === text);

/** The fields of the form as the hub takes them; what was left empty is left out. */
export const sendAgainBodyOf = (typed: Typed): SendAgainBodyInput => {
  const { standard, transport } = typed;
  const to =
    typed.gln.trim() === ""
      ? undefined
      : {
          gln: typed.gln.trim(),
          ...(isOf(["oioxml", "fhir", "json"], standard) ? { standard } : {}),
          ...(isOf(["inbox", "folder", "webhook", "nats"], transport) ? { transport } : {}),
        };
  const reason = typed.reason.trim();
  return { ...(to === undefined ? {} : { to }), ...(reason === "" ? {} : { reason }) };
};
type SendAgainBodyInput = ReturnType<(typeof SendAgainBody)["parse"]>;
