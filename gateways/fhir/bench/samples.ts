import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { FhirMessage } from "../../../contracts/fhir/fhir-message.ts";
import { printFhir } from "../codec/model/print-fhir.ts";
import type { FhirFormat } from "../codec/model/read-fhir.ts";
import { bundleOf, type TypedMessage } from "../codec/typed-message.ts";
import { parseMessage } from "../parse-message.ts";

/** A message that can be taken, in one format. */
export interface Sample {
  readonly name: string;
  readonly format: FhirFormat;
  readonly bytes: Uint8Array;
  readonly typed: TypedMessage;
}

const idFor = (name: string): string => `bench-${name.replace(/[^A-Za-z0-9]/g, "-")}`.slice(0, 64);

export const printed = (typed: TypedMessage, format: FhirFormat): Uint8Array =>
  printFhir(bundleOf(typed.message, { idFor, contents: typed.contents }), format);

/** A scanned page. */
const attachmentBytes = 60_000;
const attached = "urn:uuid:5e9f0c1a-7b2d-4e63-8a41-0000000000a1";

const isCare = (message: FhirMessage): message is CareCommunication => message.kind === "CareCommunication";

/** The correspondence with an attachment more. */
const withAttachment = ({ name, format, typed }: Sample): Sample[] => {
  const { message } = typed;
  const [first] = isCare(message) ? message.payloads : [];
  if (!isCare(message) || first === undefined) return [];
  const { at, assigner, author } = first;
  const payload = {
    kind: "attachment" as const,
    id: attached,
    at,
    ...(assigner === undefined ? {} : { assigner }),
    ...(author === undefined ? {} : { author }),
    contentType: "application/pdf",
    title: "Bilag",
    created: at,
    sizeBytes: attachmentBytes,
  };
  const history = message.history.map((step) =>
    step.messageId === message.messageId ? { ...step, added: [...step.added, attached] } : step,
  );
  const bytes = Buffer.from(Array.from({ length: attachmentBytes }, (_, at) => (at * 131) % 251));
  const all = {
    message: { ...message, history, payloads: [...message.payloads, payload] },
    contents: new Map([...typed.contents, [attached, bytes]]),
    notRead: [],
  };
  return [taken(name.replace(/(?=\.\w+$)/, " with 60 KB attached"), printed(all, format))];
};

/** @throws of what cannot be taken, which says nothing of how fast a message is read. */
export const taken = (name: string, bytes: Uint8Array): Sample => {
  const parsed = parseMessage(bytes);
  if (parsed.kind === "message") return { name, format: parsed.format, bytes, typed: parsed };
  const wrong = parsed.problems.map(({ path, code }) => `${code} ${path}`);
  throw new Error(`${name} cannot be taken: ${wrong.join(", ")}`);
};

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:xml|json)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
};

interface Found {
  readonly samples: readonly Sample[];
  /** Files that hold no message that can be taken. */
  readonly left: readonly string[];
}

/** The messages of a folder and of those in it; the correspondence of the hub's own also with an attachment. */
export const readSamples = async (folder: string, isOwn: boolean): Promise<Found> => {
  const samples: Sample[] = [];
  const left: string[] = [];
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file);
    const name = file.slice(folder.length + 1);
    if (parseMessage(bytes).kind !== "message") left.push(name);
    else {
      const sample = taken(name, bytes);
      samples.push(sample, ...(isOwn ? withAttachment(sample) : []));
    }
  }
  return { samples, left };
};
