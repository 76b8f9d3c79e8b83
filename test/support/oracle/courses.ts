import { complete } from "../referral-complete.ts";
import { who } from "../region-view.ts";
import type { RestHub } from "../rest-hub.ts";
import type { Random } from "../year/random.ts";
import type { Secrets } from "./secrets.ts";

/** What can be asked for by name: every id that came to be. */
export type Names = { cases: string[]; deliveries: string[]; patients: string[]; messages: string[] };

type World = { hub: RestHub; chance: Random; secrets: Secrets; names: Names };

const practices = [who.practice, who.otherPractice];
const units = [who.endocrinology, who.cardiology];

/** A citizen of one case alone: born in a year of the last century, of the series that it belongs to. */
const citizen = (no: number): { cpr: string; surname: string } => ({
  cpr: `010756${String(1000 + no)}`,
  surname: `Prøve hemmelig-${String(no)}-x`,
});

const noted = ({ names }: World, caseId: string, no: number, messageId: string): void => {
  names.cases.push(caseId);
  names.patients.push(citizen(no).cpr);
  names.messages.push(messageId);
  for (const record of [1, 2, 3, 4])
    for (const which of [0, 1]) names.deliveries.push(`${caseId}.${String(record)}.${String(which)}`);
};

const keepCitizen = ({ secrets }: World, no: number, caseId: string, ...told: string[]): void => {
  secrets.keep(`hemmelig-${String(no)}-x`, ...told);
  secrets.keep(citizen(no).cpr, ...told);
  secrets.keep(caseId, ...told);
};

/** A question, perhaps passed on to another unit, and an answer. */
const ask = async (world: World, no: number): Promise<void> => {
  const { hub, chance, secrets } = world;
  const [practice, first] = [chance.pick(practices), chance.pick(units)];
  const second = chance.chance(0.6) ? units.find((unit) => unit !== first) : undefined;
  const messageId = `spg-${String(no)}`;
  const body = {
    ...{ messageId, to: { gln: first }, patient: citizen(no), attachments: [] },
    ...{ subject: "Prøve", question: `hemmelig-${String(no)}-x` },
  };
  const { caseId } = await hub.act(practice, "advice-ask", { body });
  if (second !== undefined)
    await hub.act(first, "advice-redirect", { in: caseId, body: { to: { gln: second } } });
  const text = `siden-${String(no)}-x`;
  await hub.act(second ?? first, "advice-answer", { in: caseId, body: { text, attachments: [] } });
  keepCitizen(world, no, caseId, practice, first, ...(second === undefined ? [] : [second]));
  secrets.keep(text, practice, second ?? first);
  noted(world, caseId, no, messageId);
};

/** A referral, perhaps forwarded, and a question back. */
const refer = async (world: World, no: number): Promise<void> => {
  const { hub, chance, secrets } = world;
  const [practice, first] = [chance.pick(practices), chance.pick(units)];
  const second = chance.chance(0.6) ? units.find((unit) => unit !== first) : undefined;
  const messageId = `henv-${String(no)}`;
  const content = { ...complete.hospital, patient: citizen(no), clinicalReason: `hemmelig-${String(no)}-x` };
  const body = { messageId, kind: "hospital", to: { gln: first }, ...content };
  const { caseId } = await hub.act(practice, "referral-send", { body });
  if (second !== undefined)
    await hub.act(first, "referral-forward", { in: caseId, body: { to: { gln: second } } });
  const text = `siden-${String(no)}-x`;
  await hub.act(second ?? first, "referral-requestInformation", { in: caseId, body: { text } });
  keepCitizen(world, no, caseId, practice, first, ...(second === undefined ? [] : [second]));
  secrets.keep(text, practice, second ?? first);
  noted(world, caseId, no, messageId);
};

/** A stay, and the municipality's report, which is not the practice's to read. */
const stay = async (world: World, no: number): Promise<void> => {
  const { hub, secrets } = world;
  const [hospital, ward, municipality] = [who.otherHospital, who.geriatrics, "5790000300020"];
  const messageId = `adv-${String(no)}`;
  const occurredAt = new Date(Date.now() - 3_600_000).toISOString();
  const body = {
    ...{ messageId, stayId: `ophold-${String(no)}`, patient: citizen(no), municipality },
    ...{ practice: who.practice, event: "admitted", occurredAt, department: ward },
  };
  const { caseId } = await hub.act(hospital, "discharge-notify", { body });
  const text = `brev-${String(no)}-x`;
  await hub.act(municipality, "discharge-sendAdmissionReport", {
    in: caseId,
    body: { text, attachments: [] },
  });
  keepCitizen(world, no, caseId, hospital, ward, municipality, who.practice);
  secrets.keep(text, hospital, ward, municipality);
  noted(world, caseId, no, messageId);
};

/** So many random courses through a running hub, each with its own citizen, its own words and its own parties. */
export const playCourses = async (world: World, many: number): Promise<void> => {
  for (let no = 0; no < many; no++) await world.chance.pick([ask, ask, refer, stay])(world, no);
};
