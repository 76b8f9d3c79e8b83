import type { StoredObject } from "../../../contracts/letter.ts";

/** An object that a letter named and that no attachment letter has been joined for yet. */
export type Awaited = { sender: string; objectId: string; caseId: string };
/** An object that an attachment letter brought. */
export type ArrivedObject = { caseId: string; object: StoredObject };
export type Join = { caseId: string; attachmentCaseId: string; sender: string; objects: StoredObject[] };

/** `<sender GLN>|<object id>|<case id>`, as the read model keeps it. */
export const awaitedFrom = (field: string): Awaited | undefined => {
  // An object identifier is the sender's text: with a bar of its own in it, the field names no object that can arrive.
  const [sender, objectId, caseId, more] = field.split("|");
  return sender === undefined || objectId === undefined || caseId === undefined || more !== undefined
    ? undefined
    : { sender, objectId, caseId };
};

const byObjectId = (a: StoredObject, b: StoredObject): number => (a.objectId < b.objectId ? -1 : 1);

/**
 * Letters and attachment letters that have found one another, whichever came first. Objects of one attachment letter that
 * one case waits for are joined in one command, in the order of their identifiers: an index lists them in any.
 */
export const joinsOf = (
  awaited: readonly Awaited[],
  arrived: (a: Awaited) => ArrivedObject | undefined,
): Join[] => {
  const joins = new Map<string, Join>();
  for (const wanted of awaited) {
    const found = arrived(wanted);
    if (found === undefined) continue;
    const { caseId, sender } = wanted;
    const key = [caseId, found.caseId, sender].join("|");
    const join = joins.get(key) ?? { caseId, attachmentCaseId: found.caseId, sender, objects: [] };
    joins.set(key, { ...join, objects: [...join.objects, found.object] });
  }
  return [...joins.values()].map((join) => ({ ...join, objects: join.objects.toSorted(byObjectId) }));
};

/** The id of the command that joins: the same objects again are the same command. Digested, since an id has 200 characters. */
export const joinIdOf = ({ attachmentCaseId, objects }: Join, digest: (text: string) => string): string =>
  `join:${attachmentCaseId}:${digest(objects.map(({ objectId }) => objectId).join("+"))}`;
