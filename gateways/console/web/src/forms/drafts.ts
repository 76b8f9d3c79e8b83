import type { Values } from "./body-of.ts";

/** What was typed in a form that was closed before it was sent, and the key that it is sent under. */
export type Draft = { key: string; values: Values };

/**
 * Held in this page's memory alone: what is typed is about patients, so no storage of the browser keeps it. It goes with the page,
 * and signing out loads another.
 */
const drafts = new Map<string, Draft>();

export const draftAt = (name: string): Draft | undefined => drafts.get(name);
export const keepDraft = (name: string, draft: Draft): void => {
  drafts.set(name, draft);
};
export const dropDraft = (name: string): void => {
  drafts.delete(name);
};
