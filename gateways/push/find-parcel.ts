import { z } from "zod";
import { DeliveryStatus } from "../../contracts/deliveries.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { jsonDelivery } from "../../contracts/json-delivery.ts";
import type { Channel } from "../../contracts/messages/directory.ts";
import { Sending } from "../../contracts/messages/document.ts";
import type { Carried, CarryDelivery } from "../../contracts/push.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { Traceparent } from "../../contracts/traceparent.ts";
import type { Parcel } from "./core/document-headers.ts";
import type { PushPorts } from "./ports.ts";

/** The answer to `worklist.delivery`, as the journal has it. */
const Found = z.object({
  record: CaseRecord,
  sending: Sending,
  status: DeliveryStatus,
  earlier: z.array(z.string()),
  /** The step that wrote the record. It decides nothing: one that is not valid is none. */
  traceparent: Traceparent.optional().catch(undefined),
});
type Found = z.infer<typeof Found>;

const isOwed = (d: CaseRecord["deliveries"][number], deliveryId: string): boolean =>
  d.change === "owed" && d.deliveryId === deliveryId;

/** The channel by which it goes as the directory is today: the address is today's, whatever it was when it was owed. */
const channelOf = (
  channels: readonly Channel[],
  { standard, transport }: { standard: string; transport: string },
): Channel | undefined => {
  const pushed = channels.filter((c) => c.standard === standard && (c.webhook ?? c.nats) !== undefined);
  return pushed.find((c) => c.transport === transport) ?? pushed[0];
};

export type ToCarry = {
  channel: Channel;
  parcel: Parcel;
  /** The step that wrote the record which owes it. */
  owedIn: string | undefined;
};

const printed = async (
  ports: PushPorts,
  { record, sending }: Found,
  owed: Owed,
): Promise<{ mediaType: string; bytes: Uint8Array }> => {
  const { standard, deliveryId } = owed;
  if (standard !== "json") return ports.print(standard, { record, deliveryId, sending });
  const bytes = new TextEncoder().encode(JSON.stringify(jsonDelivery({ record, owed })));
  return { mediaType: "application/json", bytes };
};

type Owed = Extract<CaseRecord["deliveries"][number], { change: "owed" }>;

/** The delivery as the journal has it; none when nobody is to be brought it any more. @throws Fault */
const findOwed = async (
  ports: PushPorts,
  { to, deliveryId }: CarryDelivery,
): Promise<{ found: Found; owed: Owed } | undefined> => {
  const reply = await ports.query("worklist.delivery", to, { gln: to, deliveryId });
  if (reply.status === "refused" && reply.code === "delivery-unknown") return undefined;
  if (reply.status !== "ok") throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
  const found = Found.parse(reply.value);
  const owed = found.record.deliveries.find((d) => isOwed(d, deliveryId));
  if (owed?.change !== "owed" || owed.giveUpSeconds === undefined) return undefined;
  return found.status === "waiting" && owed.to === to ? { found, owed } : undefined;
};

/** A delivery printed in its receiver's standard, and where to; or why it is not to go now. @throws Fault */
export const findParcel = async (ports: PushPorts, order: CarryDelivery): Promise<ToCarry | Carried> => {
  const { to, deliveryId } = order;
  const waiting = await findOwed(ports, order);
  if (waiting === undefined) return { result: "not-owed" };
  const { found, owed } = waiting;
  if (found.earlier.length > 0) return { result: "behind", earlier: found.earlier };
  const channel = channelOf(ports.organisation(to)?.channels ?? [], owed);
  // It lies in the inbox, and its sender is told when its time is out.
  if (channel === undefined) return { result: "own-fault", code: "receiver-not-pushed" };
  const { mediaType, bytes } = await printed(ports, found, owed);
  const { from, documentType } = owed;
  const { caseId } = found.record;
  const sending = found.sending.no;
  const parcel = { deliveryId, sending, caseId, from, to, documentType, mediaType, body: bytes };
  return { channel, parcel, owedIn: found.traceparent };
};
