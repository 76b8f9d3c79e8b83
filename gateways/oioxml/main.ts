import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { PrintDelivery } from "../../contracts/messages/document.ts";
import { printSubject } from "../../contracts/subjects.ts";
import { sha256 } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { carry, inlineBytes } from "../../infra/nats/carried-bytes.ts";
import { overJson } from "../../infra/nats/json.ts";
import { servePages } from "../../infra/nats/serve-pages.ts";
import { serveReadAgain } from "../../infra/nats/serve-read-again.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { forgetMemory } from "../apart/memory.ts";
import { createParser, type Parser } from "./parse-apart.ts";
import type { OioxmlPorts } from "./ports.ts";
import { createPrinter, type Printer } from "./print-apart.ts";
import { bytesToPrint, printDelivery } from "./print-delivery.ts";
import { takeDocument } from "./read-document.ts";
import { createDocumentRenderer } from "./render-apart.ts";

export { benchCodec, type CodecBenchOptions } from "./bench/bench-codec.ts";
export { parseDocument } from "./codec/parse-document.ts";
export type { ParsedDocument } from "./codec/parsed-document.ts";
export * as printing from "./print-documents.ts";
export { renderDocument } from "./render/render-document.ts";

const portsFrom = (platform: Platform, { parse }: Parser, { print }: Printer): OioxmlPorts => {
  const { bus, journal, objects, intake, log } = platform;
  return {
    ...askServices(platform),
    parse,
    print,
    loadCase: async (caseId) => (await journal.load(caseId)).map(({ record }) => record),
    putObject: objects.put,
    getObject: objects.get,
    answer: (answerTo, outcome) => {
      bus.publish(answerTo, JSON.stringify(outcome));
    },
    noteRefusal: intake.noteRefusal,
    noteOnce: (key, value) => intake.noteOnce(sha256(key), value),
    now: platform.effects.now,
    log,
  };
};

/** Small documents wait for nobody. */
const ifLarge = (bytes: number): number => (bytes > inlineBytes ? bytes : 0);

const printer =
  (platform: Platform, ports: OioxmlPorts) =>
  (message: unknown): Promise<unknown> => {
    const delivery = PrintDelivery.parse(message);
    return platform.large.hold(ifLarge(bytesToPrint(delivery)), async () => {
      const { bytes, losses } = await printDelivery(ports, delivery);
      const { deliveryId } = delivery;
      const codes = [...new Set(losses.map(({ code }) => code))];
      // The receiver has no element for it: whoever is asked why something is missing finds here what was.
      if (codes.length > 0) ports.log.info("printed-with-losses", { deliveryId, codes });
      const document = await carry(platform.objects, bytes);
      // Whoever asked reads it from where it is kept now, and need not find it in memory twice.
      if ("digest" in document) await forgetMemory(bytes);
      return { mediaType: "application/xml", ...document };
    });
  };

export const startOioxml = async (
  platform: Platform,
  limits: DocumentLimits = defaultDocumentLimits,
): Promise<Part> => {
  const parser = createParser({ limits });
  const renderer = createDocumentRenderer({ limits });
  const documents = createPrinter();
  const ports = portsFrom(platform, parser, documents);
  const printing = platform.bus.serve(printSubject("oioxml"), "oioxml", overJson(printer(platform, ports)));
  const rendering = servePages(platform, "oioxml", renderer.render);
  const readingAgain = serveReadAgain(platform, "oioxml", (document, answer) =>
    takeDocument({ ...ports, answer }, document),
  );
  const taking = await platform.intake.take("oioxml", (document) => takeDocument(ports, document));
  return {
    stop: async () => {
      await taking.stop();
      await printing.stop();
      await rendering.stop();
      await documents.stop();
      await renderer.stop();
      await readingAgain.stop();
      await parser.stop();
    },
  };
};
