import {
  AcceptOffer,
  AnswerNone,
  BookDirectly,
  BookHeld,
  type BookingCommandType,
  ChooseSlot,
  DeclineOffer,
  HoldPlace,
  OfferSlot,
  RecordAttended,
  RecordNoShow,
  ReleaseBooking,
  RequestSlot,
} from "../../../contracts/messages/booking.ts";
import {
  CancelSlot,
  ChangeSlot,
  PublishSlot,
  SlotSearch,
  SlotSearchAnswer,
} from "../../../contracts/messages/booking-slot.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery, commandRoutes, type Opening, type Step } from "./command-routes.ts";

const onCase = { caseId: true } as const;
type Steps = Record<string, Step & { type: BookingCommandType }>;
type Openings = Record<string, Opening & { type: BookingCommandType }>;

const slotOpenings = {
  "/v1/slots": {
    type: "booking.publish",
    payload: PublishSlot,
    summary: "Publish sub-acute capacity / Opret subakutte tider",
    detail: "For a visitation. `caseId` of the answer is the slot's id. No patient is ever named in a slot.",
    done: "Published; bookers find it from now on.",
  },
} as const satisfies Openings;

const slotSteps = {
  change: {
    type: "booking.changeSlot",
    payload: ChangeSlot.omit(onCase),
    summary: "More or fewer places, another room / Ret tiden",
    detail: "Never fewer places than are booked or held. Who is booked is told of another place.",
  },
  cancel: {
    type: "booking.cancelSlot",
    payload: CancelSlot.omit(onCase),
    summary: "Take the slot back; every booker is told / Aflys tiden",
  },
} as const satisfies Steps;

const taking =
  "409 `slot-full` and its like are definite: the same id again gets the same answer. Hold or book another slot under a new id.";

const bookingOpenings = {
  "/v1/bookings": {
    type: "booking.hold",
    payload: HoldPlace,
    summary: "Hold a place while the patient is asked / Reservér en tid",
    detail: `A hold runs out by itself after ten minutes, unless it is booked. ${taking}`,
    done: "Held until the hold runs out.",
  },
  "/v1/bookings/direct": {
    type: "booking.bookDirectly",
    payload: BookDirectly,
    summary: "Book a place at once / Book en tid",
    detail: taking,
    done: "Booked.",
  },
  "/v1/bookings/requests": {
    type: "booking.request",
    payload: RequestSlot,
    summary: "Ask the visitation for a time / Bed om en subakut tid",
    done: "Asked; `due` is when the visitation owes an answer.",
  },
} as const satisfies Openings;

const bookingSteps = {
  book: {
    type: "booking.book",
    payload: BookHeld.omit(onCase),
    summary: "Book the place that is held / Book den reserverede tid",
  },
  release: {
    type: "booking.release",
    payload: ReleaseBooking.omit(onCase),
    summary: "Give the place back, or withdraw the request / Frigiv tiden",
  },
  choose: {
    type: "booking.choose",
    payload: ChooseSlot.omit(onCase),
    summary: "Take another slot in the same case / Vælg en anden tid",
  },
  offer: {
    type: "booking.offer",
    payload: OfferSlot.omit(onCase),
    summary: "Offer a place to who asked; it is held meanwhile / Tilbyd en tid",
  },
  "accept-offer": {
    type: "booking.acceptOffer",
    payload: AcceptOffer.omit(onCase),
    summary: "Take the offered place / Tag imod tilbuddet",
  },
  "decline-offer": {
    type: "booking.declineOffer",
    payload: DeclineOffer.omit(onCase),
    summary: "Ask for another time than the offered one / Afslå tilbuddet",
  },
  "answer-none": {
    type: "booking.answerNone",
    payload: AnswerNone.omit(onCase),
    summary: "There is no time; the answer says what to do instead / Ingen tid",
  },
  attended: {
    type: "booking.attended",
    payload: RecordAttended.omit(onCase),
    summary: "The patient came / Patienten er mødt",
  },
  "no-show": {
    type: "booking.noShow",
    payload: RecordNoShow.omit(onCase),
    summary: "The patient did not come; the hospital follows up / Udeblevet",
  },
} as const satisfies Steps;

const searchSlots =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const search = SlotSearch.safeParse(request.query);
    if (!search.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(search.error) });
    const asked = { type: "booking.search", viewer, payload: search.data, schema: SlotSearchAnswer };
    return answerQuery(ports, { request, reply }, asked);
  };

const searchDescription: RouteDescription = {
  id: "searchSlots",
  tag: "bookings",
  summary: "Open sub-acute places, earliest first / Ledige subakutte tider",
  detail:
    "Without `from` and `to`: from now to the end of the day after the need. `instead` stands there when nothing is in time, " +
    "and says what to do: whom to phone. A place that is shown may be taken a moment later: hold it.",
  query: ActingQuery.extend(SlotSearch.shape),
  answers: { 200: { text: "Open places, never who has the others.", schema: SlotSearchAnswer } },
  problems: [400, 403, 503],
};

export const bookingRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/slots",
    access: "caller",
    reads: "json",
    describe: searchDescription,
    handle: searchSlots(ports),
  },
  ...commandRoutes(ports, {
    tag: "bookings",
    openings: slotOpenings,
    casesAt: "/v1/slots",
    steps: slotSteps,
  }),
  ...commandRoutes(ports, {
    tag: "bookings",
    openings: bookingOpenings,
    casesAt: "/v1/bookings",
    steps: bookingSteps,
  }),
];
