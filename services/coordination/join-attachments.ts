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

const findJoins = async ({ index }: CoordinationPorts): Promise<Join[]> => {
  const fields = Object.keys(await index.hgetall(awaitedKey));
  const awaited = fields.flatMap((field) => awaitedFrom(field) ?? []);
  const keyOf = (a: Awaited): string => arrivedKey(a.sender, a.objectId);
  const members = await index.highest(awaited.map(keyOf));
  const arrived = new Map(awaited.map((a, i) => [keyOf(a), arrivedFrom(members[i])]));
  return joinsOf(awaited, (a) => arrived.get(keyOf(a)));
};

/** One look for letters and attachments that wait for one another, whenever the index says that either came. */
export const createJoiner = (ports: CoordinationPorts): (() => Promise<boolean>) => {
  let seen: string | null = null;
  return async () => {
    const revision = await ports.index.get(attachmentsRevisionKey);
    if (revision === seen) return false;
    for (const join of await findJoins(ports)) {
      const id = joinIdOf(join, ports.digest);
      const reply = await ports.send({ id, type: "advice.joinAttachments", payload: join });
      ports.log.info("attachments joined", { caseId: join.caseId, status: reply.status });
    }
    seen = revision;
    return false;
  };
};
