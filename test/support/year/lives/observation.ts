import { instantAt } from "../days.ts";
import { act, hour, type Life, minute, nowOf, open, type Scene, someCitizen, whenever } from "../world.ts";

const nurse = { name: "Test Sygeplejerske" } as const;
const doctor = { name: "Test Læge", title: "Speciallæge i almen medicin" } as const;
const isbar = {
  identification: { unit: "Hjemmesygeplejen", name: "Test Sygeplejerske", callbackPhone: "90000030" },
  situation: { reason: "Tiltagende træt" },
  request: { asks: "Plan inden middag" },
} as const;
const usual = {
  respiration: 16,
  pulse: 72,
  systolic: 130,
  consciousness: "habituel",
  temperature: { value: 37, site: "rectal" },
} as const;
/** Values by their TOBS total, 0 to 5. */
const byTotal = [
  {},
  { pulse: 92 },
  { pulse: 112 },
  { pulse: 112, systolic: 95 },
  { pulse: 112, systolic: 75 },
  { pulse: 112, systolic: 75, consciousness: "tiltale" },
] as const;

const someTotal = ({ random }: Scene): number =>
  random.weighed([
    [0, 30],
    [1, 25],
    [2, 18],
    [3, 14],
    [4, 8],
    [5, 5],
  ]);

type Episode = { caseId: string; team: string };

const awaitsOf = ({ hub }: Scene, caseId: string) => hub.ofCase(caseId).at(-1)?.meta.card?.awaits ?? [];

/** The doctor who was asked makes a plan, and the team reads it. */
const planned = async function* (scene: Scene, { caseId, team }: Episode): Life {
  const { random, hub } = scene;
  const asked = awaitsOf(scene, caseId).find(({ who }) => who !== team);
  if (asked === undefined) return;
  yield whenever(scene, asked.who, 8);
  const validUntil = instantAt(hub.time() + 24 * hour);
  const plan = { kind: "advice", text: "Se an, mål igen.", author: doctor, validUntil };
  if (!random.chance(0.96) || !(await act(scene, asked.who, ["observation.makePlan", { caseId, plan }])))
    return;
  yield hub.time() + random.between(2, 20) * minute;
  await act(scene, team, ["observation.acknowledgePlan", { caseId, by: nurse }]);
};

/** When the team measures again: mostly a little before it is due. */
const again = (scene: Scene, { caseId, team }: Episode): number => {
  const { random, hub } = scene;
  const due = awaitsOf(scene, caseId).find(({ who }) => who === team)?.due;
  const repeat = due === undefined ? hub.time() + random.around(6) * hour : Date.parse(due);
  const off = random.chance(0.85) ? -random.between(1, 20) : random.between(5, 120);
  return Math.max(hub.time() + minute, repeat + off * minute);
};

/** An episode of a few measurements, with a doctor's plan where one was asked for. */
export const observation = async function* (scene: Scene): Life {
  const { random, hub } = scene;
  const { patient, practice, municipality } = someCitizen(scene);
  const team = municipality.gln;
  const measured = () => {
    const called = { gln: practice, name: "Lægehuset" };
    const call = { caller: nurse, called, number: "90000001", at: nowOf(scene), answeredBy: doctor };
    return { values: { ...usual, ...byTotal[someTotal(scene)] }, isbar, call };
  };
  const first = {
    messageId: scene.id,
    patient,
    practice,
    municipalityCode: municipality.code,
    measurement: measured(),
  };
  const caseId = await open(scene, team, ["observation.open", first]);
  if (caseId === undefined) return;
  yield* planned(scene, { caseId, team });
  for (let times = random.between(0, 3); times > 0; times--) {
    yield again(scene, { caseId, team });
    await act(scene, team, ["observation.measure", { caseId, measurement: measured() }]);
    yield* planned(scene, { caseId, team });
  }
  yield hub.time() + random.around(5) * hour;
  const outcome = random.chance(0.8) ? "recovered" : "admitted";
  await act(scene, team, ["observation.close", { caseId, outcome }]);
};
