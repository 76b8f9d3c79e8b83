import type { DeskAct } from "../../../../../../contracts/messages/desk.ts";
import type { Both } from "../../words/both.ts";

type Words = Record<
  | "chosen"
  | "claim"
  | "assign"
  | "release"
  | "read"
  | "nobodyElse"
  | "hasTaken"
  | "lost"
  | "holder"
  | "mine"
  | "nobodys"
  | "onlyUnread"
  | "select"
  | "clear"
  | "has"
  | "close"
  | "takeOver"
  | "me",
  string
> & { did: Record<DeskAct, string> };

/** What is agreed among the people of one house. */
export const deskWords: Both<Words> = {
  da: {
    chosen: "valgt",
    claim: "Tag",
    assign: "Tildel …",
    release: "Læg tilbage",
    read: "Markér læst",
    nobodyElse: "Ingen kolleger er kendt endnu. De kommer her, når de har taget eller læst en sag.",
    hasTaken: "har allerede taget",
    lost: "kunne ikke nås. Prøv igen.",
    holder: "Hos",
    mine: "Mig",
    nobodys: "Ingen",
    onlyUnread: "Kun ulæste",
    select: "Vælg",
    clear: "Fravælg",
    has: "Taget af",
    close: "Luk",
    takeOver: "Overtag",
    me: "mig",
    did: { claim: "Taget", assign: "Tildelt", release: "Lagt tilbage", read: "Læst" },
  },
  en: {
    chosen: "chosen",
    claim: "Take",
    assign: "Assign …",
    release: "Lay back",
    read: "Mark as read",
    nobodyElse: "No colleagues are known yet. They come here when they have taken or read a case.",
    hasTaken: "already has",
    lost: "could not be reached. Try again.",
    holder: "With",
    mine: "Me",
    nobodys: "Nobody",
    onlyUnread: "Unread only",
    select: "Choose",
    clear: "Clear choice",
    has: "Taken by",
    close: "Close",
    takeOver: "Take over",
    me: "me",
    did: { claim: "Taken", assign: "Assigned", release: "Laid back", read: "Read" },
  },
};
