import { shares } from "../volumes.ts";
import { act, day, hour, type Life, open, type Scene, someCitizen, whenDone } from "../world.ts";

const say = (caseId: string) => ({ caseId, text: "Som aftalt." });

type Question = { caseId: string; practice: string; unit: string; mayConvert: boolean };

/** Passed on, asked back about. @returns the unit that has it then; `undefined`: it ended there */
const detours = async function* (
  scene: Scene,
  { caseId, practice, unit }: Question,
): AsyncGenerator<number, string | undefined, void> {
  const { random, region } = scene;
  let has = unit;
  if (random.chance(shares.redirected)) {
    yield whenDone(scene, has, 6);
    const others = region.hospitals
      .flatMap(({ departments }) => departments)
      .filter(({ gln }) => gln !== unit);
    const to = random.pick(others).gln;
    const passed = { caseId, to: { gln: to }, reason: "Hører til hos jer" };
    if (await act(scene, has, ["advice.redirect", passed])) has = to;
  }
  if (!random.chance(shares.askedBack)) return has;
  yield whenDone(scene, has, 10);
  if (!(await act(scene, has, ["advice.requestInformation", say(caseId)]))) return undefined;
  yield whenDone(scene, practice, 12);
  if (random.chance(0.9)) await act(scene, practice, ["advice.giveInformation", say(caseId)]);
  return has;
};

/** How it ends: mostly with an answer, now and then with a further question. */
const ending = async function* (scene: Scene, { caseId, practice, unit, mayConvert }: Question): Life {
  const { random } = scene;
  yield whenDone(scene, unit, 22);
  const other = mayConvert && random.chance(shares.converted) ? "advice.convert" : undefined;
  const type = other ?? (random.chance(shares.declined) ? "advice.decline" : "advice.answer");
  if (!(await act(scene, unit, [type, say(caseId)])) || type !== "advice.answer") return;
  if (!random.chance(shares.followUp)) return;
  yield whenDone(scene, practice, 20) + random.around(3) * day;
  if (!(await act(scene, practice, ["advice.askFollowUp", say(caseId)]))) return;
  yield whenDone(scene, unit, 22);
  await act(scene, unit, ["advice.answer", say(caseId)]);
};

/** A practice asks a specialist. */
export const specialistAdvice = async function* (scene: Scene): Life {
  const { random, hub } = scene;
  const { patient, practice, hospital } = someCitizen(scene);
  const unit = random.pick(hospital.departments).gln;
  const mayConvert = random.chance(0.6);
  const asked = {
    messageId: scene.id,
    to: { gln: unit },
    patient,
    subject: "Dosis?",
    question: "Hvad nu?",
    mayConvert,
  };
  const caseId = await open(scene, practice, ["advice.ask", asked]);
  if (caseId === undefined || random.chance(shares.never)) return;
  if (random.chance(shares.withdrawn)) {
    yield hub.time() + random.around(5) * hour;
    await act(scene, practice, ["advice.withdraw", { caseId, reason: "Løst" }]);
    return;
  }
  const has = yield* detours(scene, { caseId, practice, unit, mayConvert });
  if (has !== undefined) yield* ending(scene, { caseId, practice, unit: has, mayConvert });
};

/** A practice and a municipality write to one another. */
export const correspondence = async function* (scene: Scene): Life {
  const { random } = scene;
  const { patient, practice, municipality } = someCitizen(scene);
  const [by, unit] = random.chance(0.5) ? [practice, municipality.gln] : [municipality.gln, practice];
  const asked = {
    messageId: scene.id,
    kind: "correspondence",
    to: { gln: unit },
    patient,
    subject: "Medicin",
    question: "Kan I tage en blodprøve?",
  };
  const caseId = await open(scene, by, ["advice.ask", asked]);
  if (caseId === undefined || random.chance(shares.never)) return;
  yield whenDone(scene, unit, 14);
  if (random.chance(0.4)) await act(scene, unit, ["advice.markHandled", { caseId }]);
  else await act(scene, unit, ["advice.answer", say(caseId)]);
};
