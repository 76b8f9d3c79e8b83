import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { WaitingDeliveries } from "../../contracts/messages/worklist.ts";
import type { Carried, CarryDelivery, Knocked, LaneTold, PushTransport } from "../../contracts/push.ts";
import type { Instant } from "../../contracts/time.ts";

/** Somebody to whom the hub brings documents. */
export type PushReceiver = { gln: string; transports: PushTransport[]; atOnce: number };

/** By whom a receiver was paused, and since when. */
export type Pause = { at: Instant; by: string; reason?: string | undefined };

type Write = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** What the lanes need of the world. All that asks throws `Fault` when something outside fails. */
export type PushPorts = {
  /** By the directory as it is now. */
  receivers: () => readonly PushReceiver[];
  receiver: (gln: string) => PushReceiver | undefined;
  paused: (gln: string) => Pause | undefined;
  /** Whether this hub, of all that run, is the one that brings this receiver its documents now. */
  isMine: (gln: string) => boolean;
  /** Does what only that hub does: the receiver is given to no other in an orderly way meanwhile. */
  asMine: <T>(gln: string, work: () => Promise<T>) => Promise<T>;
  /** What the hub that brings it knows of a receiver; `undefined`: it does not tell. */
  told: (gln: string) => Promise<LaneTold | undefined>;
  /** What the index knows that a receiver has not got, oldest first. */
  waiting: (gln: string, limit: number) => Promise<WaitingDeliveries>;
  /** One attempt, by the transport. */
  carry: (order: CarryDelivery) => Promise<Carried>;
  knock: (gln: string) => Promise<Knocked>;
  command: (envelope: Envelope) => Promise<CommandReply>;
  /** Does work as a part of the trace that a `traceparent` names, if it names one. */
  within: <T>(traceparent: string | undefined, work: () => T) => T;
  now: () => Instant;
  /** Waits are true time, whatever pace the hub's own time has, and whoever sets the machine's clock. */
  trueMs: () => number;
  random: () => number;
  log: { info: Write; warn: Write };
};
