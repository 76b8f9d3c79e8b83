import { setTimeout as sleep } from "node:timers/promises";
import { type CaseView, InboxPage } from "../../contracts/messages/worklist.ts";
import { isNoticeFact, type NoticeStep } from "../../contracts/notices.ts";
import type { Instant } from "../../contracts/time.ts";
import type { Pace } from "../../infra/effects.ts";
import { danishTime } from "./danish-time.ts";
import {
  type Act,
  type ChainStage,
  chainParties,
  doAct,
  patient,
  readCaseAs,
  waitFor,
} from "./demo-chain.ts";
import { readAnswer, textOf } from "./hub-client.ts";

/** A Friday at 13 in Denmark; eight hours go by in a second. */
export const clockPace: Pace = { from: "2026-11-27T12:00:00.000Z", speed: 28_800 };

/** Monday at nine, when the practice opened an hour ago. */
const mondayMorning = "2026-11-30T08:00:00.000Z";
const promise = "ADVICE-MSG";

type Scene = ChainStage & { caseId: string };

/** Lets the hub's time come to an instant. */
const waitUntil = async ({ now }: ChainStage, instant: Instant): Promise<void> => {
  await sleep(Math.max(0, (Date.parse(instant) - now()) / clockPace.speed));
};

const shown = ({ now }: ChainStage, instant: Instant): string =>
  danishTime(instant, new Date(now()).toISOString());

type Step = CaseView["timeline"][number]["clocks"][number] & { at: Instant };

const stepsOf = ({ timeline }: CaseView): Step[] =>
  timeline.flatMap(({ at, clocks }) => clocks.map((clock) => ({ ...clock, at })));

/** The clock of the answer: receipts have clocks of their own. */
const clockIn = (view: CaseView): string =>
  stepsOf(view).find(({ agreement }) => agreement?.startsWith(promise) === true)?.clockId ?? "";

const tellOf = (scene: Scene, { at, change, due }: Step): string =>
  `${shown(scene, at)}: ${change}${due === undefined ? "" : `, due ${shown(scene, due)}`}`;

/** Waits until something happened to the clock, and says when. */
const happens = async (scene: Scene, change: string): Promise<void> => {
  const step = await waitFor(scene, `That the clock was ${change}`, async () => {
    const view = await readCaseAs(scene, "CARDIOLOGY", scene.caseId);
    return stepsOf(view).find((one) => one.clockId === clockIn(view) && one.change === change);
  });
  scene.teller.result(tellOf(scene, step));
};

const act = async (scene: Scene, by: Act["by"], [path, body]: readonly [string, object]): Promise<void> => {
  await doAct(scene, { by, path: `/v1/cases/${scene.caseId}${path}`, body });
};

const asked = async (stage: ChainStage): Promise<Scene> => {
  stage.teller.step(
    "A clock starts, on a Friday at one o'clock",
    "A practice asks, and three working days are promised. This hub's time goes eight hours in a second.",
  );
  const body = {
    messageId: `${stage.chain}-clock`,
    to: { speciality: "kardiologi", hospital: chainParties.HOSPITAL },
    patient,
    subject: "Blodtryksbehandling",
    question: "Skal dosis sættes op ved hjemmeblodtryk 150/95?",
    mayConvert: true,
  };
  const { caseId } = await doAct(stage, { by: "PRACTICE", path: "/v1/advice", body });
  return { ...stage, caseId };
};

const paused = async (scene: Scene): Promise<void> => {
  scene.teller.step(
    "It pauses while the practice is the one to act",
    "The department asks back before the weekend. What a party waits for is not counted against it.",
  );
  const text = "Hvilke præparater får hun nu, og hvad er nyretallene?";
  await act(scene, "CARDIOLOGY", ["/request-information", { text }]);
  await happens(scene, "paused");
  await waitUntil(scene, mondayMorning);
  scene.teller.step(
    "On Monday the practice answers, and it runs again",
    "The weekend was never counted, so only the working day on which the department had to wait is given back.",
  );
  await act(scene, "PRACTICE", [
    "/give-information",
    { text: "Amlodipin 5 mg og losartan 50 mg. eGFR 68, kalium 4,1." },
  ]);
  await happens(scene, "resumed");
};

/** Who was told of a breach, or will be, and when. */
const toldOf = (scene: Scene, { organisation, phone, at, en }: NoticeStep): string => {
  const who = organisation === undefined ? "nobody whom the directory knows" : scene.nameOf(organisation);
  const when = at === undefined ? "at once" : `in the digest of ${shown(scene, at)}`;
  return `${who}, ${when}${phone === undefined ? "" : `, with the number ${phone.number}`}: ${en}`;
};

const breachIn = ({ records }: CaseView): NoticeStep[] =>
  records
    .flatMap(({ facts }) => facts.filter(isNoticeFact))
    .flatMap((fact) =>
      fact.type === "ClockBreached" && fact.agreement.startsWith(promise) ? fact.steps : [],
    );

/** What is not urgent waits for the morning, and comes with all else that is late. */
const digested = async (scene: Scene): Promise<void> => {
  const as = { gln: chainParties.CARDIOLOGY, role: "organisation" } as const;
  const item = await waitFor(scene, "The digest", async () => {
    const { items } = readAnswer(await scene.hub.call({ path: "/v1/inbox", as }), InboxPage);
    return items.find(({ documentType }) => documentType === "DigestTold");
  });
  scene.teller.result(`${shown(scene, item.at)}: ${scene.nameOf(as.gln)} has it in its inbox`);
};

const late = async (scene: Scene): Promise<void> => {
  scene.teller.step(
    "Nobody answers, and the department is warned",
    "Before it is late, so that something can be done about it.",
  );
  await happens(scene, "warned");
  scene.teller.step(
    "It is late, and those whom the agreement names are told",
    "Once each, and with the number to ring; what is not urgent in the morning, in one message. The breach stands, whatever is " +
      "answered afterwards.",
  );
  await happens(scene, "breached");
  const steps = breachIn(await readCaseAs(scene, "CARDIOLOGY", scene.caseId));
  scene.teller.result(...steps.map((step) => toldOf(scene, step)));
  await digested(scene);
};

const explained = async (scene: Scene): Promise<void> => {
  scene.teller.step(
    "The clock explains itself",
    "From the records of the case alone: what started it, which days counted and which did not, the pause, the agreement.",
  );
  const clockId = clockIn(await readCaseAs(scene, "PRACTICE", scene.caseId));
  const path = `/v1/cases/${scene.caseId}/clocks/${clockId}`;
  scene.teller.curl(`"$HUB${path}" -H "authorization: Bearer $PRACTICE" -H "accept: text/plain"`);
  const as = { gln: chainParties.PRACTICE, role: "organisation" } as const;
  scene.teller.result(textOf(await scene.hub.call({ path, as, accept: "text/plain" })).trimEnd());
};

/** The life of one promise at a pace: started, paused, resumed, warned, breached, explained. @throws CommandFailed when a step failed */
export const playClock = async (stage: ChainStage): Promise<void> => {
  const scene = await asked(stage);
  await paused(scene);
  await late(scene);
  await explained(scene);
};
