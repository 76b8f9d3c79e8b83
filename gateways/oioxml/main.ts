import { commandReplyFrom } from "../../contracts/envelope.ts";
import { PrintDelivery } from "../../contracts/messages/document.ts";
import { commandSubject, printSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import type { OioxmlPorts } from "./ports.ts";
import { printDelivery } from "./print-delivery.ts";
import { takeDocument } from "./read-document.ts";

/** Larger documents go by the object store: a message on the bus has a limit. */
const inlineBytes = 512 * 1024;

const portsFrom = ({ bus, objects, intake, log }: Platform): OioxmlPorts => ({
  command: async (envelope) => commandReplyFrom(await bus.ask(commandSubject(envelope.type), envelope)),
  putObject: objects.put,
  getObject: objects.get,
  answer: (answerTo, outcome) => {
    bus.publish(answerTo, JSON.stringify(outcome));
  },
  noteRefusal: intake.noteRefusal,
  now: effects.now,
  log,
});

const printer =
  (platform: Platform, ports: OioxmlPorts) =>
  async (message: unknown): Promise<unknown> => {
    const { bytes } = await printDelivery(ports, PrintDelivery.parse(message));
    const mediaType = "application/xml";
    if (bytes.length <= inlineBytes) return { mediaType, base64: Buffer.from(bytes).toString("base64") };
    return { mediaType, digest: (await platform.objects.put(bytes)).digest };
  };

export const startOioxml = async (platform: Platform): Promise<Part> => {
  const ports = portsFrom(platform);
  const printing = platform.bus.serve(printSubject("oioxml"), "oioxml", overJson(printer(platform, ports)));
  const taking = await platform.intake.take("oioxml", (document) => takeDocument(ports, document));
  return {
    stop: async () => {
      await taking.stop();
      await printing.stop();
    },
  };
};
