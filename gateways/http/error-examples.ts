import type { Route } from "./route.ts";

type Shown = { status: number; name: string; when?: (route: Route) => boolean };

const hasIn =
  (part: string) =>
  ({ path }: Route): boolean =>
    path.includes(`:${part}`);
const isStep = (route: Route): boolean => hasIn("caseId")(route) && route.method === "POST";
const takesDocuments = ({ describe }: Route): boolean =>
  describe.body?.types.includes("application/xml") === true;
const takesJson = ({ method, describe }: Route): boolean =>
  method === "GET" || describe.body?.schema !== undefined;
const hasNoCase = (route: Route): boolean => hasIn("intakeId")(route) || route.access === "anyone";
const isOfAgreements = ({ path }: Route): boolean => path.startsWith("/v1/agreements");
const isOfReceivers = ({ path }: Route): boolean => path.startsWith("/v1/receivers");
const isOfDeadLetters = ({ path }: Route): boolean => path.startsWith("/v1/dead-letters");
const fetchesDelivery = (route: Route): boolean => hasIn("deliveryId")(route) && route.method === "GET";

/**
 * What an address shows of a status: `name` is the code, and after a dot what is special about the example. Others may come
 * with the same status; every code is in the contracts.
 */
const errors: readonly Shown[] = [
  { status: 400, name: "message-invalid.query", when: ({ method }) => method === "GET" },
  { status: 400, name: "message-invalid", when: ({ method }) => method !== "GET" },
  { status: 401, name: "not-authenticated" },
  { status: 403, name: "operator-only", when: ({ access }) => access === "operator" },
  { status: 403, name: "sender-not-authorised", when: ({ access }) => access !== "operator" },
  { status: 404, name: "address-unknown", when: hasNoCase },
  { status: 404, name: "delivery-unknown", when: hasIn("deliveryId") },
  { status: 404, name: "object-unknown", when: hasIn("digest") },
  { status: 404, name: "agreement-unknown", when: isOfAgreements },
  { status: 404, name: "clock-unknown", when: hasIn("clockId") },
  { status: 404, name: "receiver-not-pushed", when: isOfReceivers },
  { status: 404, name: "dead-letter-unknown", when: isOfDeadLetters },
  {
    status: 404,
    name: "case-unknown",
    when: (route) =>
      !hasNoCase(route) &&
      !fetchesDelivery(route) &&
      !isOfAgreements(route) &&
      !isOfReceivers(route) &&
      !isOfDeadLetters(route),
  },
  { status: 409, name: "content-differs" },
  { status: 409, name: "wrong-state", when: isStep },
  { status: 409, name: "not-your-turn", when: isStep },
  { status: 409, name: "slot-full", when: ({ path }) => /^\/v1\/bookings(\/direct)?$/.test(path) },
  { status: 413, name: "document-too-large" },
  { status: 415, name: "media-type-unknown" },
  { status: 422, name: "document-invalid", when: takesDocuments },
  { status: 422, name: "message-invalid", when: takesJson },
  { status: 422, name: "referral-incomplete", when: ({ path }) => path === "/v1/referrals" },
  { status: 429, name: "too-many-requests" },
  { status: 500, name: "internal-error" },
  { status: 503, name: "service-unavailable" },
  { status: 503, name: "answer-late", when: takesDocuments },
];

/** The files of `contracts/examples/answers/valid` that show an error of this address with this status. */
export const errorFilesOf = (route: Route, status: number): string[] =>
  errors
    .filter((error) => error.status === status && error.when?.(route) !== false)
    .map(({ name }) => `answers/valid/error-${status}-${name}.json`);
