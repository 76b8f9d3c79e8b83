import fc from "fast-check";
import { identifierSystems } from "../../contracts/codes/fhir-code.ts";
import type {
  FhirCorrespondent,
  FhirHead,
  FhirOrganisation,
  FhirPatient,
  FhirPractitioner,
  HistoryStep,
} from "../../contracts/fhir/parts.ts";

/** Typed parts of FHIR messages as any sender may have meant them, each in the one form that reading gives it. */

/** Danish letters, what XML and HTML must escape, line breaks and a character beyond the basic plane. */
const character = fc.constantFrom(...Array.from("aåÆø 1-&<>\"'/\n\té漢😀.#|"));
export const anyText = (max = 40): fc.Arbitrary<string> =>
  fc
    .array(character, { minLength: 1, maxLength: max })
    .map((characters) => characters.join("").trim())
    .filter((text) => text !== "");
export const anyLine = (max = 40): fc.Arbitrary<string> =>
  anyText(max).map((text) => text.replaceAll(/[\n\t]/g, "x"));
export const anyCode: fc.Arbitrary<string> = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,2}$/);
export const anyUri: fc.Arbitrary<string> = fc.stringMatching(/^http:\/\/[a-z]{2,8}\.dk\/[a-z]{1,8}$/);
export const anyId: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,35}$/);
const anyDigits = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9]{${String(length)}}$`));

export const anyInstant: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({
      min: new Date("2023-01-01T00:00:00Z"),
      max: new Date("2027-12-31T00:00:00Z"),
      noInvalidDate: true,
    }),
    fc.constantFrom("Z", "+01:00", "+02:00"),
    fc.boolean(),
  )
  .map(([date, offset, fine]) => date.toISOString().replace(fine ? "Z" : /\.\d{3}Z$/, offset));

/** Optional fields are absent, never `undefined`. */
const present = <Value extends object>(value: Value): Value => {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(kept) as Value;
};
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const gln = anyDigits(13);
const sor = anyDigits(15);

export const anyOrganisation: fc.Arbitrary<FhirOrganisation> = fc
  .record({
    gln: maybe(gln),
    sor: maybe(sor),
    ydernummer: maybe(anyDigits(6)),
    producerId: maybe(fc.constant("KAF")),
    otherIdentifiers: fc.array(fc.record({ system: anyUri, value: anyLine() }), { maxLength: 2 }),
    name: maybe(anyLine()),
    contactInitials: maybe(fc.option(anyLine(8), { nil: null })),
    phone: maybe(anyDigits(8)),
  })
  .map((organisation) => present(organisation) as FhirOrganisation);

export const anyCorrespondent: fc.Arbitrary<FhirCorrespondent> = fc
  .tuple(anyOrganisation, gln, sor)
  .map(([organisation, itsGln, itsSor]) => ({ ...organisation, gln: itsGln, sor: itsSor }));

export const anyPractitioner: fc.Arbitrary<FhirPractitioner> = fc
  .record({
    role: maybe(
      fc.oneof(
        fc.record({ kind: fc.constant("code" as const), system: anyUri, code: anyCode }),
        fc.record({ kind: fc.constant("text" as const), text: anyLine() }),
      ),
    ),
    surname: maybe(anyLine()),
    givenNames: fc.array(anyLine(), { maxLength: 2 }),
    phone: maybe(anyDigits(8)),
    organisation: maybe(anyOrganisation),
  })
  .map((practitioner) => present(practitioner) as FhirPractitioner);

export const anyCpr: fc.Arbitrary<string> = fc.constantFrom("0101650001", "0107560106", "2203570000");

/** `only`: the message type takes no replacement numbers. */
export const anyPatient = (only?: "cpr"): fc.Arbitrary<FhirPatient> =>
  fc
    .record({
      cpr: anyCpr,
      national: only === "cpr" ? fc.constant(undefined) : maybe(fc.constant("0101651AB1")),
      regional:
        only === "cpr"
          ? fc.constant(undefined)
          : maybe(
              fc.record({
                system: fc.constantFrom(identifierSystems.regional, `${identifierSystems.regional}.181`),
                value: fc.constant("0101655AB1"),
              }),
            ),
      surname: maybe(anyLine()),
      givenNames: fc.array(anyLine(), { maxLength: 2 }),
      address: maybe(
        fc
          .record({
            lines: fc.array(anyLine(), { minLength: 1, maxLength: 2 }),
            city: maybe(anyLine()),
            postCode: maybe(anyDigits(4)),
          })
          .map(present),
      ),
      telecoms: maybe(
        fc.array(
          fc
            .record({
              system: maybe(fc.constant("phone")),
              value: anyLine(),
              use: maybe(fc.constant("home")),
            })
            .map(present),
          { minLength: 1, maxLength: 2 },
        ),
      ),
      deceased: maybe(fc.boolean()),
      managingOrganisation: maybe(anyOrganisation),
    })
    .map((patient) => present(patient) as FhirPatient);

export interface AnyStep {
  readonly activity: fc.Arbitrary<string>;
  /** Ids of payloads that a step brought. */
  readonly added?: fc.Arbitrary<string[]>;
}

/** Steps that follow one another: each names the one before. */
export const anyHistory = (messageId: string, { activity, added }: AnyStep): fc.Arbitrary<HistoryStep[]> =>
  fc
    .array(
      fc.record({
        id: anyId.map((id) => `b-${id}`),
        occurred: anyInstant,
        recorded: maybe(anyInstant),
        activity,
        by: anyOrganisation,
        letter: maybe(anyLine(30)),
        removes: fc.boolean(),
        added: added ?? fc.constant<string[]>([]),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps) => {
      const ids = steps.map(({ id }, at) => (at === steps.length - 1 ? messageId : `${String(at)}-${id}`));
      return steps.map(({ id: _, recorded, letter, removes, ...step }, at): HistoryStep => {
        const before = ids[at - 1];
        const earlier =
          before === undefined
            ? letter === undefined
              ? undefined
              : { kind: "letter" as const, value: letter }
            : { kind: "message" as const, messageId: before };
        return {
          ...step,
          messageId: ids[at] ?? "",
          ...(recorded === undefined || recorded === step.occurred ? {} : { recorded }),
          ...(earlier === undefined ? {} : { earlier }),
          removes: removes && earlier !== undefined,
        };
      });
    });

export const anyHead = (step: AnyStep): fc.Arbitrary<FhirHead> =>
  fc
    .record({
      bundleId: anyId,
      created: anyInstant,
      messageId: anyId,
      sender: anyCorrespondent,
      receiver: anyCorrespondent,
    })
    .chain((head) => anyHistory(head.messageId, step).map((history) => ({ ...head, history })));
