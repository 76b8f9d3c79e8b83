import type { AdviceCommand as WireCommand } from "../../../contracts/messages/advice.ts";

/** A command as the core meets it: parsed, with the id that its letter gets its number from. */
export type AdviceCommand =
  | WireCommand
  /** The message of this id belongs to another case (the handler found its thread). */
  | { type: "advice.route"; id: string; payload: { caseId: string } };

export type CommandOf<Type extends AdviceCommand["type"]> = Extract<AdviceCommand, { type: Type }>;
