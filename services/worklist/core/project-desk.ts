import { colleaguesKey, deskKey } from "../../../contracts/index-keys.ts";
import { isDeskFact } from "../../../contracts/messages/desk.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

type Op = readonly [command: string, key: string, ...args: string[]];

/** What an organisation agreed about a case, and the people who had to do with it there. */
export const ofDesk = ({ family, facts, meta }: CaseRecord): Op[] =>
  family !== "desk"
    ? []
    : facts.filter(isDeskFact).flatMap((fact): Op[] => {
        const { about, by, desk } = fact;
        const people = desk.holder === undefined ? [by] : [by, desk.holder];
        return [
          ["SET", deskKey(meta.actor, about), JSON.stringify(desk)],
          ["HSET", colleaguesKey(meta.actor), ...people.flatMap(({ id, name }) => [id, name])],
        ];
      });
