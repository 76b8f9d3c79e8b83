import { Responsible } from "../../contracts/messages/discharge-query.ts";
import { danishTimeNow } from "./danish-time.ts";
import { at, type ChainStage, chainParties, doAct, hourMs, patient, waitFor } from "./demo-chain.ts";
import { readAnswer } from "./hub-client.ts";

const minuteMs = 60_000;

const showResponsible = async (stage: ChainStage): Promise<void> => {
  const body = JSON.stringify({ patient: { cpr: patient.cpr }, practice: chainParties.PRACTICE });
  stage.teller.curl(
    `$HUB/v1/responsible -H "authorization: Bearer $PRACTICE"`,
    `-H "content-type: application/json" -d '${body}'`,
  );
  const responsible = await waitFor(stage, "Who is responsible", async () => {
    const answer = await stage.hub.call({
      method: "POST",
      path: "/v1/responsible",
      as: { gln: chainParties.PRACTICE, role: "organisation" },
      type: "application/json",
      body,
    });
    return answer.status === 200 ? readAnswer(answer, Responsible) : undefined;
  });
  const { who, until, phone, reasons } = responsible;
  stage.teller.result(
    `${who.gln === undefined ? who.kind : stage.nameOf(who.gln)} is responsible now` +
      (until === undefined ? "" : `, until ${danishTimeNow(until)}`) +
      (phone === undefined ? "" : `, phone ${phone}`),
    `because: ${reasons.join(", ")}`,
  );
};

export const admitted = async (stage: ChainStage): Promise<string> => {
  stage.teller.step(
    "Discharge: the hospital's system tells of the admission",
    "To tell the story in a minute, the stay began two days ago. Messages may come late and in any order: the time of the " +
      "event decides. The municipality owes an admission report.",
  );
  const body = {
    messageId: `${stage.chain}-adm`,
    stayId: `${stage.chain}-stay`,
    patient,
    municipality: chainParties.MUNICIPALITY,
    practice: chainParties.PRACTICE,
    event: "admitted",
    occurredAt: at(stage, -48 * hourMs),
    department: chainParties.CARDIOLOGY,
  };
  const { caseId } = await doAct(stage, { by: "HOSPITAL", path: "/v1/discharges/notifications", body });
  const report = { text: "Hjemmesygepleje dagligt. Bor alene. Bruger rollator.", attachments: [] };
  const path = `/v1/discharges/${caseId}/admission-report`;
  await doAct(stage, { by: "MUNICIPALITY", path, body: report });
  await showResponsible(stage);
  return caseId;
};

export const discharged = async (stage: ChainStage, caseId: string): Promise<void> => {
  stage.teller.step(
    "The patient goes home, with 72 hours of extended responsibility",
    "The hub says who qualifies and why, and what the summary must say. A summary that is marked has a time in which the " +
      "practice reviews it; this one also asks for a follow-up home visit.",
  );
  const path = `/v1/discharges/${caseId}`;
  const assessment = {
    psychiatric: false,
    treatmentFinished: true,
    municipalNursing: true,
    municipalCare: true,
    terminal: false,
    phone: "70109013",
  };
  await doAct(stage, { by: "HOSPITAL", path: `${path}/assess`, body: assessment });
  const leftAt = at(stage, -30 * minuteMs);
  const left = {
    messageId: `${stage.chain}-dis`,
    stayId: `${stage.chain}-stay`,
    patient,
    municipality: chainParties.MUNICIPALITY,
    practice: chainParties.PRACTICE,
    event: "discharged",
    occurredAt: leftAt,
    department: chainParties.CARDIOLOGY,
  };
  await doAct(stage, { by: "HOSPITAL", path: "/v1/discharges/notifications", body: left });
  const tick = { item: "medication", status: "done", person: "Læge Test Eksempel" };
  await doAct(stage, { by: "HOSPITAL", path: `${path}/checklist`, body: tick });
  await doAct(stage, { by: "HOSPITAL", path: `${path}/summary`, body: summaryOf(stage, leftAt) });
  await showResponsible(stage);
  await followedUp(stage, path);
};

const summaryOf = (stage: ChainStage, leftAt: string): object => ({
  summaryId: `${stage.chain}-sum`,
  actionPriority: "subakut",
  recommendedAction: "Kontrol af væsketal og nyretal om 3 dage.",
  resume: "Indlagt med dyspnø efter pneumoni. Ekko: EF 45 %. Sat i vanddrivende behandling.",
  unit: "Kardiologisk Afd.",
  dictatedBy: "Læge Test Eksempel",
  extendedResponsibility: {
    until: new Date(Date.parse(leftAt) + 72 * hourMs).toISOString(),
    phone: "70109013",
  },
  asksHomeVisit: {
    reason: "Skrøbelig efter udskrivelse; medicinen er ændret.",
    consent: { given: true, notedBy: "Læge Test Eksempel" },
  },
});

const followedUp = async (stage: ChainStage, path: string): Promise<void> => {
  stage.teller.step(
    "The practice reviews the summary, and the visit is held",
    "Both were owed by a time, and both clocks stop.",
  );
  const review = { summaryId: `${stage.chain}-sum`, reviewer: "Læge Vagn Eksempel", verdict: "agrees" };
  await doAct(stage, { by: "PRACTICE", path: `${path}/review`, body: review });
  const visit = { startsAt: at(stage, 26 * hourMs), visitor: "Læge Vagn Eksempel" };
  await doAct(stage, { by: "PRACTICE", path: `${path}/home-visit-booking`, body: visit });
  const held = { heldAt: at(stage, 0), place: "home", note: "Medicin gennemgået. Væsketal kontrolleres." };
  await doAct(stage, { by: "PRACTICE", path: `${path}/home-visit-held`, body: held });
};
