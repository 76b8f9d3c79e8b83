/** Systems that play a part: one that partners can try theirs against, and one that tries theirs. */
export { type Conforming, type ConversationResult, converse } from "./conform/conform.ts";
export type { Conversation, Standard } from "./conform/conversation.ts";
export { conversations } from "./conform/conversations.ts";
export { openLine } from "./conform/line.ts";
export type { Fresh } from "./documents/letters.ts";
export { type Behaviour, wellBehaved } from "./simulator/behaviour.ts";
export { type SimulatedKind, simulatedKinds } from "./simulator/initiative.ts";
export { seeded } from "./simulator/seeded.ts";
export { simulate } from "./simulator/simulate.ts";
