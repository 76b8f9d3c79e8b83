import { dateOf, daysOn, inOffice, instantAt } from "../days.ts";
import { examinations } from "../region.ts";
import { shares } from "../volumes.ts";
import {
  act,
  type Citizen,
  day,
  hour,
  type Life,
  nowOf,
  open,
  type Scene,
  someCitizen,
  whenDone,
  whenever,
} from "../world.ts";

export const place = "Indgang 4";
export const text = "Hermed.";

export const common = ({ patient, municipality }: Citizen) => ({
  patient: { ...patient, telephones: [{ number: "90000001", code: "mobil" }] },
  referrer: { name: "Test Lægesen", phone: "90000002" },
  municipality: municipality.code,
  refer: { code: "DE050", codeType: "SKSdiagnosekode", text: "Udredning" },
  priority: "elektiv",
  referralStatus: "ambulant",
  clinicalReason: "Udredning?",
  anamnesis: "Træt i tre måneder.",
  examination: "Upåfaldende.",
  actualMedicine: "Ingen.",
  cave: "Ingen.",
});

export const callAt = (at: string) => ({
  at,
  by: "Test Lægesen",
  number: "90000030",
  answeredBy: "Prøve Sygeplejersken",
});

type Sent = { caseId: string; sender: string; receiver: string };

/** The wrong unit has it, and passes it on; now and then it says so first. @returns who has it then */
const passedOn = async function* (
  scene: Scene,
  { caseId, receiver }: Sent,
  others: readonly string[],
): AsyncGenerator<number, string, void> {
  const { random } = scene;
  if (others.length === 0 || !random.chance(shares.redirected)) return receiver;
  const reason = "Ikke her";
  if (random.chance(0.5)) await act(scene, receiver, ["referral.markMisdirected", { caseId, reason }]);
  yield whenDone(scene, receiver, 6);
  const to = random.pick(others);
  const passed = await act(scene, receiver, ["referral.forward", { caseId, to: { gln: to }, reason }]);
  yield whenDone(scene, to, 5);
  return passed ? to : receiver;
};

const askedBack = async function* (scene: Scene, { caseId, sender, receiver }: Sent): Life {
  if (!scene.random.chance(shares.askedBack / 2)) return;
  if (!(await act(scene, receiver, ["referral.requestInformation", { caseId, text }]))) return;
  yield whenDone(scene, sender, 8);
  await act(scene, sender, ["referral.giveInformation", { caseId, text }]);
  yield whenDone(scene, receiver, 5);
};

/** Triage: from sent to accepted, with questions back and detours. `undefined`: it ended there. */
const triage = async function* (
  scene: Scene,
  sent: Sent,
  others: readonly string[],
): AsyncGenerator<number, Sent | undefined, void> {
  const { random, hub } = scene;
  const { caseId, sender, receiver } = sent;
  if (random.chance(shares.never)) return undefined;
  if (random.chance(shares.withdrawn)) {
    yield hub.time() + random.around(10) * hour;
    await act(scene, sender, ["referral.withdraw", { caseId, reason: "Løst" }]);
    return undefined;
  }
  yield whenDone(scene, receiver, 5);
  const has = { caseId, sender, receiver: yield* passedOn(scene, sent, others) };
  yield* askedBack(scene, has);
  if (random.chance(0.03)) {
    const who = { doctor: "Overlæge Prøve", phone: "90000011" };
    const returned = { caseId, reason: "not-indicated", advice: text, ...who };
    await act(scene, has.receiver, ["referral.return", returned]);
    return undefined;
  }
  return (await act(scene, has.receiver, ["referral.accept", { caseId }])) ? has : undefined;
};

