import type { IconProps } from "@tabler/icons-react";
import {
  IconActivityHeartbeat,
  IconCalendarEvent,
  IconChartBar,
  IconClipboardList,
  IconFileText,
  IconHelp,
  IconSend,
  IconServerCog,
  IconUsers,
} from "@tabler/icons-react";
import { type ComponentType, lazy } from "react";
import type { PersonRole } from "../../../../../contracts/messages/session.ts";
import type { Both } from "../words/both.ts";
import { SentPage } from "./worklist/sent-page.tsx";
import { WorklistPage } from "./worklist/worklist-page.tsx";

/** A page of the console. `nav`: its place in the menu; absent: others lead to it. Its code is fetched when it is opened; that of the lists, with which most people begin, comes at once. */
export type Page = {
  path: string;
  view: ComponentType;
  /** In the browser's tab, where the menu has no name for it; never anything of a citizen. A list says its own, with how many wait. */
  title?: Both<string> | "own";
  nav?: {
    name: Both<string>;
    icon: ComponentType<IconProps>;
    /** To whom it is shown in the menu; absent: to all. */
    roles?: readonly PersonRole[];
  };
};

/** A page whose styles are more than those of the lists: they come along with it. */
const styled = (load: () => Promise<{ default: ComponentType }>): ComponentType =>
  lazy(async () => {
    const [view] = await Promise.all([load(), import("../shell/more-styles.ts")]);
    return view;
  });

const agreements = styled(() => import("./agreements/agreements-page.tsx"));
const indicators = styled(() => import("./indicators/indicators-page.tsx"));
const operations = styled(() => import("./operations/operations-page.tsx"));

/** In the order of the menu. One line a page. */
export const pages: readonly Page[] = [
  {
    path: "/",
    view: WorklistPage,
    title: "own",
    nav: { name: { da: "Arbejdsliste", en: "Worklist" }, icon: IconClipboardList },
  },
  {
    path: "/sent",
    view: SentPage,
    title: "own",
    nav: { name: { da: "Sendt", en: "Sent" }, icon: IconSend },
  },
  {
    path: "/cases/:caseId",
    view: styled(() => import("./case/case-page.tsx")),
    title: { da: "Sag", en: "Case" },
  },
  {
    path: "/citizens",
    view: styled(() => import("./citizens/citizens-page.tsx")),
    nav: { name: { da: "Borgere", en: "Citizens" }, icon: IconUsers },
  },
  {
    path: "/tobs",
    view: styled(() => import("./tobs/tobs-page.tsx")),
    nav: {
      name: { da: "TOBS", en: "TOBS" },
      icon: IconActivityHeartbeat,
      roles: ["nurse", "acuteNurse"],
    },
  },
  {
    path: "/tobs/:caseId",
    view: styled(() => import("./tobs/trend-page.tsx")),
    title: { da: "TOBS-kurve", en: "TOBS trend" },
  },
  {
    path: "/slots",
    view: styled(() => import("./slots/slots-page.tsx")),
    nav: {
      name: { da: "Tider", en: "Times" },
      icon: IconCalendarEvent,
      roles: ["doctor", "nurse", "secretary", "visitation"],
    },
  },
  {
    path: "/new/advice",
    view: styled(() => import("./new/advice-page.tsx")),
    title: { da: "Stil et spørgsmål", en: "Ask a question" },
  },
  {
    path: "/new/referral",
    view: styled(() => import("./new/referral-page.tsx")),
    title: { da: "Henvis", en: "Refer" },
  },
  {
    path: "/agreements",
    view: agreements,
    nav: { name: { da: "Aftaler", en: "Agreements" }, icon: IconFileText },
  },
  {
    path: "/agreements/:id",
    view: agreements,
    title: { da: "Aftale", en: "Agreement" },
  },
  {
    path: "/indicators",
    view: indicators,
    nav: { name: { da: "Indikatorer", en: "Indicators" }, icon: IconChartBar },
  },
  {
    path: "/operations",
    view: operations,
    nav: { name: { da: "Drift", en: "Operations" }, icon: IconServerCog, roles: ["operator"] },
  },
  {
    path: "/operations/:tab",
    view: operations,
    title: { da: "Drift", en: "Operations" },
  },
  {
    path: "/operations/:tab/:id",
    view: operations,
    title: { da: "Drift", en: "Operations" },
  },
  {
    path: "/help",
    view: styled(() => import("./help/help-page.tsx")),
    nav: { name: { da: "Hjælp", en: "Help" }, icon: IconHelp },
  },
];
