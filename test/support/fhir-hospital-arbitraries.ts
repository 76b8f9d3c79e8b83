import fc from "fast-check";
import { hospitalForms } from "../../contracts/codes/fhir-hospital-codes.ts";
import type { HospitalNotification } from "../../contracts/fhir/hospital-notification.ts";
import {
  anyCorrespondent,
  anyHead,
  anyInstant,
  anyLine,
  anyOrganisation,
  anyPatient,
  anyUri,
} from "./fhir-arbitraries.ts";

const activities = hospitalForms.flatMap(({ activity }) => activity ?? []);

const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const anyStay: fc.Arbitrary<HospitalNotification["stay"]> = fc
  .record({
    status: fc.constantFrom("in-progress", "onleave", "finished", "entered-in-error"),
    class: fc.constantFrom("IMP", "EMER"),
    episodes: fc.array(
      fc.oneof(
        fc.record({ system: anyUri, value: fc.uuid() }),
        fc.record({
          system: fc.constant("https://www.esundhed.dk/Registre/Landspatientregisteret"),
          value: fc.uuid({ version: 5 }).map((id) => `urn:uuid:${id}`),
        }),
        fc.record({ system: anyUri, value: anyLine() }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    start: anyInstant,
    end: maybe(anyInstant),
    leave: maybe(fc.record({ start: anyInstant, end: maybe(anyInstant) }).map(present)),
    serviceProvider: anyOrganisation,
  })
  .map((stay) => present(stay) as HospitalNotification["stay"]);

const anyReport = fc
  .oneof(
    fc.record({ wanted: fc.boolean(), recipient: maybe(anyCorrespondent) }),
    fc.record({ recipient: anyCorrespondent }),
  )
  .map((report) => present(report) as NonNullable<HospitalNotification["admissionReport"]>);

/** Any that its contract allows, in step with the clinical rules or not. */
export const anyHospitalNotification: fc.Arbitrary<HospitalNotification> = fc
  .record({
    head: anyHead({ activity: fc.constantFrom(...activities) }),
    patient: anyPatient("cpr"),
    stay: anyStay,
    admissionReport: maybe(anyReport),
  })
  .map(({ head, patient, stay, admissionReport }) => ({
    kind: "HospitalNotification" as const,
    version: "3.0" as const,
    ...head,
    patient: patient as HospitalNotification["patient"],
    stay,
    ...(admissionReport === undefined ? {} : { admissionReport }),
  }));

/** One that keeps the rules of the standard: its class, status and history are those of its code. */
export const anySoundNotification: fc.Arbitrary<HospitalNotification> = fc
  .tuple(anyHospitalNotification, fc.constantFrom(...hospitalForms), anyCorrespondent, anyCorrespondent)
  .map(([message, form, sender, receiver]) => {
    const activity = form.activity ?? "start-leave-inpatient";
    const status = form.status ?? "onleave";
    const step = { occurred: message.created, by: sender, removes: false, added: [] };
    const first = { ...step, messageId: "first", activity: activity.replace(/^(revise|cancel)-/, "") };
    const last = {
      ...step,
      messageId: message.messageId,
      activity,
      earlier: { kind: "message" as const, messageId: "first" },
      removes: form.act === "cancel",
    };
    const { deceased: _, managingOrganisation: __, ...patient } = message.patient;
    const episodes = message.stay.episodes.filter(
      ({ system }, at, all) => all.findIndex((one) => one.system === system) === at,
    );
    const stay = { ...message.stay, episodes, leave: { start: message.stay.start } };
    const { admissionReport: ___, ...told } = message;
    return {
      ...told,
      sender,
      receiver,
      history: [first, last],
      patient: { ...patient, ...(form.deceased === undefined ? {} : { deceased: form.deceased }) },
      stay: { ...stay, status, class: form.class ?? "IMP", serviceProvider: sender },
    };
  });
