// @ts-check
// Progress on standard error, so that a command's own output stays clean. One line a step.

/** @param {string} text */
export const say = (text) => {
  process.stderr.write(`sektorbro: ${text}\n`);
};

/** What a person must do before this can go on. The set-up ends with its message and no stack. */
export class SetupError extends Error {}
