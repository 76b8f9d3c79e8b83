import {
  type CommandReply,
  commandReplyFrom,
  type Envelope,
  QueryAnswer,
  type QueryReply,
} from "../../contracts/envelope.ts";
import { type PrintDelivery, PrintedDocument } from "../../contracts/messages/document.ts";
import { commandSubject, printSubject, querySubject } from "../../contracts/subjects.ts";
import type { Effects } from "../effects.ts";
import { newId } from "../ids.ts";
import type { Bus } from "./bus.ts";
import { carried } from "./carried-bytes.ts";
import type { Objects } from "./objects.ts";

type World = { bus: Bus; objects: Objects; effects: Pick<Effects, "now"> };

/** How gateways ask the services and one another over the bus. Each throws Fault when nobody answers. */
export type AskServices = {
  command: (envelope: Envelope) => Promise<CommandReply>;
  /** `viewer` is the GLN that asks. */
  query: (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;
  /** A delivery in its receiver's standard. */
  print: (standard: string, order: PrintDelivery) => Promise<{ mediaType: string; bytes: Uint8Array }>;
};

/** A document that a gateway made, whether the answer carries it or names where it is kept. */
export const printedFrom = async (
  objects: Objects,
  answer: unknown,
): Promise<{ mediaType: string; bytes: Uint8Array }> => {
  const { mediaType, ...message } = PrintedDocument.parse(answer);
  return { mediaType, bytes: await carried(objects, message) };
};

export const askServices = ({ bus, objects, effects }: World): AskServices => ({
  command: async (envelope) => commandReplyFrom(await bus.ask(commandSubject(envelope.type), envelope)),
  query: async (type, viewer, payload) => {
    const envelope = { id: newId(), type, version: 1, time: effects.now(), sender: viewer, payload };
    return QueryAnswer.parse(await bus.ask(querySubject(type), envelope));
  },
  print: async (standard, order) => printedFrom(objects, await bus.ask(printSubject(standard), order)),
});
