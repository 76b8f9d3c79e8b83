import { addText } from "./build-tree.ts";
import { endOfName, startsName } from "./names.ts";
import { cut, malformed, type Scan, stopAt } from "./scan.ts";

const question = 0x3f;
const greater = 0x3e;
const blanks = new Set([0x20, 0x0a, 0x09, 0x0d]);

const commentOpening = "<!--";
const cdataOpening = "<![CDATA[";
const doctypeOpening = "<!DOCTYPE";

/** XML 1.0, productions 23 to 32. The version is told and changes nothing: documents are read by the rules of 1.0. */
const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>$/;

/** Two hyphens are the end of a comment or a fault. */
const readComment = (scan: Scan, tag: number): number => {
  const { text } = scan;
  const hyphens = text.indexOf("--", tag + commentOpening.length);
  if (hyphens === -1 || hyphens + 2 >= text.length) return cut;
  return text.charCodeAt(hyphens + 2) === greater ? hyphens + 3 : malformed(scan, hyphens + 3);
};

const readCdata = (scan: Scan, tag: number): number => {
  const { text, building } = scan;
  const from = tag + cdataOpening.length;
  if (building.open === undefined) return malformed(scan, from);
  const end = text.indexOf("]]>", from);
  if (end === -1) return cut;
  scan.at = end + 3;
  addText(building, building.open, text.slice(from, end));
  return end + 3;
};

/** What begins with `<!`. Of a DOCTYPE nothing more is read. */
export const readExclamation = (scan: Scan, tag: number): number => {
  const { text, building } = scan;
  if (text.startsWith(commentOpening, tag)) return readComment(scan, tag);
  if (text.startsWith(cdataOpening, tag)) return readCdata(scan, tag);
  const end = tag + doctypeOpening.length;
  if (text.startsWith(doctypeOpening, tag))
    return building.root === undefined ? stopAt(scan, end, "xml-forbidden") : malformed(scan, end);
  const isBegun = [commentOpening, cdataOpening, doctypeOpening].some((one) =>
    one.startsWith(text.slice(tag)),
  );
  return text.length < end && isBegun ? cut : malformed(scan, end);
};

const readDeclaration = (scan: Scan, tag: number, targetEnd: number): number => {
  const { text } = scan;
  if (tag !== scan.start) return malformed(scan, targetEnd + 1);
  const end = text.indexOf("?>", targetEnd);
  if (end === -1) return cut;
  return declaration.test(text.slice(tag, end + 2)) ? end + 2 : malformed(scan, tag);
};

/** What begins with `<?`. Its target has no colon (Namespaces in XML, section 7). */
export const readInstruction = (scan: Scan, tag: number): number => {
  const { text } = scan;
  const from = tag + 2;
  if (from >= text.length) return cut;
  const targetEnd = endOfName(text, from);
  const target = text.slice(from, targetEnd);
  const colon = target.indexOf(":");
  if (!startsName(text, from)) return malformed(scan, from + 1);
  if (colon !== -1) return malformed(scan, from + colon + 1);
  if (targetEnd >= text.length) return cut;
  const sign = text.charCodeAt(targetEnd);
  if (sign !== question && !blanks.has(sign)) return malformed(scan, targetEnd + 1);
  if (target === "xml") return readDeclaration(scan, tag, targetEnd);
  const end = text.indexOf("?>", targetEnd);
  if (end === -1) return cut;
  return target.toLowerCase() === "xml" ? malformed(scan, end + 2) : end + 2;
};
