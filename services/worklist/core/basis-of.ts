import { basisOfMessage, type MessageBasis, toldIn } from "../../../contracts/access/message-basis.ts";
import type { OrganisationKind } from "../../../contracts/messages/directory.ts";
import { type Owed, owingOf } from "../../../contracts/readdressed.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** What an organisation is; `undefined`: the directory does not know it. */
export type KindOf = (gln: string) => OrganisationKind | undefined;

/** What each document of a case was passed on by. One that went to another address says what the first one said. */
export const createBasisOf = (
  records: readonly CaseRecord[],
  kindOf: KindOf,
): ((owed: Owed) => { basis?: MessageBasis }) => {
  const told = toldIn(records);
  return ({ deliveryId, from, to }) => {
    const owing = owingOf(records, deliveryId);
    const fact = owing?.record.facts[owing.owed.fact];
    if (owing === undefined || fact === undefined) return {};
    const message = { family: owing.record.family, fact, from: kindOf(from), to: kindOf(to) };
    const basis = basisOfMessage(message, told);
    return basis === undefined ? {} : { basis };
  };
};
