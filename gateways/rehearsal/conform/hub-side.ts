import type { Delivery, SektorbroClient } from "../../client/main.ts";
import { type InFormat, look } from "../documents/look.ts";
import type { Said } from "./conversation.ts";
import type { Shown } from "./shown.ts";

/** The counterpart of the partner, and the partner itself where what the hub wrote to it is fetched. */
export type HubSide = {
  counterpart: SektorbroClient;
  partner: SektorbroClient;
  counterpartGln: string;
  partnerGln: string;
  inFormat: InFormat;
  newId: () => string;
  nowMs: () => number;
  wait: (ms: number) => Promise<void>;
};

/** What ties the messages of one conversation together. */
export type Story = { stayId: string; messageId: string | undefined; occurredAt: string };

/** A number of MedCom's test patients, and names that say so. */
const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" };
const minuteMs = 60_000;

const attachmentOf = async ({ counterpart, newId }: HubSide) => {
  const bytes = Buffer.from("Blodsukker: 7,9\r\n", "latin1");
  const { digest, sizeBytes } = await counterpart.upload(bytes);
  const objectId = newId().replaceAll("-", "");
  return {
    objectId,
    code: "tekstfil" as const,
    extension: "txt",
    sizeBytes,
    digest,
    description: "Målinger",
  };
};

const ask = async (side: HubSide, messageId: string, attached: boolean) =>
  side.counterpart.command("advice.ask", {
    messageId,
    kind: "correspondence",
    to: { gln: side.partnerGln },
    patient,
    subject: "Prøve af jeres system",
    question: "Dette er en prøve. Svar gerne, at I har læst det.",
    ...(attached ? { attachments: [await attachmentOf(side)] } : {}),
  });

const stay = ({ partnerGln }: HubSide, { stayId }: Story, messageId: string) => ({
  messageId,
  stayId,
  patient,
  municipality: partnerGln,
});

const say = (side: HubSide, { what, story, messageId }: { what: Said; story: Story; messageId: string }) => {
  const { counterpart, counterpartGln: department, nowMs } = side;
  const base = stay(side, story, messageId);
  const { occurredAt, messageId: before = "" } = story;
  switch (what) {
    case "question":
      return ask(side, messageId, false);
    case "question-with-attachment":
      return ask(side, messageId, true);
    case "admitted":
      return counterpart.command("discharge.notify", { ...base, event: "admitted", occurredAt, department });
    case "corrected":
      return counterpart.command("discharge.correct", {
        ...base,
        corrects: before,
        issuedAt: new Date(nowMs()).toISOString(),
        occurredAt: new Date(Date.parse(occurredAt) - minuteMs).toISOString(),
        department,
      });
    case "cancelled":
      return counterpart.command("discharge.cancel", { ...base, cancels: before });
  }
};

/** What the partner is to see changed, it never sees as it was: at the hub it is settled at once, as what a rehearsal refused. */
const setAside = (delivery: Delivery): Promise<unknown> =>
  delivery.receipt({ outcome: "negative", code: "rehearsal", text: "Ændret undervejs i en prøve." });

const shownOf = async ({ inFormat }: HubSide, delivery: Delivery): Promise<Shown> => {
  const { deliveryId, caseId, from, documentType, at } = delivery;
  const { bytes, mediaType } = await delivery.fetch();
  const looked = look(bytes, mediaType, inFormat);
  const seen = looked.standard === "json" ? { ...looked, kind: "letter" as const } : looked;
  return { deliveryId, caseId, from, documentType, at, mediaType, bytes, seen, real: true };
};

const pollMs = 100;
const patienceMs = 15_000;

/** Says something as the counterpart, and finds what the hub made of it for the partner. Attachments first, where there are some. */
export const sayToPartner = async (
  side: HubSide,
  { what, aside }: { what: Said; aside: boolean },
  story: Story,
): Promise<{ shown: Shown[]; story: Story }> => {
  const messageId = `conform-${side.newId()}`;
  const answer = await say(side, { what, story, messageId });
  if (answer.status !== "accepted") throw new RangeError(`The hub had nothing to do with "${what}".`);
  const ofRecord = `${answer.caseId}.${String(answer.recordNo)}.`;
  const wanted = what === "question-with-attachment" ? 2 : 1;
  const isStay = !what.startsWith("question");
  // A stay may have the hub write in words too, e.g. that a report is not needed any more: that is another message.
  const isIt = ({ deliveryId, documentType }: Delivery): boolean =>
    deliveryId.startsWith(ofRecord) && (!isStay || documentType === "HospitalNotification");
  const endMs = side.nowMs() + patienceMs;
  for (;;) {
    const found: Delivery[] = [];
    for await (const one of side.partner.inbox()) if (isIt(one)) found.push(one);
    if (found.length >= wanted || side.nowMs() > endMs) {
      const shown = await Promise.all(found.map((one) => shownOf(side, one)));
      if (aside) for (const one of found) await setAside(one);
      const order = ({ seen }: Shown): number => (seen.kind === "attachments" ? 0 : 1);
      return { shown: shown.toSorted((a, b) => order(a) - order(b)), story: { ...story, messageId } };
    }
    await side.wait(pollMs);
  }
};
