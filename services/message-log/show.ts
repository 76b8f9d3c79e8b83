import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import type { MessageView } from "../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { hopsOfIncoming } from "./core/hops.ts";
import { hashOf, idPlace } from "./core/keys.ts";
import type { Message } from "./core/message.ts";
import { refusedMessage } from "./core/trouble.ts";
import { type Viewed, viewIn } from "./core/view.ts";
import type { Asker } from "./core/wanted.ts";
import type { KnownDocument, LogPorts } from "./ports.ts";
import { askerIn, isOfCase, shown } from "./read-messages.ts";

const recordsOf = async ({ load }: LogPorts, caseId: string): Promise<CaseRecord[]> =>
  (await load(caseId)).map(({ record }) => record);

/** A delivery's id, or that of a record, names the case. */
const caseIn = (id: string): string | undefined => (caseOfDelivery(id) ?? caseOfDelivery(`${id}.0`))?.caseId;

const ofCase = async (ports: LogPorts, id: string, takenAt?: string): Promise<Viewed | undefined> => {
  const caseId = caseIn(id);
  return caseId === undefined ? undefined : viewIn(await recordsOf(ports, caseId), id, takenAt);
};

/** A document that nothing came of yet. */
const takenMessage = (intakeId: string, { sender, receivedAt, standard }: KnownDocument): Message => ({
  id: intakeId,
  direction: "in",
  status: "taken",
  at: receivedAt,
  from: sender,
  to: [],
  type: "unknown",
  ...(standard === "oioxml" || standard === "fhir" ? { standard } : {}),
  intakeId,
});

const viewed = (message: Message): Viewed => ({
  message,
  messageIds: [],
  envelopeIds: [],
  hops: hopsOfIncoming(message),
});

/** A document by its id in INTAKE: what it became, why it became nothing, or that nothing came of it yet. */
const ofDocument = async (ports: LogPorts, intakeId: string): Promise<Viewed | undefined> => {
  const document = await ports.document(intakeId);
  if (document === undefined) return undefined;
  const { key, start } = idPlace(hashOf("intake", intakeId, ports.digest));
  const [member] = await ports.cases.startingWith(key, start, 1);
  if (member !== undefined) return ofCase(ports, member.slice(start.length), document.receivedAt);
  if (document.refused !== undefined) return viewed(refusedMessage(document.refused));
  return viewed(takenMessage(intakeId, document));
};

const mayKnow = (asker: Asker, { from, to }: Message): boolean =>
  asker === "everybody" || asker.has(from) || to.some((gln) => asker.has(gln));

/** One message with its way through the hub. `undefined`: there is none that the viewer may know of. */
export const showMessage = async (
  ports: LogPorts,
  viewer: string,
  id: string,
): Promise<MessageView | undefined> => {
  const found = isOfCase(id) ? await ofCase(ports, id) : await ofDocument(ports, id);
  if (found === undefined || !mayKnow(askerIn(ports, viewer), found.message)) return undefined;
  const { message, ...rest } = found;
  return { ...shown(ports, message), ...rest };
};
