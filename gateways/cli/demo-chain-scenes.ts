import { z } from "zod";
import { SlotSearchAnswer } from "../../contracts/messages/booking-slot.ts";
import { CaseList } from "../../contracts/messages/case-list.ts";
import { danishTimeNow } from "./danish-time.ts";
import {
  type Act,
  askAs,
  at,
  type ChainStage,
  chainParties,
  doAct,
  hourMs,
  municipality,
  onWorklist,
  patient,
  readAs,
  readCaseAs,
  showWorklistLine,
  waitFor,
} from "./demo-chain.ts";
import { admitted, discharged } from "./demo-chain-stay.ts";
import { CommandFailed } from "./failure.ts";

const Asked = z.object({ doctor: z.string() });

/** The hub decided whom the question goes to, by the hour: the practice by day, the out-of-hours doctor otherwise. */
const doctorOf = async (stage: ChainStage, caseId: string): Promise<{ gln: string }> => {
  const { records } = await readCaseAs(stage, "TEAM", caseId);
  const asked = records.flatMap(({ facts }) => facts).findLast(({ type }) => type === "DoctorAsked");
  const doctor = Asked.safeParse(asked).data?.doctor;
  if (doctor === undefined) throw new CommandFailed("The demo failed: no doctor was asked.");
  return { gln: doctor };
};

type Spoken = { caller: string; called: string; number: string };
const call = (stage: ChainStage, { caller, called, number }: Spoken): object => ({
  caller: { name: caller },
  called: { name: called },
  number,
  at: at(stage, 0),
  answeredBy: { name: "Læge Vagn Eksempel" },
});

/** A score that is high, a doctor who answers, and a plan that goes back to the team. */
const observed = async (stage: ChainStage): Promise<string> => {
  const { teller } = stage;
  teller.step(
    "Observation: the acute team measures a citizen (TOBS)",
    "The hub recomputes the score by the scheme as data, with the oral temperature corrected. From 5 points the doctor is " +
      "phoned first; the message supplements the call, and the doctor's plan is due in minutes. Whom it goes to follows " +
      "from the hour: the practice on working days from 8 to 16, the out-of-hours doctor otherwise.",
  );
  const body = {
    messageId: `${stage.chain}-obs`,
    patient,
    practice: chainParties.PRACTICE,
    municipalityCode: municipality,
    measurement: {
      values: {
        respiration: 24,
        pulse: 118,
        systolic: 104,
        temperature: { value: 38.6, site: "oral" },
        consciousness: "habituel",
      },
      senderTotal: 5,
      call: call(stage, { caller: "Sygeplejerske Ida Prøve", called: "Lægen", number: "20109001" }),
      performer: { name: "Ida Prøve", title: "sygeplejerske" },
    },
  };
  const { caseId } = await doAct(stage, { by: "TEAM", path: "/v1/observations", body });
  const doctor = await doctorOf(stage, caseId);
  teller.result(`the question went to ${stage.nameOf(doctor.gln)}`);
  return planned(stage, caseId, doctor);
};

const planned = async (stage: ChainStage, caseId: string, doctor: Act["by"]): Promise<string> => {
  stage.teller.step(
    "The doctor plans, and the acute team is asked for",
    "The plan stops the doctor's clock and goes back to the team. It sends for the acute team, so the hub opens the written " +
      "referral that must follow the call: another case, in the same chain.",
  );
  const plan = {
    kind: "acute-team",
    text: "Mistanke om pneumoni. IV antibiotika i hjemmet efter aftale, ny TOBS om 1 time.",
    author: { name: "Læge Vagn Eksempel" },
    validUntil: at(stage, 24 * hourMs),
    directNumber: "20109001",
    responsible: { name: "Læge Vagn Eksempel", role: "doctor", until: at(stage, 12 * hourMs) },
  };
  const body = {
    plan,
    call: call(stage, { caller: "Læge Vagn Eksempel", called: "Akutteam Nordfjord", number: "20109051" }),
  };
  await doAct(stage, { by: doctor, path: `/v1/observations/${caseId}/plan`, body });
  const read = {
    by: { name: "Ida Prøve", title: "sygeplejerske" },
    readBack: "IV antibiotika, ny TOBS om 1 time",
  };
  await doAct(stage, { by: "TEAM", path: `/v1/observations/${caseId}/acknowledge-plan`, body: read });
  return caseId;
};

/** The acute team's own referral, which the hub opened. */
const nursed = async (stage: ChainStage, observation: string): Promise<void> => {
  stage.teller.step(
    "Referral: the acute team finds it on its worklist, and goes",
    "Fifteen minutes to accept, counted from the call; then the visit, and a result back to the doctor.",
  );
  const item = await onWorklist(
    stage,
    "TEAM",
    ({ family, links }) => family === "referral" && links.some(({ caseId }) => caseId === observation),
  );
  showWorklistLine(stage, "TEAM", item);
  const path = `/v1/referrals/${item.caseId}`;
  await doAct(stage, { by: "TEAM", path: `${path}/accept`, body: {} });
  await doAct(stage, {
    by: "TEAM",
    path: `${path}/start-visit`,
    body: { at: at(stage, 0), by: "Ida Prøve" },
  });
  await doAct(stage, { by: "TEAM", path: `${path}/end-visit`, body: { at: at(stage, 0) } });
  const text = "Antibiotika givet. TOBS faldet til 2. Blodprøver taget.";
  await doAct(stage, {
    by: "TEAM",
    path: `${path}/conclude`,
    body: { text, signedBy: { name: "Ida Prøve" } },
  });
};

