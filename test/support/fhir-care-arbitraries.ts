import fc from "fast-check";
import { careCategories } from "../../contracts/codes/fhir-care-communication.ts";
import type {
  CareAttachment,
  CareCommunication,
  CarePayload,
  CareText,
  Correspondent,
} from "../../contracts/fhir/care-communication.ts";
import {
  anyHead,
  anyInstant,
  anyLine,
  anyOrganisation,
  anyPatient,
  anyPractitioner,
  anyText,
  anyUri,
} from "./fhir-arbitraries.ts";

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
/** Optional fields are absent, never `undefined`. */
const present = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

const threadId: fc.Arbitrary<string> = fc.uuid().map((id) => `urn:uuid:${id}`);

const added = {
  id: threadId,
  assigner: maybe(anyOrganisation),
  at: anyInstant,
  contact: maybe(fc.record({ system: fc.constantFrom("phone", "email"), value: anyLine() })),
};

const text: fc.Arbitrary<CareText> = fc
  .record({ kind: fc.constant("text" as const), ...added, author: anyPractitioner, text: anyText(60) })
  .map((one) => present(one) as CareText);

const contentTypes = [
  "application/pdf",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/tiff",
  "image/bmp",
] as const;

/** An attachment, and its bytes when it has any. */
type Attached = { payload: CareAttachment; bytes?: Uint8Array };
const attachment: fc.Arbitrary<Attached> = fc
  .record({
    kind: fc.constant("attachment" as const),
    ...added,
    author: maybe(anyPractitioner),
    title: maybe(anyLine()),
    created: maybe(anyInstant),
    what: fc.oneof(
      fc.record({
        kind: fc.constant("bytes" as const),
        contentType: fc.constantFrom(...contentTypes),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      }),
      fc.record({
        kind: fc.constant("told" as const),
        contentType: fc.constantFrom(...contentTypes),
        sizeBytes: maybe(fc.nat(100_000)),
      }),
      fc.record({ kind: fc.constant("url" as const), url: anyUri }),
    ),
  })
  .map(({ what, ...rest }): Attached => {
    const { kind: _kind, ...said } = what;
    const { bytes, ...own } = { bytes: undefined, ...said };
    const size = bytes === undefined ? {} : { sizeBytes: bytes.length };
    const payload = present({ ...rest, ...own, ...size }) as CareAttachment;
    return bytes === undefined ? { payload } : { payload, bytes };
  });

const correspondent: fc.Arbitrary<Correspondent> = fc.oneof(
  anyPractitioner.map((one) => ({ kind: "practitioner" as const, ...one })),
  fc.record({ kind: fc.constant("team" as const), name: anyLine(), organisation: anyOrganisation }),
);

const encounter = fc
  .record({
    status: fc.constantFrom("unknown", "in-progress", "finished"),
    class: fc.record({
      system: fc.constant("http://terminology.hl7.org/CodeSystem/v3-ActCode"),
      code: fc.constantFrom("IMP", "AMB", "EMER"),
    }),
    episodes: fc.array(
      fc.record({ system: maybe(anyUri), value: anyLine() }).map((one) => present(one) as { value: string }),
      { minLength: 1, maxLength: 3 },
    ),
    serviceProvider: maybe(anyOrganisation),
  })
  .map((one) => present(one) as NonNullable<CareCommunication["encounter"]>);

export type AnyCare = { message: CareCommunication; contents: Map<string, Uint8Array> };

/** Any message that the typed contract can hold, with the bytes of its attachments. */
export const anyCareCommunication: fc.Arbitrary<AnyCare> = fc
  .record({
    head: anyHead({
      activity: fc.constantFrom("new-message", "reply-message", "forward-message"),
      added: fc.array(threadId, { minLength: 1, maxLength: 2 }),
    }),
    rest: fc
      .record({
        patient: anyPatient(),
        threadId,
        category: fc.constantFrom(...careCategories).map(({ system, code }) => ({ system, code })),
        priority: maybe(fc.constantFrom("routine" as const, "asap" as const)),
        topic: maybe(anyLine()),
        encounter: maybe(encounter),
        specificSender: maybe(correspondent),
        specificRecipient: maybe(correspondent),
      })
      .map(present),
    first: text,
    more: fc.array(
      fc.oneof(
        text.map((payload) => ({ payload })),
        attachment,
      ),
      { maxLength: 4 },
    ),
  })
  .map(({ head, rest, first, more }) => {
    const all: { payload: CarePayload; bytes?: Uint8Array }[] = [{ payload: first }, ...more];
    const contents = new Map(
      all.flatMap(({ payload, bytes }) => (bytes === undefined ? [] : [[payload.id, bytes] as const])),
    );
    const payloads = all.map(({ payload }) => payload);
    const message = { kind: "CareCommunication", version: "5.0", ...head, ...rest, payloads };
    return { message: message as CareCommunication, contents };
  });
