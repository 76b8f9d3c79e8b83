import { useState } from "react";
import type { Values } from "./body-of.ts";
import { type Draft, draftAt, dropDraft, keepDraft } from "./drafts.ts";

type Drafting = Draft & {
  /** Something was typed here before. */
  isOld: boolean;
  change: (values: Values) => void;
  /** The next sending is another command: the one before is refused for good. */
  renew: () => void;
  /** Sent, or begun anew. */
  drop: () => void;
};

/** What is typed in a form, under one key for as long as it may be sent. It stays when the form is closed, and goes when it is sent. */
export const useDraft = (name: string, initial: () => Values): Drafting => {
  const [isOld, setOld] = useState(() => draftAt(name) !== undefined);
  const [draft, setDraft] = useState<Draft>(
    () => draftAt(name) ?? { key: crypto.randomUUID(), values: initial() },
  );
  const set = (next: Draft): void => {
    keepDraft(name, next);
    setDraft(next);
  };
  return {
    ...draft,
    isOld,
    change: (values) => {
      set({ ...draft, values });
    },
    renew: () => {
      set({ ...draft, key: crypto.randomUUID() });
    },
    drop: () => {
      dropDraft(name);
      setOld(false);
      setDraft({ key: crypto.randomUUID(), values: initial() });
    },
  };
};
