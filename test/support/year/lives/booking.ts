import { daysOn, instantAt, msAt } from "../days.ts";
import { shares } from "../volumes.ts";
import {
  act,
  hour,
  type Life,
  minute,
  type OpenSlot,
  open,
  type Scene,
  someCitizen,
  whenever,
} from "../world.ts";

/** A visitation publishes times of the day and of the next, every day of the year. */
export const publishing = async function* (scene: Scene, dates: readonly string[], visitation: string): Life {
  const { slots, random, citizens } = scene;
  // Few citizens want few times: a whole region's would be most of the records of a small share.
  const published = Math.min(1, 0.25 + citizens / 65_000);
  for (const [i, date] of dates.entries()) {
    yield msAt(date, "06:30");
    const starts = [daysOn(scene.hub.time(), 0, "13:00"), daysOn(scene.hub.time(), 1, "09:30")];
    for (const [n, start] of starts.entries()) {
      if (!random.chance(published)) continue;
      const places = random.between(1, 3);
      const slot = {
        messageId: `${visitation}-${String(i)}-${String(n)}`,
        speciality: "kardiologi",
        start: instantAt(start),
        lengthMinutes: 30,
        place: "Indgang 4",
        places,
      };
      const slotId = await open(scene, visitation, ["booking.publish", slot]);
      if (slotId !== undefined) slots.push({ slotId, visitation, start, left: places });
    }
    while (slots[0] !== undefined && slots[0].start < scene.hub.time()) slots.shift();
  }
};

const freeSlot = ({ slots, hub, random }: Scene, visitation: string): OpenSlot | undefined => {
  const late = random.chance(0.2);
  const open = slots.filter(
    (slot) => slot.visitation === visitation && slot.left > 0 && slot.start > hub.time() + hour,
  );
  return late ? open.at(-1) : open[0];
};

const attend = async function* (
  scene: Scene,
  { visitation, caseId, start }: { visitation: string; caseId: string; start: number },
): Life {
  const { random, hub } = scene;
  if (random.chance(0.04)) return;
  yield Math.max(hub.time(), start + hour);
  await act(scene, visitation, [
    random.chance(shares.noShow) ? "booking.noShow" : "booking.attended",
    { caseId },
  ]);
};

/** A practice books a time that it finds. */
export const slotBookedDirectly = async function* (scene: Scene): Life {
  const { patient, practice, hospital } = someCitizen(scene);
  const { visitation } = hospital;
  const slot = freeSlot(scene, visitation);
  if (slot === undefined) return;
  slot.left -= 1;
  const caseId = await open(scene, practice, [
    "booking.bookDirectly",
    { messageId: scene.id, slotId: slot.slotId, patient },
  ]);
  if (caseId !== undefined) yield* attend(scene, { visitation, caseId, start: slot.start });
};

/** A practice asks the visitation for one. */
export const slotRequested = async function* (scene: Scene): Life {
  const { random, hub } = scene;
  const { patient, practice, hospital } = someCitizen(scene);
  const { visitation } = hospital;
  const asked = {
    messageId: scene.id,
    to: { gln: visitation },
    patient,
    reason: "Nyopstået åndenød",
    callbackPhone: "90000001",
  };
  const caseId = await open(scene, practice, ["booking.request", asked]);
  if (caseId === undefined) return;
  for (let tries = 0; tries < 2; tries++) {
    yield whenever(scene, visitation, 14);
    const slot = freeSlot(scene, visitation);
    if (slot === undefined) {
      await act(scene, visitation, ["booking.answerNone", { caseId }]);
      return;
    }
    slot.left -= 1;
    if (!(await act(scene, visitation, ["booking.offer", { caseId, slotId: slot.slotId }]))) return;
    yield hub.time() + random.between(2, 50) * minute;
    if (tries === 0 && random.chance(0.08)) {
      await act(scene, practice, ["booking.declineOffer", { caseId, reason: "Kan ikke den dag" }]);
      continue;
    }
    if (await act(scene, practice, ["booking.acceptOffer", { caseId }]))
      yield* attend(scene, { visitation, caseId, start: slot.start });
    return;
  }
};
