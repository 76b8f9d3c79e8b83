import type { edsOfDelivery, edsOfIncoming } from "../../contracts/codes/eds-stations.ts";
import { localTimeOf } from "../../contracts/danish-time.ts";
import type { MessageHop, MessageView } from "../../contracts/messages/message-log.ts";

export type TraceLanguage = "da" | "en";
/** A message that came in, and what was sent because of it. Or one that the hub sent by itself. */
export type Trace = { readonly came?: MessageView | undefined; readonly went: readonly MessageView[] };

type What = keyof typeof edsOfIncoming | keyof typeof edsOfDelivery;
type Told = { readonly message: MessageView; readonly by: string; readonly to: string };
type Sentence = (told: Told) => string;

const recordOf = ({ id, caseId }: MessageView): string =>
  caseId === undefined ? "" : id.slice(caseId.length + 1);

const sentences: Record<TraceLanguage, Record<What, Sentence>> = {
  da: {
    taken: ({ by }) => `${by} afleverede den; den ligger på disk.`,
    accepted: ({ message }) =>
      `Den blev taget ind: post ${recordOf(message)} i sagen ${message.caseId ?? ""}.`,
    refused: () => "Den blev afvist, og afsenderen har fået at vide hvorfor.",
    unreadable: () => "Den kunne ikke læses. Den er gemt, som den kom.",
    failed: ({ to }) => `${to} kunne ikke bruge den.`,
    owed: ({ message, to }) => `${message.type} til ${to} står klar.`,
    fetched: ({ to }) => `${to} har fået den.`,
    acknowledged: ({ to }) => `${to} kvitterede for den.`,
    failedForNow: ({ to }) => `${to} har en fejl; den sendes igen.`,
    resent: () => "Den blev sendt igen.",
    unconfirmed: ({ to }) => `Ingen ved, om ${to} har fået den; et menneske hos afsenderen har fået besked.`,
    handled: ({ by }) => `${by} har taget sig af det.`,
  },
  en: {
    taken: ({ by }) => `${by} handed it in; it is on disk.`,
    accepted: ({ message }) =>
      `It was taken in: record ${recordOf(message)} of case ${message.caseId ?? ""}.`,
    refused: () => "It was refused, and its sender was told why.",
    unreadable: () => "It could not be read. It is kept as it came.",
    failed: ({ to }) => `${to} could not take it.`,
    owed: ({ message, to }) => `${message.type} for ${to} is ready.`,
    fetched: ({ to }) => `${to} has it.`,
    acknowledged: ({ to }) => `${to} gave a receipt for it.`,
    failedForNow: ({ to }) => `${to} has a fault; it is sent again.`,
    resent: () => "It was sent again.",
    unconfirmed: ({ to }) => `Nobody knows whether ${to} has it; a person at its sender was told.`,
    handled: ({ by }) => `${by} has seen to it.`,
  },
};

const words = {
  da: {
    from: "fra",
    to: "til",
    called: "kaldes",
    envelope: "i kuverten",
    hub: "Broen",
    now: "Nu",
    nobody: "Den er ikke sendt videre til nogen.",
    waits: (to: string, since: string) => `${to} har ikke hentet den endnu (${since}).`,
    noReceipt: (to: string, since: string) => `${to} har den, og har ikke kvitteret endnu (${since}).`,
    done: (to: string) => `${to} har kvitteret. Der mangler intet.`,
    trouble: (to: string) => `Den er ikke kommet frem hos ${to}.`,
    since: (time: string) => `i ${time}`,
  },
  en: {
    from: "from",
    to: "to",
    called: "called",
    envelope: "in envelope",
    hub: "The hub",
    now: "Now",
    nobody: "It was passed on to nobody.",
    waits: (to: string, since: string) => `${to} has not fetched it yet (${since}).`,
    noReceipt: (to: string, since: string) => `${to} has it, and has not given a receipt yet (${since}).`,
    done: (to: string) => `${to} has given a receipt. Nothing is missing.`,
    trouble: (to: string) => `It has not arrived at ${to}.`,
    since: (time: string) => `for ${time}`,
  },
} as const;

