/** Which agreement of a set would have bound where a clock started. */
import type { Agreement } from "../../../../contracts/agreement.ts";
import { bindingAgreements, type Matter, type PartyView } from "../../../../contracts/agreement-choice.ts";
import { deliveryMatter, promises } from "../../../../contracts/codes/promises.ts";
import type { DirectoryView } from "../../../case/directory-view.ts";
import { partyViewOf } from "../../../case/party-view.ts";
import type { CaseLine, FollowedCase, StartedClock } from "./case-line.ts";

/** A clock that started on a case, the record with which it did, and the promise that it was. */
type Promising = {
  followed: Pick<FollowedCase, "family">;
  line: CaseLine;
  start: StartedClock;
  promise: string;
};

/**
 * What an old record's clock was about: the one kind of matter of its promise in the family, else the case's own kind; the speciality as
 * the debtor has it now.
 */
const guessed = (
  { followed: { family }, line, start, promise }: Promising,
  directory: DirectoryView,
): Matter => {
  if (start.deliveryId !== undefined) return { family, kind: deliveryMatter };
  const matters = promises.find(({ id }) => id === promise)?.matters ?? [];
  const kinds = matters.filter((matter) => matter.family === family).map(({ kind }) => kind);
  const [only] = kinds.length === 1 ? kinds : [];
  const speciality = directory.organisation(start.debtor)?.specialities[0];
  return { family, kind: only ?? line.kind ?? "", speciality };
};

const matterOf = (promising: Promising, directory: DirectoryView): Matter => {
  const { followed, start } = promising;
  return start.matter === undefined
    ? guessed(promising, directory)
    : { family: followed.family, ...start.matter };
};

export type Chooser = {
  party: (gln: string) => PartyView;
  /** `undefined`: none gives this promise a time. */
  agreementFor: (promising: Promising) => Agreement | undefined;
};

/** Made once for each key. */
export const remembered = <Value>(make: (key: string) => Value): ((key: string) => Value) => {
  const known = new Map<string, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found ?? make(key);
    const made = make(key);
    known.set(key, made);
    return made;
  };
};

/** `on`: the Danish date on which the set is looked at. Asked thousands of times of a few parties and matters, so answers are kept. */
export const createChooser = (
  entries: readonly Agreement[],
  on: string,
  directory: DirectoryView,
): Chooser => {
  const party = remembered((gln) => partyViewOf(directory, gln));
  const binding = new Map<string, readonly Agreement[]>();
  const bindingFor = (promising: Promising): readonly Agreement[] => {
    const { line, start } = promising;
    if (directory.organisation(start.debtor) === undefined) return [];
    const matter = matterOf(promising, directory);
    const facts = start.deliveryId === undefined ? line.facts : ["owed"];
    const key = JSON.stringify([matter, start.debtor, start.creditor, facts]);
    const known = binding.get(key);
    if (known !== undefined) return known;
    const parties = { debtor: party(start.debtor), creditor: party(start.creditor) };
    const found = bindingAgreements(entries, { matter, parties, date: on, facts });
    binding.set(key, found);
    return found;
  };
  return {
    party,
    agreementFor: (promising) =>
      bindingFor(promising).find(
        ({ promise, notYet }) => promise === promising.promise && notYet === undefined,
      ),
  };
};
