import { basisOfMessage, type MessageBasis, toldIn } from "../../../contracts/access/message-basis.ts";
import type { OrganisationKind } from "../../../contracts/messages/directory.ts";
import type { Owing } from "../../../contracts/readdressed.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

/** What an organisation is; `undefined`: the directory does not know it. */
export type KindOf = (gln: string) => OrganisationKind | undefined;

/** What a document of a case was passed on by. One that went to another address says what the first one said. */
export const createBasisOf = (
  records: readonly CaseRecord[],
  kindOf: KindOf,
): ((owing: Owing | undefined) => { basis?: MessageBasis }) => {
  const told = toldIn(records);
  return (owing) => {
    const fact = owing?.record.facts[owing.owed.fact];
    if (owing === undefined || fact === undefined) return {};
    const { record, owed } = owing;
    const message = { family: record.family, fact, from: kindOf(owed.from), to: kindOf(owed.to) };
    const basis = basisOfMessage(message, told);
    return basis === undefined ? {} : { basis };
  };
};
