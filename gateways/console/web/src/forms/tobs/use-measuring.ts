import { useState } from "react";
import type { ListedOrganisation } from "../../../../../../contracts/messages/directory-query.ts";
import type { OrderedLimits } from "../../../../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import { useSession } from "../../api/session.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { type Before, type IsbarTyped, isbarOf, situationText, valuesOf } from "./measurement.ts";
import { type Outcome, outcomeOf, type Typed, type TypedValues } from "./outcome.ts";
import { tobsWords } from "./words.ts";

type Known = {
  before?: Before | undefined;
  ordered?: OrderedLimits | undefined;
  /** Our own organisation, for the number to be called back on. */
  own: ListedOrganisation | null | undefined;
};

export type Measuring = {
  typed: TypedValues;
  type: (name: string, typed: Typed) => void;
  isWorried: boolean;
  worry: (isWorried: boolean) => void;
  concern: string;
  setConcern: (text: string) => void;
  outcome: Outcome;
  isbar: IsbarTyped;
  setIsbar: (isbar: IsbarTyped) => void;
  /** What is sent: a measurement of `contracts/messages/observation-parts.ts`. */
  measurement: () => object;
};

/** What of ISBAR is written over; the rest goes on following the values. */
const overwritten = (known: IsbarTyped, next: IsbarTyped): Partial<IsbarTyped> => {
  const before = new Map<string, string>(Object.entries(known));
  return Object.fromEntries(Object.entries(next).filter(([name, text]) => before.get(name) !== text));
};

const useKnownIsbar = (
  scheme: ScoreScheme,
  { before, own }: Known,
  at: { outcome: Outcome; typed: TypedValues; concern: string },
): IsbarTyped => {
  const words = useWords(tobsWords);
  const language = useLanguage();
  const { person, organisation, unit } = useSession();
  return {
    unit: unit ?? organisation,
    name: person?.name ?? "",
    phone: own?.phone ?? "",
    reason: situationText(scheme, { outcome: at.outcome, typed: at.typed, before }, language),
    since: "",
    background: "",
    assessment: at.concern,
    asks: words.asks,
  };
};

/** Everything that is typed in one measurement, and what it comes to while it is typed. */
export const useMeasuring = (scheme: ScoreScheme, known: Known): Measuring => {
  const { person } = useSession();
  const [typed, setTyped] = useState<TypedValues>({});
  const [isWorried, worry] = useState(false);
  const [concern, setConcern] = useState("");
  const [changed, setChanged] = useState<Partial<IsbarTyped>>({});
  const outcome = outcomeOf(scheme, typed, { isWorried, ordered: known.ordered });
  const knownIsbar = useKnownIsbar(scheme, known, { outcome, typed, concern });
  const isbar = { ...knownIsbar, ...changed };
  const measurement = (): object => {
    const said = outcome.tier?.isbar === true ? isbarOf(isbar) : undefined;
    return {
      measuredAt: new Date().toISOString(),
      values: valuesOf(typed),
      ...(isWorried ? { concern: concern.trim() === "" ? {} : { text: concern.trim() } } : {}),
      ...(said === undefined ? {} : { isbar: said }),
      ...(person === undefined ? {} : { performer: { name: person.name } }),
    };
  };
  return {
    ...{ typed, isWorried, worry, concern, setConcern, outcome, isbar, measurement },
    type: (name, one) => {
      setTyped({ ...typed, [name]: one });
    },
    setIsbar: (next) => {
      setChanged(overwritten(knownIsbar, next));
    },
  };
};
