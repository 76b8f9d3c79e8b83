import { CommandReply } from "../../contracts/envelope.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { arrivedKey, attachmentsRevisionKey, awaitedKey } from "../../contracts/index-keys.ts";
import { StoredObject } from "../../contracts/letter.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { parseJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { hubActor } from "../case/core.ts";
import { type ArrivedObject, type Awaited, awaitedFrom, type Join, joinIdOf, joinsOf } from "./core/join.ts";

const restMs = 200;

const arrivedFrom = (member: string | undefined): ArrivedObject | undefined => {
  if (member === undefined) return undefined;
  const value: unknown = JSON.parse(member);
  if (typeof value !== "object" || value === null || !("caseId" in value) || !("object" in value))
    return undefined;
  return { caseId: String(value.caseId), object: StoredObject.parse(value.object) };
};

const findJoins = async ({ projections }: Platform): Promise<Join[]> => {
  const fields = Object.keys(await projections.hgetall(awaitedKey));
  const awaited = fields.flatMap((field) => awaitedFrom(field) ?? []);
  const keyOf = (a: Awaited): string => arrivedKey(a.sender, a.objectId);
  const members = await projections.highest(awaited.map(keyOf));
  const arrived = new Map(awaited.map((a, i) => [keyOf(a), arrivedFrom(members[i])]));
  return joinsOf(awaited, (a) => arrived.get(keyOf(a)));
};

const send = async ({ bus, log }: Platform, join: Join): Promise<void> => {
  const envelope = {
    id: joinIdOf(join, effects.digest),
    type: "advice.joinAttachments",
    version: 1,
    time: effects.now(),
    sender: hubActor,
    payload: join,
  };
  const reply = CommandReply.parse(
    parseJson(await bus.request(commandSubject(envelope.type), JSON.stringify(envelope))),
  );
  // Tried again after the rest: the revision has not been seen until every join was answered.
  if (reply.status === "failed") throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
  log.info("attachments joined", { caseId: join.caseId, status: reply.status });
};

/** Looks for letters and attachments that wait for one another, whenever the index says that either came. */
export const startCoordination = (platform: Platform): Part => {
  let seen: string | null = null;
  const work = async (): Promise<boolean> => {
    const revision = await platform.projections.get(attachmentsRevisionKey);
    if (revision === seen) return false;
    for (const join of await findJoins(platform)) await send(platform, join);
    seen = revision;
    return false;
  };
  return startRepeating(work, restMs, (error) => {
    platform.log.warn("coordination waits", { error });
  });
};
