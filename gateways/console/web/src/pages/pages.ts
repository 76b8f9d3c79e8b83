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

/** A page of the console. `nav`: its place in the menu; absent: others lead to it. Its code is fetched when it is opened. */
export type Page = {
  path: string;
  view: ComponentType;
  nav?: {
    name: Both<string>;
    icon: ComponentType<IconProps>;
    /** To whom it is shown in the menu; absent: to all. */
    roles?: readonly PersonRole[];
  };
};

const agreements = lazy(() => import("./agreements/agreements-page.tsx"));
const indicators = lazy(() => import("./indicators/indicators-page.tsx"));
const operations = lazy(() => import("./operations/operations-page.tsx"));

/** In the order of the menu. One line a page. */
export const pages: readonly Page[] = [
  {
    path: "/",
    view: lazy(() => import("./worklist/worklist-page.tsx")),
    nav: { name: { da: "Arbejdsliste", en: "Worklist" }, icon: IconClipboardList },
  },
  {
    path: "/sent",
    view: lazy(() => import("./worklist/sent-page.tsx")),
    nav: { name: { da: "Sendt", en: "Sent" }, icon: IconSend },
  },
  { path: "/cases/:caseId", view: lazy(() => import("./case/case-page.tsx")) },
  {
    path: "/citizens",
    view: lazy(() => import("./citizens/citizens-page.tsx")),
    nav: { name: { da: "Borgere", en: "Citizens" }, icon: IconUsers },
  },
  {
    path: "/tobs",
    view: lazy(() => import("./tobs/tobs-page.tsx")),
    nav: {
      name: { da: "TOBS", en: "TOBS" },
      icon: IconActivityHeartbeat,
      roles: ["nurse", "acuteNurse"],
    },
  },
  { path: "/tobs/:caseId", view: lazy(() => import("./tobs/trend-page.tsx")) },
  {
    path: "/slots",
    view: lazy(() => import("./slots/slots-page.tsx")),
    nav: {
      name: { da: "Tider", en: "Times" },
      icon: IconCalendarEvent,
      roles: ["doctor", "nurse", "secretary", "visitation"],
    },
  },
  { path: "/new/advice", view: lazy(() => import("./new/advice-page.tsx")) },
  { path: "/new/referral", view: lazy(() => import("./new/referral-page.tsx")) },
  {
    path: "/agreements",
    view: agreements,
    nav: { name: { da: "Aftaler", en: "Agreements" }, icon: IconFileText },
  },
  { path: "/agreements/:id", view: agreements },
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
  { path: "/operations/:tab", view: operations },
  { path: "/operations/:tab/:id", view: operations },
  {
    path: "/help",
    view: lazy(() => import("./help/help-page.tsx")),
    nav: { name: { da: "Hjælp", en: "Help" }, icon: IconHelp },
  },
];