const advised = async (stage: ChainStage): Promise<void> => {
  stage.teller.step(
    "Advice: the practice asks a specialist",
    "Three working days to answer, and the due time is in the answer at once.",
  );
  const body = {
    messageId: `${stage.chain}-adv`,
    to: { speciality: "kardiologi", hospital: chainParties.HOSPITAL },
    patient,
    subject: "Nyopstået dyspnø efter pneumoni",
    question: "Forhøjet proBNP i blodprøverne. Bør hun ses subakut?",
    mayConvert: true,
  };
  const { caseId } = await doAct(stage, { by: "PRACTICE", path: "/v1/advice", body });
  const answer = {
    text: "Ja. Book en subakut tid hos os i dag eller i morgen; ekkokardiografi kan gøres samtidig.",
    outcome: "please-refer",
    adviser: { name: "Overlæge Signe Prøve" },
  };
  await doAct(stage, { by: "CARDIOLOGY", path: `/v1/cases/${caseId}/answer`, body: answer });
};

const booked = async (stage: ChainStage): Promise<void> => {
  const { teller, chain } = stage;
  teller.step(
    "Booking: the visitation publishes sub-acute times, and the practice takes one",
    "A place is held for ten minutes while the patient is asked. Two practices never get the same place.",
  );
  const slot = {
    messageId: `${chain}-slot`,
    speciality: "kardiologi",
    start: at(stage, 3 * hourMs),
    lengthMinutes: 30,
    places: 2,
    place: "Kardiologisk Ambulatorium, indgang 4",
    unit: chainParties.CARDIOLOGY,
  };
  const published = await doAct(stage, { by: "VISITATION", path: "/v1/slots", body: slot });
  const path = "/v1/slots?speciality=kardiologi";
  const { slots } = await waitFor(stage, "The slot in the search", async () => {
    const found = await readAs(stage, { by: "PRACTICE", path }, SlotSearchAnswer);
    return found.slots.some(({ slotId }) => slotId === published.caseId) ? found : undefined;
  });
  for (const { start, place, open } of slots)
    teller.result(`${danishTimeNow(start)}, ${place}: ${String(open)} open`);
  const wish = { messageId: `${chain}-book`, slotId: published.caseId, patient, municipality };
  const held = await doAct(stage, { by: "PRACTICE", path: "/v1/bookings", body: wish });
  await doAct(stage, { by: "PRACTICE", path: `/v1/bookings/${held.caseId}/book`, body: {} });
};

const prevented = async (stage: ChainStage): Promise<void> => {
  stage.teller.step(
    "Referral: to what the municipality offers smokers",
    "The directory knows who offers it to citizens of this municipality today; on another date it may be another. The " +
      "consent of the citizen, who gave it and when, must be there.",
  );
  const body = {
    messageId: `${stage.chain}-prev`,
    kind: "prevention",
    patient: { ...patient, telephones: [{ number: "20109099", code: "mobil" }] },
    municipality,
    referrer: { name: "Læge Vagn Eksempel", phone: "20109001" },
    refer: { codeType: "uspecificeretkode", text: "Rygning" },
    clinicalReason: "Ønsker hjælp til rygestop efter indlæggelsen.",
    anamnesis: "20 pakkeår. Motiveret.",
    prevention: {
      topic: "smoking",
      consent: { by: "Borgeren selv", on: at(stage, 0).slice(0, 10) },
    },
  };
  const { caseId } = await doAct(stage, { by: "PRACTICE", path: "/v1/referrals", body });
  const appointment = { start: at(stage, 7 * 24 * hourMs), place: "Sundhedscenter Nordfjord, lokale 2" };
  const invited = {
    by: "HEALTH_CENTRE",
    path: `/v1/referrals/${caseId}/invite`,
    body: { appointment },
  } as const;
  await doAct(stage, { by: "HEALTH_CENTRE", path: `/v1/referrals/${caseId}/accept`, body: {} });
  await doAct(stage, invited);
};

const overview = async (stage: ChainStage): Promise<void> => {
  const { teller, chain } = stage;
  teller.step(
    "Everything about the citizen that the practice may see, over all five families",
    `Each command carried the same correlation-id (${chain}), and what the hub did by itself carried it on.`,
  );
  const act = {
    by: "PRACTICE",
    path: "/v1/patients/cases",
    body: { patient: { cpr: patient.cpr } },
  } as const;
  const families = 5;
  const { items } = await askAs(stage, act, {
    schema: CaseList,
    isWhole: (list) => new Set(list.items.map(({ family }) => family)).size === families,
  });
  for (const { family, kind, status, awaits } of items)
    teller.result(
      `${family} (${kind}): ${status}${awaits.map(({ name, act: what }) => `; ${name} is to ${what}`).join("")}`,
    );
};

/** A citizen's whole story across the three sectors: all five families, each step a real call. @throws CommandFailed */
export const playChain = async (stage: ChainStage): Promise<void> => {
  const observation = await observed(stage);
  await nursed(stage, observation);
  await advised(stage);
  await booked(stage);
  const stay = await admitted(stage);
  await discharged(stage, stay);
  await prevented(stage);
  await overview(stage);
};
