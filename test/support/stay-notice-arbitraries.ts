import fc from "fast-check";
import { withDanishOffset } from "../../contracts/danish-time.ts";
import type { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import type { StayNotice } from "../../contracts/letters/stay-notice.ts";
import { anyCorrespondent, anyCpr, anyLine } from "./fhir-arbitraries.ts";
import { anyHospitalNotification } from "./fhir-hospital-arbitraries.ts";

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;

/** A Danish wall-clock time, by day: no clock is put forward or back then. */
const anyLocal: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 6, max: 22 }),
    fc.integer({ min: 0, max: 59 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")))
  .map(([month = "", day = "", hour = "", minute = ""]) => `2026-${month}-${day}T${hour}:${minute}`);

const anyParty = fc
  .record({
    gln: fc.stringMatching(/^579000[0-9]{7}$/),
    identifier: fc.oneof(
      fc.record({ code: fc.constant("sorkode" as const), value: fc.stringMatching(/^[0-9]{15}$/) }),
      fc.record({
        code: fc.constantFrom("sygehusafdelingsnummer" as const, "kommunenummer" as const),
        value: fc.stringMatching(/^[0-9]{3,7}$/),
      }),
    ),
    organisation: anyLine(20),
    department: maybe(anyLine(20)),
    unit: maybe(anyLine(20)),
    phone: maybe(fc.constant("90000001")),
  })
  .map(present);

export const anyNotice: fc.Arbitrary<StayNotice> = fc
  .record({
    type: fc.constantFrom("XDIS17" as const, "XDIS20" as const),
    letterId: fc.stringMatching(/^[A-Z0-9]{5,14}$/),
    authorised: fc
      .tuple(anyLocal, fc.integer({ min: 10, max: 59 }))
      .map(([local, s]) => `${local}:${String(s)}`),
    notificationId: fc.oneof(
      fc.uuid().map((id) => id.replaceAll("-", "")),
      fc.stringMatching(/^[A-Za-z0-9-]{4,35}$/),
    ),
    status: fc.constantFrom("new" as const, "corrected" as const, "cancelled" as const),
    sender: anyParty,
    receiver: anyParty,
    elsewhere: maybe(fc.constant("5790000143054")),
    patient: fc
      .record({
        cpr: anyCpr,
        status: maybe(
          fc.constantFrom(
            "indlagt" as const,
            "doed" as const,
            "udskrevet_til_hjemmet" as const,
            "udskrevet_til_andet" as const,
            "uoplyst" as const,
          ),
        ),
      })
      .map(present),
    at: anyLocal,
  })
  .map(({ type, sender, receiver, elsewhere, ...rest }) => {
    const { department: _d, unit: _u, phone: _p, ...short } = receiver;
    const to = type === "XDIS20" ? (elsewhere ?? sender.gln) : elsewhere;
    return {
      ...rest,
      type,
      version: type === "XDIS20" ? ("XD2030C" as const) : ("XD1730C" as const),
      statisticalCode: type,
      sender,
      receiver: short,
      ...(to === undefined ? {} : { answerTo: to }),
      patient: rest.patient,
    };
  });

/** Half of them as plain as a letter can tell: one step, one id, whole minutes, an organisation with two numbers and a name. */
export const anyTold: fc.Arbitrary<HospitalNotification> = fc
  .tuple(anyHospitalNotification, fc.boolean(), anyCorrespondent, anyLocal, anyLocal)
  .map(([message, isPlain, other, start, end]) => {
    if (!isPlain) return message;
    const { gln, sor } = other;
    const sender = { gln, sor, otherIdentifiers: [], name: "Prøveafdelingen" };
    const [last] = message.history.slice(-1);
    if (last === undefined) throw new Error("no step");
    const { earlier: _e, recorded: _r, ...step } = last;
    const { leave: _l, ...stay } = message.stay;
    return {
      ...message,
      sender,
      receiver: { gln: other.gln, sor: other.sor, otherIdentifiers: [] },
      history: [{ ...step, by: sender, removes: false, occurred: withDanishOffset(start), added: [] }],
      patient: {
        cpr: message.patient.cpr,
        givenNames: [],
        ...(message.patient.deceased === undefined ? {} : { deceased: message.patient.deceased }),
      },
      stay: {
        ...stay,
        start: withDanishOffset(start),
        ...(stay.end === undefined ? {} : { end: withDanishOffset(end) }),
        serviceProvider: sender,
      },
    };
  });
