import { JsonDelivery } from "../../../contracts/answers.ts";
import type { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";
import type { Delivery, Fetched, SektorbroClient } from "../../client/main.ts";
import { acknowledgementOf } from "../documents/acknowledgement.ts";
import { type Fresh, type Refusal, receiptLetter, replyLetter } from "../documents/letters.ts";
import { type InFormat, jsonOf, look } from "../documents/look.ts";
import { endsOf } from "../documents/look-message.ts";
import type { Seen } from "../documents/seen.ts";
import { type Act, type Behaviour, decide } from "./behaviour.ts";

export type SimulatorPorts = {
  client: SektorbroClient;
  inFormat: InFormat;
  /** An Acknowledgement by the hub's own codec. */
  print: (message: Acknowledgement, format: "json" | "xml") => Uint8Array;
  now: () => string;
  newId: () => string;
  fresh: () => Fresh;
  /** From 0 to 1, seeded. */
  chance: () => number;
  wait: (ms: number) => Promise<void>;
  say: (line: string) => void;
};

type Held = { delivery: Delivery; fetched: Fetched; seen: Seen; behaviour: Behaviour };

const answerText = "Tak for henvendelsen. Dette svar er skrevet af en simulator.";

/** Whether a document asks something: an answer to an answer would never end. */
const asks = ({ mediaType, bytes }: Fetched, inFormat: InFormat): boolean => {
  if (/fhir/.test(mediaType)) {
    const json = jsonOf(bytes, mediaType, inFormat);
    return /care-communication-message/.test(json) && endsOf(json)?.activity === "new-message";
  }
  if (/xml/.test(mediaType))
    return /<TypeCode>XDIS91<(?![\s\S]*<Subject>Sv: )/.test(Buffer.from(bytes).toString("latin1"));
  return (
    JsonDelivery.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8"))).data?.fact.type === "AdviceAsked"
  );
};

const bytesOfReceipt = (
  { fetched, seen }: Held,
  { refusal, about }: Extract<Act, { does: "receipt" }>,
  ports: SimulatorPorts,
): Uint8Array | undefined => {
  if (seen.standard === "oioxml") return receiptLetter({ ...seen, ...about }, refusal, ports.fresh());
  const { bytes, mediaType } = fetched;
  const ends = endsOf(jsonOf(bytes, mediaType, ports.inFormat));
  if (ends === undefined) return undefined;
  const format = /xml/.test(mediaType) ? "xml" : "json";
  const at = ports.now();
  const said = { ...ends, about: about.messageId ?? "", refuseCode: refusal?.code, newId: ports.newId, at };
  return ports.print(acknowledgementOf(said), format);
};

/** Sends a document as often, and as whole, as the behaviour has it. */
const send = async (ports: SimulatorPorts, held: Held, bytes: Uint8Array): Promise<void> => {
  const { behaviour, fetched } = held;
  const sent = behaviour.truncate ? bytes.subarray(0, bytes.length >> 1) : bytes;
  const mediaType = fetched.mediaType.split(";")[0] ?? fetched.mediaType;
  for (let i = 0; i < (behaviour.duplicate ? 2 : 1); i++) await ports.client.sendDocument(sent, mediaType);
};

const giveReceipt = async (
  held: Held,
  act: Extract<Act, { does: "receipt" }>,
  ports: SimulatorPorts,
): Promise<void> => {
  if (held.seen.standard === "json") {
    const { refusal } = act;
    await held.delivery.receipt(
      refusal === undefined
        ? { outcome: "positive" }
        : { outcome: "negative", code: refusal.code, text: refusal.text },
    );
    return;
  }
  const bytes = bytesOfReceipt(held, act, ports);
  if (bytes !== undefined) await send(ports, held, bytes);
};

const answer = async (held: Held, ports: SimulatorPorts): Promise<void> => {
  const { fetched, seen, delivery, behaviour } = held;
  if (seen.standard === "oioxml") {
    await send(ports, held, replyLetter(fetched.bytes, answerText, ports.fresh()));
    return;
  }
  // Not every message of a thread is a question of advice: the case itself tells what it takes.
  const { can = [] } = await ports.client.case(delivery.caseId);
  if (!can.includes("advice.answer")) return;
  for (let i = 0; i < (behaviour.duplicate ? 2 : 1); i++)
    await ports.client.command(
      "advice.answer",
      { caseId: delivery.caseId, text: answerText },
      { id: ports.newId() },
    );
};

/** One document that has come: fetched, receipted and answered as the behaviour has it. */
export const takeDocument = async (
  delivery: Delivery,
  given: { self: string; behaviour: Behaviour; before: Map<string, Refusal | undefined> },
  ports: SimulatorPorts,
): Promise<void> => {
  const { self, behaviour, before } = given;
  const fetched = await delivery.fetch();
  const looked = look(fetched.bytes, fetched.mediaType, ports.inFormat);
  const seen =
    looked.standard === "json"
      ? { ...looked, kind: "letter" as const, messageId: delivery.deliveryId }
      : looked;
  const answers = seen.kind === "letter" && asks(fetched, ports.inFormat);
  const { acts, verdict, key } = decide(seen, { self, behaviour, before, chance: ports.chance(), answers });
  before.set(key, verdict);
  const held = { delivery, fetched, seen, behaviour };
  const did: string[] = [];
  for (const act of acts) {
    if (act.does === "answer") await ports.wait(behaviour.answerAfterMs);
    await (act.does === "receipt" ? giveReceipt(held, act, ports) : answer(held, ports));
    did.push(act.does === "answer" ? "answered" : (act.refusal?.code ?? "receipted"));
  }
  ports.say(
    `${delivery.documentType} from ${delivery.from}: ${did.join(", ") || "nothing"} [${delivery.caseId}]`,
  );
};
