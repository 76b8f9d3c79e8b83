import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { type DocumentOutcome, PrintDelivery, ReadAgain } from "../../contracts/messages/document.ts";
import { printSubject, readAgainSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { sha256 } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { carry } from "../../infra/nats/carried-bytes.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { readFhir } from "./codec/model/read-fhir.ts";
import type { FhirPorts } from "./ports.ts";
import { printDelivery } from "./print-delivery.ts";
import { takeMessage } from "./read-message.ts";

const portsFrom = (platform: Platform, limits: DocumentLimits): FhirPorts => {
  const { bus, journal, objects, intake, directory, log } = platform;
  return {
    ...askServices(platform),
    read: (bytes, mediaType) => readFhir(bytes, mediaType, limits),
    loadCase: async (caseId) => (await journal.load(caseId)).map(({ record }) => record),
    putObject: objects.put,
    getObject: objects.get,
    organisation: directory.organisation,
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
  (platform: Platform, ports: FhirPorts) =>
  async (message: unknown): Promise<unknown> => {
    const { mediaType, bytes } = await printDelivery(ports, PrintDelivery.parse(message));
    return { mediaType, ...(await carry(platform.objects, bytes)) };
  };

/** What became of a message that is kept, for a transport that asks again. It is read with the ids that it was kept with. */
const readerAgain =
  ({ intake }: Platform, ports: FhirPorts) =>
  async (message: unknown): Promise<DocumentOutcome> => {
    const { intake: id, speaksFor } = ReadAgain.parse(message);
    const told: DocumentOutcome[] = [];
    const answer = (_to: string, outcome: DocumentOutcome): void => void told.push(outcome);
    // Within the same budget as a first reading: many large ones at once must fit too.
    const found = await intake.again(id, (document) =>
      takeMessage({ ...ports, answer }, { ...document, speaksFor, answerTo: id }),
    );
    if (found === "unknown") throw new Error("A document that was kept is not in INTAKE.");
    const [outcome] = told;
    if (outcome === undefined) throw new Error("A document was read and nothing was told of it.");
    return outcome;
  };

export const startFhir = async (
  platform: Platform,
  limits: DocumentLimits = defaultDocumentLimits,
): Promise<Part> => {
  const ports = portsFrom(platform, limits);
  const { bus, intake } = platform;
  const printing = bus.serve(printSubject("fhir"), "fhir", overJson(printer(platform, ports)));
  const readingAgain = bus.serve(readAgainSubject("fhir"), "fhir", overJson(readerAgain(platform, ports)));
  const taking = await intake.take("fhir", (document) => takeMessage(ports, document));
  return {
    stop: async () => {
      await taking.stop();
      await printing.stop();
      await readingAgain.stop();
    },
  };
};
