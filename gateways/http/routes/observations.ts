import {
  AcknowledgePlan,
  CloseEpisode,
  DeclareTerminal,
  MakePlan,
  MeasureObservation,
  type ObservationCommandType,
  OpenObservation,
  OrderAdjustment,
  OrderScoring,
  RecordCall,
  RetractMeasurement,
} from "../../../contracts/messages/observation.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { commandRoutes, type Step } from "./command-routes.ts";

const onCase = { caseId: true } as const;

/** What a party may do to an episode: the last part of the address, and the command it becomes. */
const steps = {
  measurements: {
    type: "observation.measure",
    payload: MeasureObservation.omit(onCase),
    summary: "Add a measurement; it is scored, and followed by what its tier asks for / Ny måling",
    detail:
      "The hub's own total counts, and the sender's is kept beside it. Without every value there is no total, and the repeat is still owed.",
  },
  calls: {
    type: "observation.recordCall",
    payload: RecordCall.omit(onCase),
    summary: "Record a call: who called whom, when, and who answered / Notér opkald",
  },
  plan: {
    type: "observation.makePlan",
    payload: MakePlan.omit(onCase),
    summary: "The doctor's plan; the doctor's clock stops / Lægens plan",
    detail: "A plan for an acute team is asked for by phone first: register the call with it.",
  },
  "acknowledge-plan": {
    type: "observation.acknowledgePlan",
    payload: AcknowledgePlan.omit(onCase),
    summary: "The team has read the plan / Kvittér for planen",
  },
  adjustment: {
    type: "observation.order",
    payload: OrderAdjustment.omit(onCase),
    summary: "A doctor orders other limits or repeats for this citizen / Ordinér justerede grænser",
    detail: "It changes the tier and the repeat, never the raw score; both are shown.",
  },
  terminal: {
    type: "observation.declareTerminal",
    payload: DeclareTerminal.omit(onCase),
    summary: "The citizen is dying: nothing is due any more / Erklær borgeren terminal",
  },
  "order-scoring": {
    type: "observation.orderScoring",
    payload: OrderScoring.omit(onCase),
    summary: "A doctor orders scoring all the same / Ordinér scoring",
  },
  retract: {
    type: "observation.retract",
    payload: RetractMeasurement.omit(onCase),
    summary: "A measurement was a mistake: it stays, and counts no more / Træk en måling tilbage",
  },
  close: {
    type: "observation.close",
    payload: CloseEpisode.omit(onCase),
    summary: "Close the episode / Afslut forløbet",
  },
} as const satisfies Record<string, Step & { type: ObservationCommandType }>;

export const observationRoutes = (ports: HttpPorts): Route[] =>
  commandRoutes(ports, {
    tag: "observations",
    openings: {
      "/v1/observations": {
        type: "observation.open",
        payload: OpenObservation,
        summary: "Open an episode with its first measurement, e.g. a TOBS / Opret observationsforløb",
        detail:
          "`messageId` names the case for ever: the same one again is the same episode, and gets the same answer. Whether a doctor is asked, and which one, follows from the score and the hour.",
        done: "Measured and scored, and safe; `due` is when the next thing is owed, `warnings` what is worth a look.",
      },
    },
    casesAt: "/v1/observations",
    steps,
  });
