import { type HubOptions, headersOf } from "./call-hub.ts";
import { type HubEvent, takeEvents } from "./events.ts";
import { problemIn } from "./hub-problem.ts";

/** Reads one line of events to its end. @throws HubProblem when the hub will not have the caller listen */
async function* readLine(options: HubOptions, signal: AbortSignal): AsyncGenerator<HubEvent> {
  const { fetch: send = fetch } = options;
  const headers = { ...(await headersOf(options)), accept: "text/event-stream" };
  const response = await send(new URL("/v1/events", options.url), { headers, signal });
  if (!response.ok) throw problemIn(response.status, await response.text());
  const decoder = new TextDecoder();
  let rest = "";
  const pieces: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  if (pieces === undefined) return;
  for await (const piece of pieces) {
    const taken = takeEvents(rest + decoder.decode(piece, { stream: true }));
    rest = taken.rest;
    yield* taken.events;
  }
}

const comeBackMs = 2_000;

/**
 * What changes, as it changes, until the signal says so. A line that ends is taken up again; what happened meanwhile is not told, so
 * read the lists at each `hello`. @throws HubProblem when it is of no use to try again
 */
export async function* listen(options: HubOptions, signal: AbortSignal): AsyncGenerator<HubEvent> {
  const wait = options.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      yield* readLine(options, signal);
    } catch (error) {
      if (isOver()) return;
      if (error instanceof Error && "fate" in error && error.fate === "park") throw error;
    }
    if (!isOver()) await wait(comeBackMs);
  }
}
