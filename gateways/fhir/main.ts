import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { AnswerFault, PrintDelivery } from "../../contracts/messages/document.ts";
import { faultAnswerSubject, printSubject } from "../../contracts/subjects.ts";
import { sha256 } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { carry, inlineBytes } from "../../infra/nats/carried-bytes.ts";
import { overJson, parseJson } from "../../infra/nats/json.ts";
import { servePages } from "../../infra/nats/serve-pages.ts";
import { serveReadAgain } from "../../infra/nats/serve-read-again.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { forgetMemory } from "../apart/memory.ts";
import { answerFault } from "./answer-fault.ts";
import { createJudge, type Judge } from "./judge-apart.ts";
import type { FhirPorts } from "./ports.ts";
import { createPrinter, type Printer } from "./print-apart.ts";
import { orderOf, printDelivery } from "./print-delivery.ts";
import { takeMessage } from "./read-message.ts";
import { GivenAnswer } from "./reliable/given-answer.ts";
import { createMessageRenderer } from "./render-apart.ts";

export {
  benchFhir,
  type FhirBenchOptions,
  type FhirMeasured,
  leastToFhirPackage,
} from "./bench/bench-fhir.ts";
export * as conversion from "./convert.ts";
export { type ParsedMessage, parseMessage } from "./parse-message.ts";
export { renderMessage } from "./render/render-message.ts";

const portsFrom = (platform: Platform, { judge }: Judge, { print }: Printer): FhirPorts => {
  const { bus, journal, objects, intake, givenAnswers, directory, log } = platform;
  return {
    ...askServices(platform),
    judge,
    print,
    loadCase: async (caseId) => (await journal.load(caseId)).map(({ record }) => record),
    putObject: async (bytes) => {
      const kept = await objects.put(bytes);
      // A large attachment came in memory of its own, and whoever needs it from here on reads it from where it is kept.
      if (bytes.length > inlineBytes) await forgetMemory(bytes);
      return kept;
    },
    getObject: objects.get,
    organisation: directory.organisation,
    answer: (answerTo, outcome) => {
      bus.publish(answerTo, JSON.stringify(outcome));
    },
    noteRefusal: intake.noteRefusal,
    findAnswer: async (key) => {
      const found = await givenAnswers.find(sha256(key));
      return found === undefined ? undefined : GivenAnswer.parse(parseJson(found));
    },
    keepAnswer: async (key, answer) =>
      GivenAnswer.parse(parseJson(await givenAnswers.keep(sha256(key), JSON.stringify(answer)))),
    noteOnce: (key, value) => intake.noteOnce(sha256(key), value),
    now: platform.effects.now,
    log,
  };
};

/** Small messages wait for nobody. */
const ifLarge = (bytes: number): number => (bytes > inlineBytes ? bytes : 0);

const printer =
  (platform: Platform, ports: FhirPorts) =>
  async (message: unknown): Promise<unknown> => {
    const order = await orderOf(ports, PrintDelivery.parse(message));
    return platform.large.hold(ifLarge(order.bytesAttached), async () => {
      const { mediaType, bytes } = await printDelivery(ports, order);
      const document = await carry(platform.objects, bytes);
      // Whoever asked reads it from where it is kept now, and need not find it in memory twice.
      if ("digest" in document) await forgetMemory(bytes);
      return { mediaType, ...document };
    });
  };

export const startFhir = async (
  platform: Platform,
  limits: DocumentLimits = defaultDocumentLimits,
): Promise<Part> => {
  const judge = createJudge({ limits });
  const messages = createPrinter();
  const ports = portsFrom(platform, judge, messages);
  const renderer = createMessageRenderer({ limits });
  const { bus, intake } = platform;
  const rendering = servePages(platform, "fhir", renderer.render);
  const printing = bus.serve(printSubject("fhir"), "fhir", overJson(printer(platform, ports)));
  const readingAgain = serveReadAgain(platform, "fhir", (document, answer) =>
    takeMessage({ ...ports, answer }, document),
  );
  const answeringFaults = bus.serve(
    faultAnswerSubject("fhir"),
    "fhir",
    overJson((message) => answerFault(ports, AnswerFault.parse(message))),
  );
  const taking = await intake.take("fhir", (document) => takeMessage(ports, document));
  return {
    stop: async () => {
      await taking.stop();
      await printing.stop();
      await messages.stop();
      await rendering.stop();
      await renderer.stop();
      await readingAgain.stop();
      await answeringFaults.stop();
      await judge.stop();
    },
  };
};
