import { localTimeOf } from "../../contracts/danish-time.ts";
import type {
  LoggedMessage,
  MessageHop,
  MessageStatus,
  MessageView,
} from "../../contracts/messages/message-log.ts";
import { columns } from "./say.ts";

export type Language = "da" | "en";

const statuses: Readonly<Record<MessageStatus, Readonly<Record<Language, string>>>> = {
  taken: { da: "modtaget", en: "taken" },
  accepted: { da: "accepteret", en: "accepted" },
  refused: { da: "afvist", en: "refused" },
  unreadable: { da: "ulæselig", en: "unreadable" },
  waiting: { da: "venter", en: "waiting" },
  fetched: { da: "hentet", en: "fetched" },
  acknowledged: { da: "kvitteret", en: "acknowledged" },
  failed: { da: "mislykket", en: "failed" },
  unconfirmed: { da: "uafklaret", en: "unconfirmed" },
};

const words = {
  da: {
    heads: ["tid", "", "type", "fra", "til", "status", "id"],
    hops: ["tid", "hvad", "station", "EDS", "udfald", "hvem"],
    in: "ind",
    out: "ud",
    nothing: "Der er ingen beskeder, som passer.",
    ids: "Beskeden kaldes",
    envelopes: "Kuverter",
    outcome: { "0": "ok", "8": "fejl" },
  },
  en: {
    heads: ["time", "", "type", "from", "to", "status", "id"],
    hops: ["time", "what", "station", "EDS", "outcome", "by"],
    in: "in",
    out: "out",
    nothing: "No message fits.",
    ids: "The message is called",
    envelopes: "Envelopes",
    outcome: { "0": "ok", "8": "error" },
  },
} as const;

/** `2026-11-23 10:15` on a Danish clock. */
const timeOf = (instant: string): string => localTimeOf(instant).replace("T", " ");

const statusOf = ({ status, code }: LoggedMessage, language: Language): string =>
  code === undefined ? statuses[status][language] : `${statuses[status][language]} (${code})`;

const row =
  (language: Language) =>
  (message: LoggedMessage): string[] => [
    timeOf(message.at),
    words[language][message.direction],
    message.type,
    message.from.name,
    message.to.map(({ name }) => name).join(", "),
    statusOf(message, language),
    message.id,
  ];

/** Messages as lines that stand under one another. */
export const messagesText = (items: readonly LoggedMessage[], language: Language): string =>
  items.length === 0
    ? words[language].nothing
    : columns([[...words[language].heads], ...items.map(row(language))]);

const hopRow =
  (language: Language) =>
  ({ at, what, station, subtype, outcome, by, code }: MessageHop): string[] => [
    timeOf(at),
    code === undefined ? what : `${what} (${code})`,
    station ?? "",
    subtype ?? "",
    outcome === undefined ? "" : words[language].outcome[outcome],
    by,
  ];

/** One message, what others call it, and its way. */
export const messageText = (view: MessageView, language: Language): string => {
  const { ids, envelopes, hops } = words[language];
  return [
    messagesText([view], language),
    "",
    `${ids}: ${view.messageIds.join(", ")}`,
    ...(view.envelopeIds.length === 0 ? [] : [`${envelopes}: ${view.envelopeIds.join(", ")}`]),
    "",
    columns([[...hops], ...view.hops.map(hopRow(language))]),
  ].join("\n");
};
