/**
 * The projections that are kept, and what the keys of each begin with in Redis: a word and a colon, so that each is made anew
 * without the others. `sektorbro rebuild` takes these names, and `/health` looks at each for what was set aside.
 */
export const indexPrefixes = {
  worklist: "p:",
  indicators: "i:",
  "message-log": "l:",
} as const;
export type IndexName = keyof typeof indexPrefixes;
