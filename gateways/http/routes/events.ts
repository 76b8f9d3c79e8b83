import { CaseEvent } from "../../../contracts/messages/case-list.ts";
import { actingAs, isOrIsPartOf } from "../caller.ts";
import { createListener, streamExample } from "../event-stream.ts";
import type { ContractExample, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import type { Route } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

const heartbeatMs = 15_000;
/** A token ends; a stream must not outlive it by much. The client comes back by itself, with the token that it has then. */
const lifeMs = 15 * 60_000;

const listen =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const listener = createListener({
      hello: { gln: viewer, at: ports.now() },
      mine: (gln) => isOrIsPartOf(ports, gln, viewer),
      heartbeatMs,
      lifeMs,
    });
    const leave = ports.watch(listener);
    listener.stream.once("close", leave);
    return (
      reply
        .type("text/event-stream")
        .header("cache-control", "no-store")
        // A line that is kept after the stream would keep a hub that stops waiting for a minute.
        .header("connection", "close")
        .header("x-accel-buffering", "no")
        .send(listener.stream)
    );
  };

const shownEvents = (examples: readonly ContractExample[]): string | undefined => {
  const event = CaseEvent.safeParse(examples.find(({ schema }) => schema === "CaseEvent")?.message);
  return event.success ? streamExample(event.data) : undefined;
};

export const eventRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/events",
    access: "caller",
    reads: "json",
    describe: {
      id: "listenToEvents",
      tag: "worklists",
      summary: "What changes, as it changes / Levende hændelser",
      detail:
        "Server-sent events: `hello` first, then `case` and `delivery` for each change of the caller's own, once the lists " +
        "hold it. Ids and words alone. What happened while the line was down is not told again: read the lists at `hello`. " +
        "A comment comes every 15 seconds, and the stream ends after 15 minutes: come back, as browsers do by themselves. " +
        "The `id` of an event can be given as `after` to any list.",
      query: ActingQuery,
      answers: {
        200: {
          text: "Goes on.",
          types: ["text/event-stream"],
          shown: { "text/event-stream": { made: shownEvents } },
        },
      },
      problems: [403],
    },
    handle: listen(ports),
  },
];
