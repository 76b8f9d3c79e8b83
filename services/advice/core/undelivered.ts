import { fromPlainText } from "../../../contracts/formatted-text.ts";
import type { Letter } from "../../../contracts/letter.ts";
import type { AdviceFact, NoteUndelivered } from "../../../contracts/messages/advice.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { channelFor } from "../../case/directory-view.ts";
import { documentsOf } from "../../case/tell.ts";
import type { CommandOf } from "./command.ts";
import { letterOn } from "./compose-letter.ts";
import { inDanish } from "./held-letters.ts";
import type { OpenCase } from "./state.ts";

type NotDelivered = Extract<AdviceFact, { type: "LetterNotDelivered" }>;
type Why = NotDelivered["why"];
type About = Pick<NoteUndelivered, "by" | "to" | "authorised" | "reason"> & { why: Why };

const said: Readonly<Record<Why, string>> = {
  refused: "er afvist af modtagerens system",
  "no-receipt": "er hentet, men modtagerens system har ikke kvitteret for den",
  "not-fetched": "er ikke hentet af modtagerens system",
  "not-reached": "er ikke nået frem: modtagerens system har ikke taget imod den",
  "technical-fault": "er ikke nået frem: modtagerens system har en teknisk fejl",
  "no-channel": "kunne ikke leveres: modtageren tager ikke længere imod den slags meddelelser",
};

/** In Danish, and marked as the hub's own: its reader sees it in the thread, as if the receiver had written it. */
const textOf = ({ authorised, why, reason }: About, receiver: string): string =>
  [
    `Automatisk besked fra Sektorbro: Meddelelsen af ${inDanish(authorised)} til ${receiver} ${said[why]}.`,
    ...(reason === undefined ? [] : [`Årsag: ${reason}`]),
    why === "refused"
      ? "Ret den og send den igen som en ny meddelelse, eller kontakt modtageren på anden vis."
      : "Kontakt modtageren på anden vis, hvis den haster.",
  ].join("\n");

/**
 * The sender of a letter is told by a message of its own standard that the letter did not surely arrive. Whoever takes the hub's own facts
 * follows its lists (`followUpDelivery`), and whoever takes no letters cannot be told so: for both, none.
 */
export const undelivered = (
  question: Letter,
  about: About,
  { directory, local, id }: Pick<DecisionContext, "directory" | "local"> & { id: string },
): NotDelivered | undefined => {
  const [sender, receiver] = [directory.organisation(about.by), directory.organisation(about.to)];
  if (sender === undefined || receiver === undefined) return undefined;
  const text = fromPlainText(textOf(about, receiver.name));
  const letter = letterOn(question, { text }, { id, local, from: receiver, to: sender });
  const fact: NotDelivered = { type: "LetterNotDelivered", why: about.why, letter, attachments: [] };
  const { json } = documentsOf(fact);
  const takesFacts = channelFor(sender, { oioxml: [], json }) !== undefined;
  return takesFacts || channelFor(sender, documentsOf(fact)) === undefined ? undefined : fact;
};

/** What the receipts of a letter came to, as the hub found it. */
export const noteUndelivered = (
  state: OpenCase,
  { id, payload }: CommandOf<"advice.noteUndelivered">,
  context: DecisionContext,
): Decision<AdviceFact> => {
  if (context.actor !== hubActor)
    return refuse("not-your-turn", "sender", "Only the hub notes what did not arrive.");
  const fact = undelivered(state.question, payload, { ...context, id });
  if (fact === undefined) return { kind: "ignore", reason: "told-by-lists" };
  return { kind: "record", facts: [fact], tell: [{ to: payload.by, from: payload.to, fact: 0 }] };
};
