import { fitsItsCode, IdentifierCode } from "../../../contracts/identifiers.ts";
import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { Party } from "../../../contracts/party.ts";
import type { Fields } from "../../tables/element-table.ts";
import type { Loss, Printed } from "../../tables/losses.ts";
import { below, type Place, warn } from "../../tables/place.ts";
import { type EnvelopeToPrint, printEmessage } from "./print-emessage.ts";
import { printShape, readShape } from "./shape.ts";
import { splitTexts } from "./split-text.ts";
import { type ClinicalVersion, clinicalVersionOf, clinicalVersions } from "./spoken-types.ts";

const types = new Set<unknown>(clinicalVersions.map(({ type }) => type));

/** What a table read without problems and a shape named is what the contract says: the property tests hold it to that. */
const isClinicalLetter = (value: Readonly<Record<string, unknown>>): value is ClinicalLetter =>
  types.has(value["type"]);

/** Identifiers that do not look like what their code says; real messages have them, so they only warn. */
const warnOfIdentifiers = (letter: ClinicalLetter, place: Place): void => {
  for (const [name, party] of [
    ["Sender", letter.sender],
    ["Receiver", letter.receiver],
  ] as const)
    if (!fitsItsCode(party.identifier.code, party.identifier.value))
      warn(below(place, `${name}/Identifier`), "identifier-form");
};

/** The fields of a letter, read without problems, by the shape of its version. Warnings go to the place. */
export const clinicalLetterOf = (
  { type, version, shape }: ClinicalVersion,
  fields: Fields,
  place: Place,
): ClinicalLetter => {
  const letter: Record<string, unknown> = { type, version, ...readShape(shape, fields) };
  // A type that has no shape of its own cannot come here; the reader is total all the same.
  if (!isClinicalLetter(letter)) throw new Error(`No typed letter for ${type}.`);
  warnOfIdentifiers(letter, place);
  return letter;
};

/** `amt` was given up with the counties; where a version lacks it the location number says who it is. */
const withoutCounty = (party: Party, path: string, losses: Loss[]): Party => {
  if (party.identifier.code !== IdentifierCode.enum.amt) return party;
  losses.push({ code: "identity-replaced", path: `${path}/Identifier` });
  return { ...party, identifier: { code: "lokationsnummer", value: party.gln } };
};

const hasCounty = new Set(["XH0131R", "XH0231R"]);

/** How many blocks of text a version has room for; municipalities' letters have one, which holds any length. */
const blocksOf = ({ version, type }: ClinicalLetter): number => {
  if (type === "XDIS15" || type === "XDIS22") return 1;
  return version === "XD0134L" || version === "XD0234L" || version === "XD0334L" ? 9 : 10;
};

const inBlocks = (letter: ClinicalLetter, root: string, losses: Loss[]): ClinicalLetter =>
  "texts" in letter
    ? {
        ...letter,
        texts: splitTexts(letter.texts, blocksOf(letter), {
          textOf: ({ text }) => text,
          withText: (block, text) => ({ ...block, text }),
          onSplit: () => {
            losses.push({ code: "text-split", path: `${root}/ClinicalInformation` });
          },
        }),
      }
    : letter;

/** A letter of a family in an Emessage of its own, in the version that it names. */
export const printClinicalLetter = (letter: ClinicalLetter, envelope: EnvelopeToPrint): Printed => {
  const version = clinicalVersionOf(letter);
  if (version === undefined) throw new Error(`No table for ${letter.type} ${letter.version}.`);
  const replaced: Loss[] = [];
  const { root } = version;
  const parties = hasCounty.has(letter.version)
    ? {}
    : {
        sender: withoutCounty(letter.sender, `${root}/Sender`, replaced),
        receiver: withoutCounty(letter.receiver, `${root}/Receiver`, replaced),
      };
  const fields = printShape(version.shape, { ...inBlocks(letter, root, replaced), ...parties });
  const { bytes, losses } = printEmessage(version, fields, envelope);
  return { bytes, losses: [...replaced, ...losses] };
};
