import fc from "fast-check";
import type { Letter, StoredObject } from "../../contracts/letter.ts";
import { letter as anyLetter } from "./oioxml-arbitraries.ts";

export const digest = (fill: string): string => `sha256-${fill.repeat(64).slice(0, 64)}`;

const glns = fc.constantFrom("5790000200016", "5790000300013", "5790000100019");
/** Replacement numbers as they are given out, by the country and by a region. */
const replacement = fc.constantFrom("0101651AB1", "3112997ZX0", "0101655AB1", "0101650AB9");
const hex = fc.uuid().map((id) => id.replaceAll("-", ""));

/** Any letter between organisations that can be written to, and the objects that it names, as far as they came. */
export const lettersWithObjects = fc
  .tuple(
    anyLetter,
    glns,
    glns,
    replacement,
    fc.array(fc.tuple(hex, fc.boolean()), { minLength: 3, maxLength: 3 }),
  )
  .map(([letter, from, to, number, ids]) => {
    const references = letter.references.map((reference, at) => {
      const [objectId = "", whole = false] = ids[at] ?? [];
      return reference.target.kind === "bin"
        ? { reference: { ...reference, target: { ...reference.target, objectId } }, whole }
        : { reference, whole: false };
    });
    const objects = references.flatMap(({ reference: { target }, whole }): StoredObject[] => {
      if (target.kind !== "bin" || !whole) return [];
      const { kind: _, ...object } = target;
      return [{ ...object, digest: digest("a") }];
    });
    const named = (party: Letter["sender"], gln: string) => ({ ...party, gln });
    return {
      letter: {
        ...letter,
        patient: {
          ...letter.patient,
          ...(letter.patient.cpr === undefined ? { alternativeId: number } : {}),
        },
        sender: named(letter.sender, from),
        receiver: named(letter.receiver, to),
        references: references.map(({ reference }) => reference),
      },
      objects,
    };
  });
