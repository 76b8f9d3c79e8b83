import type { Both } from "../../words/both.ts";
import type { Group, Pressure } from "./rows.ts";

type Words = Record<
  | "worklist"
  | "sent"
  | "lead"
  | "sentLead"
  | "from"
  | "to"
  | "family"
  | "status"
  | "urgency"
  | "urgent"
  | "overdue"
  | "search"
  | "all"
  | "onlyLate"
  | "empty"
  | "emptyText"
  | "sentEmpty"
  | "sentEmptyText"
  | "noneFit"
  | "clear"
  | "fresh"
  | "unread"
  | "sound"
  | "keys"
  | "why"
  | "agreement"
  | "version"
  | "warnsAt"
  | "close"
  | "noDue"
  | "openCase"
  | "refresh"
  | "unknown"
  | "years"
  | "list"
  | "newQuestion"
  | "newReferral",
  string
> & {
  groups: Record<Group, string>;
  pressure: Record<Pressure, string>;
  shortcuts: readonly (readonly [string, string])[];
};

export const worklistWords: Both<Words> = {
  da: {
    worklist: "Arbejdsliste",
    sent: "Sendt",
    lead: "Det, vi skal gøre, ordnet efter hvornår.",
    sentLead: "Det, vi venter på fra andre.",
    from: "fra",
    to: "hos",
    family: "Type",
    status: "Status",
    urgency: "Hast",
    urgent: "haster",
    overdue: "Frist",
    search: "Søg i listen",
    all: "Alle",
    onlyLate: "Kun overskredet",
    empty: "Her er intet at gøre lige nu",
    emptyText: "Henvisninger, spørgsmål, epikriser og tider, der venter på jer, kommer her af sig selv.",
    sentEmpty: "I venter ikke på nogen",
    sentEmptyText:
      "Det, I sender, står her, indtil modtageren har svaret. Send et spørgsmål eller en henvisning for at begynde.",
    noneFit: "Intet passer til filtrene",
    clear: "Ryd filtre",
    fresh: "nye",
    unread: "Ulæst",
    sound: "Lyd og tal ved hast",
    keys: "Genvejstaster",
    why: "Hvorfor denne frist?",
    agreement: "Aftale",
    version: "version",
    warnsAt: "Varsler",
    close: "Luk",
    noDue: "uden frist",
    openCase: "Åbn sagen",
    refresh: "Vis nye",
    unknown: "Uden borger",
    years: "år",
    list: "Sager",
    newQuestion: "Nyt spørgsmål",
    newReferral: "Ny henvisning",
    groups: {
      late: "Overskredet",
      urgent: "Haster nu",
      today: "I dag",
      week: "Denne uge",
      later: "Senere",
      none: "Uden frist",
    },
    pressure: { late: "Overskredet", warning: "Snart", calm: "I god tid" },
    shortcuts: [
      ["j / k", "Næste / forrige sag"],
      ["Enter", "Åbn sagen"],
      ["a", "Svar: åbn sagen og det, der skal gøres"],
      ["x", "Vælg sagen"],
      ["/", "Søg i listen"],
      ["?", "Vis genvejstaster"],
      ["Esc", "Luk"],
    ],
  },
  en: {
    worklist: "Worklist",
    sent: "Sent",
    lead: "What we are to do, by when.",
    sentLead: "What we wait for others to do.",
    from: "from",
    to: "with",
    family: "Type",
    status: "Status",
    urgency: "Urgency",
    urgent: "urgent",
    overdue: "Due",
    search: "Search the list",
    all: "All",
    onlyLate: "Overdue only",
    empty: "There is nothing to do just now",
    emptyText: "Referrals, questions, summaries and times that wait for you come here by themselves.",
    sentEmpty: "You wait for nobody",
    sentEmptyText:
      "What you send stands here until its receiver has answered. Send a question or a referral to begin.",
    noneFit: "Nothing fits the filters",
    clear: "Clear filters",
    fresh: "new",
    unread: "Unread",
    sound: "Sound and count when urgent",
    keys: "Keys",
    why: "Why this time?",
    agreement: "Agreement",
    version: "version",
    warnsAt: "Warns",
    close: "Close",
    noDue: "no due time",
    openCase: "Open the case",
    refresh: "Show new",
    unknown: "No citizen",
    years: "years",
    list: "Cases",
    newQuestion: "New question",
    newReferral: "New referral",
    groups: {
      late: "Overdue",
      urgent: "Urgent now",
      today: "Today",
      week: "This week",
      later: "Later",
      none: "No due time",
    },
    pressure: { late: "Overdue", warning: "Soon", calm: "In good time" },
    shortcuts: [
      ["j / k", "Next / previous case"],
      ["Enter", "Open the case"],
      ["a", "Answer: open the case and what is to be done"],
      ["x", "Choose the case"],
      ["/", "Search the list"],
      ["?", "Show the keys"],
      ["Esc", "Close"],
    ],
  },
};