const units = [
  [86_400_000, { da: ["dag", "dage"], en: ["day", "days"] }],
  [3_600_000, { da: ["time", "timer"], en: ["hour", "hours"] }],
  [60_000, { da: ["minut", "minutter"], en: ["minute", "minutes"] }],
  [1_000, { da: ["sekund", "sekunder"], en: ["second", "seconds"] }],
] as const;

/** `3 hours`: in the largest unit of which there is one at least; below a second in milliseconds. */
const spanText = (ms: number, language: TraceLanguage): string => {
  for (const [unit, names] of units) {
    const count = Math.floor(ms / unit);
    if (count >= 1) return `${String(count)} ${names[language][count === 1 ? 0 : 1]}`;
  }
  return `${String(Math.max(0, ms))} ms`;
};

const isWhat = (what: string): what is What => what in sentences.da;
const namesOf = ({ to }: MessageView): string => to.map(({ name }) => name).join(", ");

type Line = { readonly hop: MessageHop; readonly message: MessageView };

/** Each at most once: of what went, an hour later, the hub tells what it told of what came. In the order that it happened. */
const linesOf = ({ came, went }: Trace): Line[] =>
  [...(came === undefined ? [] : [came]), ...went]
    .flatMap((message) => message.hops.map((hop) => ({ hop, message })))
    .toSorted((a, b) => Date.parse(a.hop.at) - Date.parse(b.hop.at));

/** `2026-11-23 10:15:02.123` on a Danish clock: zones differ by whole minutes. */
const timeOf = (instant: string): string =>
  `${localTimeOf(instant).replace("T", " ")}${new Date(instant).toISOString().slice(16, 23)}`;

const sentenceOf = ({ hop, message }: Line, language: TraceLanguage): string => {
  const { from, to } = message;
  const known = [from, ...to].find(({ gln }) => gln === hop.by)?.name;
  const by = hop.by === "hub" ? words[language].hub : (known ?? hop.by);
  const said = isWhat(hop.what)
    ? sentences[language][hop.what]({ message, by, to: namesOf(message) })
    : hop.what;
  return hop.code === undefined ? said : `${said} [${hop.code}]`;
};

const standingOf = (message: MessageView, language: TraceLanguage, nowMs: number): string => {
  const w = words[language];
  const to = namesOf(message);
  const last = message.hops.at(-1)?.at ?? message.at;
  const since = w.since(spanText(nowMs - Date.parse(last), language));
  if (message.status === "waiting") return w.waits(to, since);
  if (message.status === "fetched") return w.noReceipt(to, since);
  return message.status === "acknowledged" ? w.done(to) : w.trouble(to);
};

const headOf = ({ came, went }: Trace, language: TraceLanguage): string[] => {
  const w = words[language];
  const message = came ?? went[0];
  if (message === undefined) return [];
  const envelopes = message.envelopeIds.map((id) => `${w.envelope} ${id}`);
  return [
    `${message.type} ${w.from} ${message.from.name} ${w.to} ${namesOf(message)}`,
    [`${w.called} ${message.messageIds.join(", ")}`, ...envelopes].join(", "),
  ];
};

/** Everything that happened to one message, in the order that it did, in words; and where it stands. */
export const traceText = (
  trace: Trace,
  { language, nowMs }: { language: TraceLanguage; nowMs: number },
): string => {
  const lines = linesOf(trace);
  const rows = lines.map((line, i) => {
    const before = lines[i - 1];
    const passed =
      before === undefined
        ? ""
        : `+${spanText(Date.parse(line.hop.at) - Date.parse(before.hop.at), language)}`;
    return `  ${timeOf(line.hop.at)}  ${passed.padEnd(14)}  ${sentenceOf(line, language)}`;
  });
  const taken = trace.came === undefined || trace.came.status === "accepted";
  const standing = trace.went.map((message) => standingOf(message, language, nowMs));
  const now = taken && standing.length === 0 ? [words[language].nobody] : standing;
  return [
    ...headOf(trace, language),
    "",
    ...rows,
    ...(now.length === 0 ? [] : ["", ...now.map((line) => `${words[language].now}: ${line}`)]),
  ].join("\n");
};
