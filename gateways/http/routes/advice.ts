import {
  type AdviceCommandType,
  AnswerAdvice,
  AskAdvice,
  AskFollowUp,
  ConvertAdvice,
  DeclineAdvice,
  GiveInformation,
  MarkHandled,
  RedirectAdvice,
  RequestInformation,
  WithdrawAdvice,
} from "../../../contracts/messages/advice.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { commandRoutes, type Step } from "./command-routes.ts";

const onCase = { caseId: true } as const;

/** What a party may do to a case of advice: the last part of the address, and the command it becomes. */
const steps = {
  "request-information": {
    type: "advice.requestInformation",
    payload: RequestInformation.omit(onCase),
    summary: "Ask the asker for more; the clock pauses / Bed om flere oplysninger",
  },
  "give-information": {
    type: "advice.giveInformation",
    payload: GiveInformation.omit(onCase),
    summary: "Give what was asked for; the clock resumes / Giv oplysninger",
  },
  answer: {
    type: "advice.answer",
    payload: AnswerAdvice.omit(onCase),
    summary: "Answer the question / Besvar",
  },
  convert: {
    type: "advice.convert",
    payload: ConvertAdvice.omit(onCase),
    summary: "Make a referral of it, where the asker allowed it / Omdan til henvisning",
  },
  redirect: {
    type: "advice.redirect",
    payload: RedirectAdvice.omit(onCase),
    summary: "Give the question to another unit / Videresend",
  },
  decline: { type: "advice.decline", payload: DeclineAdvice.omit(onCase), summary: "Decline / Afvis" },
  withdraw: {
    type: "advice.withdraw",
    payload: WithdrawAdvice.omit(onCase),
    summary: "Withdraw the question / Træk tilbage",
  },
  "follow-up": {
    type: "advice.askFollowUp",
    payload: AskFollowUp.omit(onCase),
    summary: "Ask further on an answered case / Spørg opfølgende",
  },
  handled: {
    type: "advice.markHandled",
    payload: MarkHandled.omit(onCase),
    summary: "Mark correspondence that needs no answer as handled / Markér behandlet",
  },
} as const satisfies Record<string, Step & { type: AdviceCommandType }>;

export const adviceRoutes = (ports: HttpPorts): Route[] =>
  commandRoutes(ports, {
    tag: "cases",
    openings: {
      "/v1/advice": {
        type: "advice.ask",
        payload: AskAdvice,
        summary: "Ask a unit for advice / Bed om rådgivning",
        detail:
          "`messageId` names the case for ever: the same one again is the same question, and gets the same answer.",
        done: "Asked, and safe; `due` is when the answer is owed.",
      },
    },
    casesAt: "/v1/cases",
    steps,
  });
