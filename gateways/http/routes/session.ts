import type { FastifyRequest } from "fastify";
import { PeopleAnswer, SessionAnswer, SignIn } from "../../../contracts/messages/session.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { callerOf } from "../caller.ts";
import type { HttpPorts } from "../ports.ts";
import { sendNothingHere, sendProblem } from "../problem-response.ts";
import type { Route, RouteDescription } from "../route.ts";
import {
  endedCookies,
  leavingCookie,
  leavingSeconds,
  leftCookie,
  sealedLeaving,
  sessionCookie,
  sessionToken,
} from "../session-cookie.ts";
import { LeavingFound } from "../sign-in/identity-provider.ts";

type Place = Pick<SessionAnswer, "organisation" | "unit" | "kind">;

const placeOf = (ports: HttpPorts, gln: string): Place => {
  const found = ports.organisation(gln);
  if (found === undefined) return { organisation: gln };
  const { name, department, kind } = found;
  return { organisation: name, ...(department === undefined ? {} : { unit: department }), kind };
};

const showSession =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const { gln, role, person } = callerOf(request);
    const answer: SessionAnswer = {
      ...{ gln, role, ...placeOf(ports, gln) },
      ...(person === undefined ? {} : { person }),
    };
    return reply.send(answer);
  };

const showPeople =
  (ports: HttpPorts): Route["handle"] =>
  (_request, reply) => {
    const people = ports.people.map((person) => ({ ...person, ...placeOf(ports, person.gln) }));
    return reply
      .header("cache-control", "no-store")
      .send({ people, identityProvider: ports.identityProvider !== undefined } satisfies PeopleAnswer);
  };

/** Programs send no such header, and other sites' pages cannot leave it out. */
const isOfAnotherSite = ({ headers }: FastifyRequest): boolean => {
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin";
};

const signIn =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    if (isOfAnotherSite(request)) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const parsed = SignIn.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const person = ports.people.find(({ id }) => id === parsed.data.person);
    if (person === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const token = await ports.sessions.tokenFor(person);
    const { id, name, roles, gln } = person;
    const role = roles.includes("operator") ? "operator" : "organisation";
    return reply
      .header("cache-control", "no-store")
      .header("set-cookie", sessionCookie(token, { secure: false }))
      .send({
        gln,
        role,
        ...placeOf(ports, gln),
        person: { id, name, roles },
      } satisfies SessionAnswer);
  };

const console = "/console/";
/** The way in, with why it did not open. Words of ours alone: nothing of what the provider said. */
const refusedAt = (why: string): string => `${console}?refused=${why}`;

const leaveToSignIn =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const provider = ports.identityProvider;
    if (provider === undefined) return sendNothingHere(request, reply);
    reply.header("cache-control", "no-store");
    const left = await provider.leave().catch(() => undefined);
    if (left === undefined) return reply.redirect(refusedAt("unreachable"));
    const sealed = await ports.sessions.seal(left.leaving, leavingSeconds);
    return reply.header("set-cookie", leavingCookie(sealed, provider)).redirect(left.to);
  };

const comeBack =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const provider = ports.identityProvider;
    if (provider === undefined) return sendNothingHere(request, reply);
    const leaving = LeavingFound.safeParse(await ports.sessions.open(sealedLeaving(request) ?? ""));
    reply.header("cache-control", "no-store").header("set-cookie", leftCookie);
    if (!leaving.success) return reply.redirect(refusedAt("failed"));
    const query = request.url.split("?").slice(1).join("?");
    const isOrganisation = (gln: string): boolean => ports.organisation(gln) !== undefined;
    const came = await provider.come(query, leaving.data, isOrganisation);
    if ("unwelcome" in came) {
      ports.log.info("sign-in", { code: came.unwelcome });
      return reply.redirect(refusedAt(came.unwelcome));
    }
    const token = await ports.sessions.tokenFor(came.person);
    return reply.header("set-cookie", sessionCookie(token, provider)).redirect(console);
  };

/** The cookie goes in any case. Where it cannot be noted that it counts no more, whoever signs out is told so. */
const signOut =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    if (isOfAnotherSite(request)) return sendProblem(request, reply, { code: "sender-not-authorised" });
    reply.header("cache-control", "no-store").header("set-cookie", endedCookies);
    const token = sessionToken(request);
    if (token !== undefined) await ports.sessions.end(token);
    return reply.code(204).send();
  };

const sessionDescription: RouteDescription = {
  id: "showSession",
  tag: "hub",
  summary: "Who is signed in / Hvem der er logget ind",
  answers: { 200: { text: "Whom the token speaks for.", schema: SessionAnswer } },
  problems: [],
};

const peopleDescription: RouteDescription = {
  id: "listPeople",
  tag: "hub",
  summary: "The made-up people of a hub on loopback / Demoens personer",
  detail: "Empty where the hub listens to other machines: there nobody signs in without an identity.",
  answers: { 200: { text: "Who can sign in.", schema: PeopleAnswer } },
  problems: [],
};

const signInDescription: RouteDescription = {
  id: "signIn",
  tag: "hub",
  summary: "Sign in as one of the made-up people / Log ind i demoen",
  detail:
    "The token is a cookie that no script can read, and that counts only for the hub's own pages (`Sec-Fetch-Site`).",
  body: { types: ["application/json"], schema: SignIn },
  answers: { 200: { text: "Signed in.", schema: SessionAnswer } },
  problems: [400, 403],
};

const signOutDescription: RouteDescription = {
  id: "signOut",
  tag: "hub",
  summary: "Sign out / Log ud",
  detail: "Whatever copy there is of the cookie counts no more from then on.",
  answers: { 204: { text: "Signed out." } },
  problems: [403, 503],
};

const leaveDescription: RouteDescription = {
  id: "leaveToSignIn",
  tag: "hub",
  summary: "To the identity provider / Til identitetsudbyderen",
  detail: "OpenID Connect: authorization code flow with PKCE. For browsers: it leads there and back.",
  answers: { 302: { text: "To the provider, or back to the console with why not." } },
  problems: [404],
};

const comeBackDescription: RouteDescription = {
  id: "comeBackFromSignIn",
  tag: "hub",
  summary: "Back from the identity provider / Tilbage fra identitetsudbyderen",
  detail:
    "The person's organisation, name, roles and level of assurance are claims of the ID token; who is not sure enough, or of no " +
    "organisation of the directory, is not let in.",
  answers: { 302: { text: "To the console, signed in, or with why not." } },
  problems: [404],
};

const providerRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/session/sign-in",
    access: "anyone",
    reads: "json",
    describe: leaveDescription,
    handle: leaveToSignIn(ports),
  },
  {
    method: "GET",
    path: "/v1/session/return",
    access: "anyone",
    reads: "json",
    describe: comeBackDescription,
    handle: comeBack(ports),
  },
];

export const sessionRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/session",
    access: "caller",
    reads: "json",
    describe: sessionDescription,
    handle: showSession(ports),
  },
  {
    method: "GET",
    path: "/v1/session/people",
    access: "anyone",
    reads: "json",
    describe: peopleDescription,
    handle: showPeople(ports),
  },
  ...providerRoutes(ports),
  {
    method: "POST",
    path: "/v1/session",
    access: "anyone",
    reads: "json",
    describe: signInDescription,
    handle: signIn(ports),
  },
  {
    method: "POST",
    path: "/v1/session/end",
    access: "anyone",
    reads: "json",
    describe: signOutDescription,
    handle: signOut(ports),
  },
];
