import type { ReactElement } from "react";
import { Redirect } from "wouter";
import { useSession } from "../../api/session.ts";
import { ListPage } from "./list-page.tsx";

/** Roles that see figures alone: no case is theirs, and no list. */
const ofFigures: ReadonlySet<string> = new Set(["committee", "controller"]);

/** Where most people begin; who sees figures alone begins with them. */
export const WorklistPage = (): ReactElement => {
  const roles = useSession().person?.roles ?? [];
  const isOfFigures = roles.length > 0 && roles.every((role) => ofFigures.has(role));
  return isOfFigures ? <Redirect to="/indicators" replace /> : <ListPage side="ours" />;
};
