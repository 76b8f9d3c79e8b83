import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import {
  type DocumentOutcome,
  PrintDelivery,
  ReadAgain,
  RenderDocument,
} from "../../contracts/messages/document.ts";
import { printSubject, readAgainSubject, renderSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { sha256 } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { carried, carry } from "../../infra/nats/carried-bytes.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createParser, type Parser } from "./parse-apart.ts";
import type { OioxmlPorts } from "./ports.ts";
import { printDelivery } from "./print-delivery.ts";
import { takeDocument } from "./read-document.ts";
import { createRenderer, type Renderer } from "./render-apart.ts";

export { benchCodec, type CodecBenchOptions } from "./bench/bench-codec.ts";
export { parseDocument } from "./codec/parse-document.ts";
export type { ParsedDocument } from "./codec/parsed-document.ts";
export { renderDocument } from "./render/render-document.ts";

const portsFrom = (platform: Platform, { parse }: Parser): OioxmlPorts => {
  const { bus, journal, objects, intake, log } = platform;
  return {
    parse,
    ...askServices(platform),
    loadCase: async (caseId) => (await journal.load(caseId)).map(({ record }) => record),
    putObject: objects.put,
    getObject: objects.get,
    answer: (answerTo, outcome) => {
      bus.publish(answerTo, JSON.stringify(outcome));
    },
    noteRefusal: intake.noteRefusal,
    noteOnce: (key, value) => intake.noteOnce(sha256(key), value),
    now: effects.now,
    log,
  };
};

const printer =
  (platform: Platform, ports: OioxmlPorts) =>
  async (message: unknown): Promise<unknown> => {
    const { bytes } = await printDelivery(ports, PrintDelivery.parse(message));
    return { mediaType: "application/xml", ...(await carry(platform.objects, bytes)) };
  };

/** A page for people of a document that the caller may see: who may see it is not decided here. */
const pager =
  (platform: Platform, { render }: Renderer) =>
  async (message: unknown): Promise<unknown> => {
    const { document, language } = RenderDocument.parse(message);
    const page = Buffer.from(await render(await carried(platform.objects, document), language));
    return { mediaType: "text/html; charset=utf-8", ...(await carry(platform.objects, page)) };
  };

/** What became of a document that is kept, for a transport that asks again. It is read with the ids that it was kept with. */
const readerAgain =
  ({ intake }: Platform, ports: OioxmlPorts) =>
  async (message: unknown): Promise<DocumentOutcome> => {
    const { intake: id, speaksFor } = ReadAgain.parse(message);
    const document = await intake.original(id);
    if (document === undefined) throw new Error("A document that was kept is not in INTAKE.");
    const told: DocumentOutcome[] = [];
    const answer = (_to: string, outcome: DocumentOutcome): void => void told.push(outcome);
    await takeDocument({ ...ports, answer }, { ...document, speaksFor, answerTo: id });
    const [outcome] = told;
    if (outcome === undefined) throw new Error("A document was read and nothing was told of it.");
    return outcome;
  };

export const startOioxml = async (
  platform: Platform,
  limits: DocumentLimits = defaultDocumentLimits,
): Promise<Part> => {
  const parser = createParser({ limits });
  const renderer = createRenderer({ limits });
  const ports = portsFrom(platform, parser);
  const printing = platform.bus.serve(printSubject("oioxml"), "oioxml", overJson(printer(platform, ports)));
  const rendering = platform.bus.serve(
    renderSubject("oioxml"),
    "oioxml",
    overJson(pager(platform, renderer)),
  );
  const readingAgain = platform.bus.serve(
    readAgainSubject("oioxml"),
    "oioxml",
    overJson(readerAgain(platform, ports)),
  );
  const taking = await platform.intake.take("oioxml", (document) => takeDocument(ports, document));
  return {
    stop: async () => {
      await taking.stop();
      await printing.stop();
      await rendering.stop();
      await renderer.stop();
      await readingAgain.stop();
      await parser.stop();
    },
  };
};
