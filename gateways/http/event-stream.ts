import { Readable } from "node:stream";
import type { CaseEvent } from "../../contracts/messages/case-list.ts";

/** One caller that listens. */
export type Listener = { stream: Readable; hear: (event: CaseEvent) => void; end: () => void };

/** Text of one event (HTML Living Standard, section 9.2.5): every value is JSON on one line. */
const eventText = (name: string, data: object, id?: string): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** How soon a client is to come back, in milliseconds. */
const comeBackMs = 2_000;

const helloText = (hello: object): string => `retry: ${String(comeBackMs)}\n${eventText("hello", hello)}`;

const heartbeat = ": heartbeat\n\n";
/** A listener that has this much unread is away or too slow: it is let go, comes back, and reads its lists again. */
const maxUnreadBytes = 256 * 1024;
/** What one caller is told of a change: the case, and each delivery to it. `id` is what `?after=` takes. */
const textsOf = (event: CaseEvent, mine: (gln: string) => boolean): string[] => {
  const { caseId, family, status, no, at } = event;
  const id = `${caseId}.${String(no)}`;
  const deliveries = event.deliveries.filter(({ to }) => mine(to));
  return [
    eventText("case", { caseId, family, status, no, at }, id),
    ...deliveries.map((d) =>
      eventText("delivery", { deliveryId: d.deliveryId, caseId, family, status: d.status, no, at }, id),
    ),
  ];
};

/** What a listener with an event of its own hears first: `hello`, the event, and a sign of life. */
export const streamExample = (event: CaseEvent): string => {
  const gln = event.audience.at(-1) ?? "";
  const texts = textsOf(event, (mine) => mine === gln);
  return [helloText({ gln, at: event.at }), ...texts, heartbeat].join("");
};

type Listening = {
  hello: object;
  /** Whether an organisation is the caller, or a unit of it. */
  mine: (gln: string) => boolean;
  heartbeatMs: number;
  lifeMs: number;
};

/** A stream of server-sent events for one caller. It hears everything and tells only what is its own. */
export const createListener = ({ hello, mine, heartbeatMs, lifeMs }: Listening): Listener => {
  const stream = new Readable({ read: () => undefined });
  const end = (): void => {
    if (!stream.readableEnded) stream.push(null);
    stop();
  };
  const say = (text: string): void => {
    if (stream.destroyed) return;
    if (stream.readableLength > maxUnreadBytes) stream.destroy();
    else stream.push(text);
  };
  const beat = setInterval(() => {
    say(heartbeat);
  }, heartbeatMs);
  const life = setTimeout(end, lifeMs);
  const stop = (): void => {
    clearInterval(beat);
    clearTimeout(life);
  };
  stream.once("close", stop);
  say(helloText(hello));
  return {
    stream,
    hear: (event) => {
      if (event.audience.some(mine)) for (const text of textsOf(event, mine)) say(text);
    },
    end,
  };
};
