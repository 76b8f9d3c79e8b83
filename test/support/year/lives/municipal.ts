import { dateOf, daysOn, inOffice, instantAt } from "../days.ts";
import { preventionTopics } from "../region.ts";
import { shares } from "../volumes.ts";
import {
  act,
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
import { callAt, common, conclusion, place, text } from "./referral.ts";

type Course = { caseId: string; receiver: string };

/** The citizen came: the course, and the note at its end. */
const course = async function* (scene: Scene, { caseId, receiver }: Course): Life {
  const { random, hub } = scene;
  yield hub.time() + random.between(30, 90) * day;
  const ended = { caseId, endedOn: dateOf(hub.time()) };
  if (!(await act(scene, receiver, ["referral.endCourse", ended]))) return;
  yield whenDone(scene, receiver, 50);
  await act(scene, receiver, ["referral.conclude", conclusion(caseId)]);
};

/** Invited to the talk. @returns whether the citizen came; `undefined`: it went no further */
const talk = async function* (
  scene: Scene,
  { caseId, receiver }: Course,
): AsyncGenerator<number, boolean | undefined, void> {
  const { random, hub } = scene;
  yield whenDone(scene, receiver, 90);
  const start = inOffice(daysOn(hub.time(), random.between(7, 21), "10:00"), random);
  const appointment = { start: instantAt(start), place };
  if (!(await act(scene, receiver, ["referral.invite", { caseId, appointment }]))) return undefined;
  yield start + hour;
  const came = !random.chance(3 * shares.noShow);
  const noted = { caseId, at: instantAt(start) };
  return (await act(scene, receiver, [came ? "referral.attended" : "referral.noShow", noted]))
    ? came
    : undefined;
};

export const preventionReferral = async function* (scene: Scene): Life {
  const { random, hub } = scene;
  const citizen = someCitizen(scene);
  const { practice, municipality } = citizen;
  const consent = { by: "Borgeren", on: dateOf(hub.time()) };
  const prevention = { topic: random.pick(preventionTopics), category: "sundhedspleje", consent };
  const receiver = municipality.centre;
  const to = { messageId: scene.id, kind: "prevention", to: { gln: receiver } };
  const caseId = await open(scene, practice, ["referral.send", { ...to, ...common(citizen), prevention }]);
  if (caseId === undefined || random.chance(shares.never)) return;
  for (const outcome of ["comes-later", "does-not-want"]) {
    const came = yield* talk(scene, { caseId, receiver });
    if (came === undefined) return;
    if (came) {
      yield* course(scene, { caseId, receiver });
      return;
    }
    yield whenDone(scene, receiver, 50);
    const followed = { caseId, at: nowOf(scene), how: "phone", outcome };
    if (!(await act(scene, receiver, ["referral.followUpNoShow", followed]))) return;
  }
};

export const acuteTeamReferral = async function* (scene: Scene): Life {
  const { random } = scene;
  const citizen = someCitizen(scene);
  const { practice, municipality } = citizen;
  const receiver = municipality.team;
  const acuteTeam = {
    call: callAt(nowOf(scene)),
    directNumber: "20109001",
    responsible: { name: "Test Lægesen" },
    urgency: random.chance(0.5) ? "acute" : "sub-acute",
  };
  const sending = {
    messageId: scene.id,
    kind: "acute-team",
    to: { gln: receiver },
    ...common(citizen),
    acuteTeam,
  };
  const caseId = await open(scene, practice, ["referral.send", sending]);
  if (caseId === undefined) return;
  yield whenever(scene, receiver, 6);
  if (random.chance(shares.declined)) {
    const declined = {
      caseId,
      reason: "no-capacity",
      advice: text,
      by: "Prøve Sygeplejersken",
      phone: "90000030",
    };
    await act(scene, receiver, ["referral.decline", declined]);
    return;
  }
  if (!(await act(scene, receiver, ["referral.accept", { caseId }]))) return;
  yield whenever(scene, receiver, 60);
  await act(scene, receiver, [
    "referral.startVisit",
    { caseId, at: nowOf(scene), by: "Prøve Sygeplejersken" },
  ]);
  yield whenever(scene, receiver, 50);
  await act(scene, receiver, ["referral.endVisit", { caseId, at: nowOf(scene) }]);
  yield whenever(scene, receiver, 50);
  await act(scene, receiver, ["referral.conclude", conclusion(caseId)]);
};
