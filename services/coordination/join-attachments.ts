import { arrivedKey, attachmentsRevisionKey, awaitedKey } from "../../contracts/index-keys.ts";
import { StoredObject } from "../../contracts/letter.ts";
import { type ArrivedObject, type Awaited, awaitedFrom, type Join, joinIdOf, joinsOf } from "./core/join.ts";
import type { CoordinationPorts } from "./ports.ts";

const arrivedFrom = (member: string | undefined): ArrivedObject | undefined => {
  if (member === undefined) return undefined;
  const value: unknown = JSON.parse(member);
  if (typeof value !== "object" || value === null || !("caseId" in value) || !("object" in value))
    return undefined;
  return { caseId: String(value.caseId), object: StoredObject.parse(value.object) };
};

/** Whose case it is that waits: the family that joins. Advice was alone once, and says nothing. */
type Families = ReadonlyMap<string, string>;

const findJoins = async ({ index }: CoordinationPorts): Promise<{ joins: Join[]; families: Families }> => {
  const entries = Object.entries(await index.hgetall(awaitedKey));
  const awaited = entries.flatMap(([field]) => awaitedFrom(field) ?? []);
  const families = new Map(
    entries.flatMap(([field, family]) => {
      const caseId = awaitedFrom(field)?.caseId;
      return caseId === undefined || family === "" ? [] : [[caseId, family] as const];
    }),
  );
  const keyOf = (a: Awaited): string => arrivedKey(a.sender, a.objectId);
  const members = await index.highest(awaited.map(keyOf));
  const arrived = new Map(awaited.map((a, i) => [keyOf(a), arrivedFrom(members[i])]));
  return { joins: joinsOf(awaited, (a) => arrived.get(keyOf(a))), families };
};

/**
 * An index that was emptied and filled again counts to the same revision, and a look in between saw only a part of it: so
 * whoever waits is looked for this often, whatever the revision says.
 */
const lookAgainMs = 5_000;

/** One look for letters and attachments that wait for one another, whenever the index says that either came. */
export const createJoiner = (ports: CoordinationPorts): (() => Promise<boolean>) => {
  let seen: string | null = null;
  let looked = Number.NEGATIVE_INFINITY;
  return async () => {
    const revision = await ports.index.get(attachmentsRevisionKey);
    const now = ports.nowMs();
    if (revision === seen && now - looked < lookAgainMs) return false;
    looked = now;
    const { joins, families } = await findJoins(ports);
    for (const join of joins) {
      const id = joinIdOf(join, ports.digest);
      const type = `${families.get(join.caseId) ?? "advice"}.joinAttachments`;
      const reply = await ports.send({ id, type, payload: join });
      ports.log.info("attachments joined", { caseId: join.caseId, status: reply.status });
    }
    seen = revision;
    return false;
  };
};
