import type { Envelope } from "../../contracts/envelope.ts";
import type { FhirMessage, FhirMessageKind } from "../../contracts/fhir/fhir-message.ts";
import { fhirAnswerKey } from "../../contracts/fhir/message-id.ts";
import { type Problem, warning } from "../../contracts/problem.ts";
import { seenCases } from "../families/seen-cases.ts";
import type { NotRead } from "./codec/parts/not-read.ts";
import type { TypedMessage } from "./codec/typed-message.ts";
import { careOrder, withKept } from "./families/care-in.ts";
import { hospitalCommandId, readHospital } from "./families/hospital-in.ts";
import { observationCommandId, readObservation } from "./families/observation-in.ts";
import type { FhirPorts } from "./ports.ts";
import type { ToldProblem } from "./reliable/issues.ts";
import { citizenOf } from "./reliable/known-head.ts";
import { answerOrder } from "./reliable/read-answer.ts";

type Order = Pick<Envelope, "id" | "type" | "sender" | "payload" | "written" | "notes">;

/** A command, or why there is none. `mismatch`: an answer that names two messages. */
export type Ordered =
  | { readonly ok: true; readonly order: Order; readonly mismatch?: boolean }
  | { readonly ok: false; readonly problems: readonly ToldProblem[] };

/** A message of one kind, what its attachments hold, and what it says beyond. */
type Typed<Kind extends FhirMessageKind> = Omit<TypedMessage, "message"> & {
  readonly message: Extract<FhirMessage, { kind: Kind }>;
};

const mostNotes = 100;
const notesOf = (notRead: readonly NotRead[]): Problem[] =>
  notRead.map(({ path, text }) => warning(path, "not-read", text));

/** Attachments are kept before the command that names them is made. @returns their digests, by their ids in the message. */
const keep = async (
  { putObject }: FhirPorts,
  contents: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, string>> => {
  const digests = new Map<string, string>();
  for (const [id, bytes] of contents) digests.set(id, (await putObject(bytes)).digest);
  return digests;
};

const ofCare = async (
  ports: FhirPorts,
  { message, contents, notRead }: Typed<"CareCommunication">,
): Promise<Ordered> => {
  const kept = withKept(message, await keep(ports, contents));
  const nameOf = (gln: string): string | undefined => ports.organisation(gln)?.name;
  return { ok: true, order: careOrder({ message: kept, notRead }, { nameOf }) };
};

const wards: ReadonlySet<string> = new Set(["hospital", "department"]);

const ofHospital = async (
  ports: FhirPorts,
  { message, notRead }: Typed<"HospitalNotification">,
): Promise<Ordered> => {
  const { sender, patient } = message;
  const commandId = hospitalCommandId(message);
  const asked = { viewer: sender.gln, patient: { cpr: patient.cpr }, families: ["discharge"] } as const;
  const cases = await seenCases(ports, asked);
  const isWard = (gln: string): boolean => wards.has(ports.organisation(gln)?.kind ?? "");
  const order = readHospital(message, { commandId, cases, isWard });
  if (order === undefined) throw new Error("A notification without an activity was found in order.");
  const { type, payload, notes } = order;
  const all = [...notes, ...notesOf(notRead)].slice(0, mostNotes);
  return {
    ok: true,
    order: { id: commandId, type, sender: sender.gln, payload, written: message, notes: all },
  };
};

const ofObservation = async (
  ports: FhirPorts,
  { message, contents, notRead }: Typed<"HomeCareObservation">,
): Promise<Ordered> => {
  const { sender, patient } = message;
  const digests = await keep(ports, contents);
  const kept = {
    ...message,
    media: message.media.map((one) => {
      const digest = digests.get(one.id);
      return digest === undefined ? one : { ...one, digest };
    }),
  };
  const commandId = observationCommandId(kept);
  const asked = { patient: citizenOf(patient) ?? {}, families: ["observation"] } as const;
  const cases = await seenCases(ports, { viewer: sender.gln, ...asked });
  const reading = readObservation(kept, { commandId, cases });
  if (!reading.ok) return reading;
  const { type, payload, notes } = reading.order;
  const all = [...notes, ...notesOf(notRead)].slice(0, mostNotes);
  return { ok: true, order: { id: commandId, type, sender: sender.gln, payload, written: kept, notes: all } };
};

/** An answer leads to its delivery by who answers, too: two hospitals' messages may have one id. */
const ofAnswer = ({ message }: Pick<Typed<"Acknowledgement">, "message">): Ordered => {
  const { id, type, sender, payload, mismatch } = answerOrder(message);
  const { originalEnvelopeId, originalMessageId, ...rest } = payload;
  const keyed = {
    ...rest,
    originalEnvelopeId: fhirAnswerKey(sender, originalEnvelopeId),
    ...(originalMessageId === undefined
      ? {}
      : { originalMessageId: fhirAnswerKey(sender, originalMessageId) }),
  };
  return { ok: true, order: { id, type, sender, payload: keyed }, mismatch };
};

/** What a message in which no error was found asks of the hub. @throws Fault */
export const commandOfMessage = async (
  ports: FhirPorts,
  { message, ...rest }: TypedMessage,
): Promise<Ordered> => {
  switch (message.kind) {
    case "CareCommunication":
      return ofCare(ports, { message, ...rest });
    case "HospitalNotification":
      return ofHospital(ports, { message, ...rest });
    case "HomeCareObservation":
      return ofObservation(ports, { message, ...rest });
    case "Acknowledgement":
      return ofAnswer({ message });
  }
};
