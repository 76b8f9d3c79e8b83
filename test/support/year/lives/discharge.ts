import { daysOn, instantAt } from "../days.ts";
import { shares } from "../volumes.ts";
import {
  act,
  type Citizen,
  hour,
  type Life,
  minute,
  nowOf,
  open,
  type Scene,
  someCitizen,
  whenDone,
} from "../world.ts";

const text = "Hermed.";
const consent = { given: true, notedBy: "Sygeplejerske C. Eksempel" } as const;
const atDischarge = ["treatment-plan", "medication", "prescriptions"] as const;
const marks = [
  ["akut", 1],
  ["subakut", 3],
  ["rutine", 6],
] as const;

const homeVisit = async function* (
  scene: Scene,
  { caseId, practice, sent }: { caseId: string; practice: string; sent: number },
): Life {
  const { random, hub } = scene;
  yield Math.max(hub.time(), sent + random.around(5, 0.4) * 24 * hour);
  if (random.chance(0.1)) {
    await act(scene, practice, [
      "discharge.declineHomeVisit",
      { caseId, declinedBy: "citizen", reason: "Ønsker det ikke" },
    ]);
    return;
  }
  if (random.chance(0.08)) return;
  await act(scene, practice, [
    "discharge.holdHomeVisit",
    { caseId, heldAt: nowOf(scene), place: "home", note: text },
  ]);
};

type Stay = { caseId: string; citizen: Citizen; nursing: boolean; stays: number; admitted: number };

/** The municipality reports, the ward assesses and ticks off. @returns when the patient leaves */
const inside = async function* (scene: Scene, stay: Stay): AsyncGenerator<number, number, void> {
  const { random, hub } = scene;
  const { caseId, citizen, nursing, stays, admitted } = stay;
  const by = citizen.hospital.gln;
  const [report, assessed] = [admitted + random.around(9, 0.8) * hour, admitted + stays * 0.7];
  if (report < assessed) {
    yield report;
    await act(scene, citizen.municipality.gln, ["discharge.sendAdmissionReport", { caseId, text }]);
  }
  yield Math.max(hub.time(), assessed);
  const care = { municipalNursing: nursing, municipalCare: nursing };
  const assessment = {
    psychiatric: false,
    treatmentFinished: true,
    ...care,
    terminal: false,
    phone: "90000047",
  };
  await act(scene, by, ["discharge.assess", { caseId, ...assessment }]);
  await tick(scene, stay, 0.93);
  const day = daysOn(admitted + stays, 0, "11:00") + random.between(-90, 300) * minute;
  return Math.max(hub.time() + hour, day);
};

const tick = async (scene: Scene, { caseId, citizen }: Stay, share: number): Promise<void> => {
  for (const item of atDischarge) {
    const noted = { caseId, item, status: "done", person: "Test Sygeplejerske" };
    if (scene.random.chance(share)) await act(scene, citizen.hospital.gln, ["discharge.tick", noted]);
  }
};

const summaryOf = ({ random, id }: Scene, { caseId, nursing }: Stay, leaves: number) => {
  const visit = random.chance(shares.homeVisitWished)
    ? { asksHomeVisit: { reason: "Skrøbelig.", consent } }
    : {};
  const mark = { actionPriority: random.weighed(marks), recommendedAction: "Kontrol af kalium." };
  const marked = random.chance(shares.marked) ? mark : {};
  // Who has municipal nursing is under extended responsibility, and the summary says until when.
  const until = instantAt(leaves + 72 * hour);
  const extended = nursing ? { extendedResponsibility: { until, phone: "90000047" } } : {};
  const said = { resume: "Indlagt.", unit: "Afd.", dictatedBy: "Læge A. Testlund" };
  return { caseId, summaryId: `${id}-1`, ...said, ...visit, ...marked, ...extended };
};

/** Home again: the summary, the practice's review, and for some a visit. */
const afterwards = async function* (scene: Scene, stay: Stay, leaves: number): Life {
  const { random, hub } = scene;
  const { caseId, citizen, nursing } = stay;
  const by = citizen.hospital.gln;
  const summary = summaryOf(scene, stay, leaves);
  await tick(scene, stay, 1);
  if (nursing && random.chance(0.95)) await act(scene, by, ["discharge.sendCarePlan", { caseId, text }]);
  if (!random.chance(shares.summaryAtDischarge)) yield whenDone(scene, by, 24);
  if (!(await act(scene, by, ["discharge.sendSummary", summary]))) return;
  const sent = hub.time();
  if (random.chance(0.97)) {
    yield whenDone(scene, citizen.practice, "actionPriority" in summary ? 7 : 30);
    const { summaryId } = summary;
    const review = { caseId, summaryId, reviewer: "Test Læge", verdict: "agrees" };
    await act(scene, citizen.practice, ["discharge.review", review]);
  }
  if ("asksHomeVisit" in summary) yield* homeVisit(scene, { caseId, practice: citizen.practice, sent });
};

/** Admitted, prepared for, discharged, reviewed; for some the municipality comes in, and a home visit. */
export const stay = async function* (scene: Scene): Life {
  const { random, hub } = scene;
  const citizen = someCitizen(scene);
  const { patient, practice, municipality, hospital } = citizen;
  const department = random.pick(hospital.departments).gln;
  const told = (event: string) => {
    const base = { stayId: scene.id, patient, practice, municipality: municipality.gln, department };
    const happened = { messageId: `${scene.id} ${event}`, event, occurredAt: nowOf(scene) };
    return ["discharge.notify", { ...base, ...happened }] as const;
  };
  const caseId = await open(scene, hospital.gln, told("admitted"));
  if (caseId === undefined) return;
  const stays = Math.max(5 * hour, random.around(60, 0.8) * hour);
  const here = { caseId, citizen, nursing: random.chance(shares.nursing), stays, admitted: hub.time() };
  if (random.chance(shares.dead)) {
    yield here.admitted + stays;
    await act(scene, hospital.gln, told("dead"));
    return;
  }
  const leaves = yield* inside(scene, here);
  yield leaves;
  await act(scene, hospital.gln, told("discharged"));
  yield* afterwards(scene, here, leaves);
};

/** A summary of an outpatient visit, which nothing else is told of. */
export const outpatientSummary = async function* (scene: Scene): Life {
  const { random } = scene;
  const { patient, practice, hospital } = someCitizen(scene);
  const summaryId = `${scene.id}-1`;
  const marked = random.chance(shares.marked / 2)
    ? { actionPriority: random.weighed(marks), recommendedAction: "Kontrol." }
    : {};
  const summary = {
    summaryId,
    resume: "Set ambulant.",
    unit: "Afd.",
    dictatedBy: "Læge A. Testlund",
    ...marked,
  };
  const received = { messageId: scene.id, status: "new", form: "XDIS02", patient, practice, ...summary };
  const caseId = await open(scene, hospital.gln, ["discharge.receiveSummary", received]);
  if (caseId === undefined || !("actionPriority" in marked)) return;
  yield whenDone(scene, practice, 8);
  await act(scene, practice, [
    "discharge.review",
    { caseId, summaryId, reviewer: "Test Læge", verdict: "agrees" },
  ]);
};
