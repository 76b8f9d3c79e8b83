import type { Target } from "../target.ts";
import { documentTargets } from "./documents.ts";
import { messageTargets } from "./messages.ts";

/** The edges that are functions of bytes. HTTP and NATS as such are tried against a running hub, in `live`. */
export const targets: readonly Target[] = [...documentTargets, ...messageTargets];
