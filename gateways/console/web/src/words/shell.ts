import type { Both } from "./both.ts";

type ShellWords = Record<
  | "signIn"
  | "signInLead"
  | "signInNobody"
  | "signOut"
  | "withProvider"
  | "loading"
  | "live"
  | "liveText"
  | "connecting"
  | "lost"
  | "lostText"
  | "search"
  | "language"
  | "dark"
  | "light"
  | "skip"
  | "menu"
  | "begin"
  | "shortcuts"
  | "more"
  | "unknownPage"
  | "toWorklist"
  | "again"
  | "offline"
  | "failed"
  | "busy"
  | "requestId",
  string
>;

export const shellWords: Both<ShellWords> = {
  da: {
    signIn: "Log ind",
    signInLead: "Demoens personer er opdigtede. Vælg, hvem du vil være.",
    signInNobody:
      "Her er ingen at logge ind som: broen lytter til andre maskiner, og så kræver den en rigtig identitet.",
    signOut: "Log ud",
    withProvider: "Log ind med din organisations login",
    loading: "Henter …",
    live: "Forbundet",
    liveText: "Nyt vises, så snart det sker.",
    connecting: "Forbinder …",
    lost: "Ingen forbindelse",
    lostText:
      "Det, du ser, kan være forældet. Det, du skriver, bliver stående. Siden prøver selv igen og henter alt forfra.",
    search: "Søg: sags-id eller CPR",
    language: "English",
    dark: "Mørk",
    light: "Lys",
    skip: "Gå til indholdet",
    menu: "Menu",
    begin: "Ny",
    shortcuts: "Genveje",
    more: "Mere",
    unknownPage: "Den side findes ikke.",
    toWorklist: "Til arbejdslisten",
    again: "Prøv igen",
    offline: "Der er ingen forbindelse til broen. Intet er sendt; prøv igen om lidt.",
    failed: "Det lykkedes ikke.",
    busy: "Broen har travlt. Prøv igen om",
    requestId: "Henvisning til loggen",
  },
  en: {
    signIn: "Sign in",
    signInLead: "The demo's people are made up. Choose who you want to be.",
    signInNobody:
      "There is nobody to sign in as: the hub listens to other machines, and then it takes a real identity.",
    signOut: "Sign out",
    withProvider: "Sign in with your organisation",
    loading: "Loading …",
    live: "Connected",
    liveText: "What is new is shown as it happens.",
    connecting: "Connecting …",
    lost: "No connection",
    lostText:
      "What you see may be out of date. What you type stays. The page tries by itself, and reads all of it again.",
    search: "Search: case id or CPR",
    language: "Dansk",
    dark: "Dark",
    light: "Light",
    skip: "Skip to the content",
    menu: "Menu",
    begin: "New",
    shortcuts: "Shortcuts",
    more: "More",
    unknownPage: "There is no such page.",
    toWorklist: "To the worklist",
    again: "Try again",
    offline: "There is no connection to the hub. Nothing was sent; try again in a moment.",
    failed: "It did not work.",
    busy: "The hub is busy. Try again in",
    requestId: "Reference in the log",
  },
};

/** Why an identity provider's person was not let in (`/console/?refused=`). */
export const refusedWords: Both<Readonly<Record<string, string>>> = {
  da: {
    assurance: "Dit login er ikke sikkert nok til helbredsoplysninger. Log ind med et på højere niveau.",
    organisation: "Din organisation står ikke i broens register. Kontakt den, der driver broen.",
    role: "Dit login fortæller ikke, hvad du laver. Bed din organisation give dig en rolle.",
    name: "Dit login fortæller ikke, hvad du hedder. Bed din organisation rette det.",
    unreachable: "Loginudbyderen svarer ikke lige nu. Prøv igen om lidt.",
    failed: "Der blev ikke logget ind. Prøv igen.",
  },
  en: {
    assurance: "Your sign-in is not sure enough for health data. Use one of a higher level.",
    organisation: "Your organisation is not in the hub's directory. Ask whoever runs the hub.",
    role: "Your sign-in does not tell what you do. Ask your organisation for a role.",
    name: "Your sign-in does not tell your name. Ask your organisation to mend it.",
    unreachable: "The identity provider does not answer just now. Try again in a moment.",
    failed: "Nobody was signed in. Try again.",
  },
};
