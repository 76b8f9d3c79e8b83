import { columns } from "./say.ts";
import { type Between, growthBy, levelOf, levelsBy, quantileOf, rateOf } from "./top-figures.ts";

export type TopLanguage = "da" | "en";

const words = {
  da: {
    ready: "tager imod",
    notReady: "TAGER IKKE IMOD",
    refusing: "AFSENDERE BEDES VENTE",
    records: "journal, pr. sekund",
    answers: "svar over HTTP, pr. sekund",
    toAnswer: "tid til svar på dokument",
    toDisk: "tid til disken",
    service: "tid i tjenesterne",
    waiting: "venter",
    toHandle: "på behandling",
    toBring: "på at blive bragt",
    clocks: "ure",
    late: "FOR SENT VARSLET",
    timers: "venter på deres tid",
    indexes: "indeks bagud, poster",
    receivers: "modtagere",
    process: "processen",
    processor: "af en processor",
    turns: "længste ture",
    disk: "disk, ledig",
    trouble: "advarsler og fejl",
    none: "ingen",
    half: "halvdelen",
    quit: "q eller Ctrl-C: slut",
    states: { closed: "svarer", "half-open": "prøves igen", open: "VÆK", paused: "sat på pause" },
    unsafe: "ET JA ER IKKE PÅ DISK (--unsafe-fsync)",
  },
  en: {
    ready: "takes in",
    notReady: "TAKES NOTHING IN",
    refusing: "SENDERS ARE ASKED TO WAIT",
    records: "journal, a second",
    answers: "answers over HTTP, a second",
    toAnswer: "time to answer a document",
    toDisk: "time to disk",
    service: "time in the services",
    waiting: "waiting",
    toHandle: "to be handled",
    toBring: "to be brought",
    clocks: "clocks",
    late: "LATE TO RING",
    timers: "wait for their time",
    indexes: "indexes behind, records",
    receivers: "receivers",
    process: "the process",
    processor: "of a processor",
    turns: "longest turns",
    disk: "disk, free",
    trouble: "warnings and errors",
    none: "none",
    half: "half",
    quit: "q or Ctrl-C: end",
    states: { closed: "answer", "half-open": "tried again", open: "AWAY", paused: "paused" },
    unsafe: "A YES IS NOT ON DISK (--unsafe-fsync)",
  },
} as const;
type Words = (typeof words)[TopLanguage];

const number = (value: number): string =>
  value === 0 ? "0" : value < 10 ? value.toFixed(1) : String(Math.round(value));
const time = (seconds: number | undefined): string =>
  seconds === undefined ? "-" : seconds < 1 ? `${number(seconds * 1_000)} ms` : `${number(seconds)} s`;
const size = (bytes: number): string =>
  bytes < 1e9 ? `${String(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

const listed = (counts: ReadonlyMap<string, number>, text = number): string =>
  [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${text(count)}`)
    .join(", ");

const aSecond = (counts: ReadonlyMap<string, number>, { before, now }: Between): Map<string, number> =>
  new Map([...counts].map(([name, count]) => [name, (count * 1_000) / Math.max(1, now.atMs - before.atMs)]));

const quantiles = (
  between: Between,
  of: { name: string; wanted?: Record<string, string> },
  w: Words,
): string =>
  `${w.half} ${time(quantileOf(between, { ...of, share: 0.5 }))}, 99 % ${time(quantileOf(between, { ...of, share: 0.99 }))}`;

/** What a sender waits for. */
const documents = { name: "sektorbro_http_request_seconds", wanted: { route: "/v1/messages" } };

const standing = ({ now }: Between, w: Words): string[] => {
  const refusing = [...levelsBy(now, "sektorbro_refusing", "code")].filter(([, value]) => value > 0);
  return [
    levelOf(now, "sektorbro_ready") > 0 ? w.ready : w.notReady,
    ...(refusing.length === 0 ? [] : [`${w.refusing}: ${refusing.map(([code]) => code).join(", ")}`]),
    ...(levelOf(now, "sektorbro_durable") > 0 ? [] : [w.unsafe]),
  ];
};

const flow = (between: Between, w: Words): string[][] => {
  const records = aSecond(growthBy(between, "sektorbro_records_total", "family"), between);
  const answers = aSecond(growthBy(between, "sektorbro_http_request_seconds_count", "status"), between);
  const services = aSecond(growthBy(between, "sektorbro_bus_seconds_count", "service"), between);
  return [
    [w.records, number(rateOf(between, "sektorbro_records_total")), listed(records)],
    [w.answers, number(rateOf(between, "sektorbro_http_request_seconds_count")), listed(answers)],
    [w.toAnswer, "", quantiles(between, documents, w)],
    [w.toDisk, "", quantiles(between, { name: "sektorbro_write_seconds" }, w)],
    [w.service, "", `${quantiles(between, { name: "sektorbro_bus_seconds" }, w)}  ${listed(services)}`],
  ];
};

const receiversIn = ({ now }: Between, { states }: Words): string =>
  (["closed", "half-open", "open", "paused"] as const)
    .map((state) => [state, levelOf(now, "sektorbro_push_receivers", { state })] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${String(count)} ${states[state]}`)
    .join(", ");

const stock = (between: Between, w: Words): string[][] => {
  const { now } = between;
  const late = levelOf(now, "sektorbro_timers", { state: "late" });
  const waiting = [
    `${String(levelOf(now, "sektorbro_intake_waiting"))} ${w.toHandle}`,
    `${String(levelOf(now, "sektorbro_push_waiting"))} ${w.toBring}`,
  ];
  const clocks = [
    `${String(levelOf(now, "sektorbro_timers", { state: "waiting" }))} ${w.timers}`,
    ...(late === 0 ? [] : [`${String(late)} ${w.late}`]),
  ];
  return [
    [w.waiting, "", waiting.join(", ")],
    [w.clocks, "", clocks.join(", ")],
    [w.indexes, "", listed(levelsBy(now, "sektorbro_index_behind_records", "index"), String)],
    [w.receivers, "", receiversIn(between, w) || w.none],
  ];
};

const machine = (between: Between, w: Words): string[][] => {
  const { now } = between;
  const share = Math.round(rateOf(between, "process_cpu_seconds_total") * 100);
  const turns = time(levelOf(now, "nodejs_eventloop_delay_seconds", { quantile: "0.99" }));
  const memory = size(levelOf(now, "process_resident_memory_bytes"));
  const free = levelOf(now, "sektorbro_disk_free_bytes");
  const trouble = listed(growthBy(between, "sektorbro_trouble_total", "event"), String);
  return [
    [w.process, "", `${String(share)} % ${w.processor}, ${memory}, ${w.turns} ${turns}`],
    ...(free === 0 ? [] : [[w.disk, "", size(free)]]),
    [w.trouble, "", trouble || w.none],
  ];
};

/** One screen of what a hub does between two readings. `heading`: where it is, and the time of the later one. */
export const topText = (
  between: Between,
  { heading, language, live }: { heading: string; language: TopLanguage; live: boolean },
): string => {
  const w = words[language];
  return [
    [heading, ...standing(between, w)].join("   "),
    "",
    columns([...flow(between, w), ...stock(between, w), ...machine(between, w)]),
    ...(live ? ["", w.quit] : []),
  ].join("\n");
};
