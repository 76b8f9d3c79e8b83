/**
 * What to do with a message that met a code. `retry`: surely not processed, send again. `park`: never will be, mend it
 * first. `ask`: may have been processed: the same id is safe to send again, and tells.
 */
export const fates = ["retry", "ask", "park"] as const;
export type Fate = (typeof fates)[number];

/** What a code means, in one line for people. */
export type Meaning = { fate: Fate; en: string; da: string };

export const park = (en: string, da: string) => ({ fate: "park", en, da }) as const;
export const retry = (en: string, da: string) => ({ fate: "retry", en, da }) as const;
export const ask = (en: string, da: string) => ({ fate: "ask", en, da }) as const;

/** Why a code is met, and what whoever gets it does: for people who make the systems that call the hub. A sentence each. */
export type Cure = { readonly cause: string; readonly cure: string };
