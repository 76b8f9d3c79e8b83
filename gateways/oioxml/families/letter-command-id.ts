/**
 * The same letter is the same command, whichever envelope and transport it comes in: its id is the sender's number for it.
 * A corrected or cancelled letter may keep its number, so its time is part of its identity.
 */
export const letterCommandId = (letter: {
  readonly sender: { readonly gln: string };
  readonly letterId: string;
  readonly status: string;
  readonly authorised: string;
}): string =>
  `letter:${letter.sender.gln}:${letter.letterId}${letter.status === "new" ? "" : `:${letter.authorised}`}`;