/** Booked, perhaps missed and booked again, attended. @returns whether the citizen came. */
const visit = async function* (
  scene: Scene,
  { caseId, receiver }: Sent,
  waitDays: number,
): AsyncGenerator<number, boolean, void> {
  const { random, hub } = scene;
  yield whenDone(scene, receiver, 20);
  for (let tries = 0; tries < 3; tries++) {
    const start = inOffice(
      daysOn(hub.time(), Math.max(1, Math.round(random.around(waitDays, 0.4))), "09:00"),
      random,
    );
    const appointment = { start: instantAt(start), place };
    if (!(await act(scene, receiver, ["referral.book", { caseId, appointment }]))) return false;
    if (tries === 0 && random.chance(0.97))
      await act(scene, receiver, ["referral.noticeSent", { caseId, sentOn: dateOf(hub.time()) }]);
    yield start + hour;
    if (!random.chance(shares.noShow))
      return act(scene, receiver, ["referral.attended", { caseId, at: instantAt(start) }]);
    if (!(await act(scene, receiver, ["referral.noShow", { caseId, at: instantAt(start) }]))) return false;
    yield whenDone(scene, receiver, 20);
    const comes = random.chance(0.8);
    const followed = {
      caseId,
      at: nowOf(scene),
      how: "phone",
      outcome: comes ? "comes-later" : "not-reached",
    };
    if (!(await act(scene, receiver, ["referral.followUpNoShow", followed])) || !comes) return false;
  }
  return false;
};

export const conclusion = (caseId: string) => ({ caseId, text, signedBy: { name: "Overlæge Prøve" } });

const somatic = (kind: "hospital" | "psychiatry" | "cancer", waitDays: number) =>
  async function* (scene: Scene): Life {
    const { random, region } = scene;
    const citizen = someCitizen(scene);
    const { departments } = citizen.hospital;
    const receiver = kind === "psychiatry" ? region.psychiatry : random.pick(departments).gln;
    const more = {
      hospital: {},
      cancer: { cancer: { package: "lungekræft", suspicion: "Infiltrat." } },
      psychiatry: {
        psychiatry: {
          somaticWorkUp: { status: "finished", result: "Normal." },
          symptoms: "Nedtrykt.",
          earlierIllness: "Ingen.",
          motivation: "God.",
          social: "Bor alene.",
          misuse: "Intet.",
        },
      },
    }[kind];
    const sending = { messageId: scene.id, kind, to: { gln: receiver }, ...common(citizen), ...more };
    const caseId = await open(scene, citizen.practice, ["referral.send", sending]);
    if (caseId === undefined) return;
    const others =
      kind === "psychiatry" ? [] : departments.map(({ gln }) => gln).filter((gln) => gln !== receiver);
    const sent = yield* triage(scene, { caseId, sender: citizen.practice, receiver }, others);
    if (sent === undefined || !(yield* visit(scene, sent, waitDays))) return;
    yield whenDone(scene, sent.receiver, 20) + random.between(0, 5) * day;
    if (kind !== "cancer" && random.chance(0.5))
      await act(scene, sent.receiver, [
        "referral.settleDiagnosis",
        { caseId, outcome: "diagnosed", on: dateOf(scene.hub.time()) },
      ]);
    yield whenDone(scene, sent.receiver, 20);
    await act(scene, sent.receiver, ["referral.conclude", conclusion(caseId)]);
  };

export const hospitalReferral = somatic("hospital", 11);
export const psychiatryReferral = somatic("psychiatry", 13);
export const cancerReferral = somatic("cancer", 7);

export const imagingReferral = async function* (scene: Scene): Life {
  const { random } = scene;
  const citizen = someCitizen(scene);
  const { practice, hospital } = citizen;
  const imaging = {
    examination: random.pick(examinations),
    egfr: { value: ">90", measuredOn: dateOf(scene.hub.time() - 2 * day) },
    earlierTests: "UL uden fund.",
  };
  const sending = {
    messageId: scene.id,
    kind: "imaging",
    to: { gln: hospital.radiology },
    ...common(citizen),
    imaging,
  };
  const caseId = await open(scene, practice, ["referral.send", sending]);
  if (caseId === undefined) return;
  const sent = yield* triage(scene, { caseId, sender: practice, receiver: hospital.radiology }, []);
  if (sent === undefined || !(yield* visit(scene, sent, 6))) return;
  yield whenDone(scene, sent.receiver, 8);
  const critical = random.chance(0.02);
  if (!(await act(scene, sent.receiver, ["referral.conclude", { ...conclusion(caseId), critical }]))) return;
  if (critical) {
    yield whenever(scene, sent.receiver, 60);
    await act(scene, sent.receiver, ["referral.phoneFinding", { caseId, phoned: callAt(nowOf(scene)) }]);
  }
  yield whenDone(scene, practice, 20);
  await act(scene, practice, ["referral.reviewResult", { caseId }]);
};
