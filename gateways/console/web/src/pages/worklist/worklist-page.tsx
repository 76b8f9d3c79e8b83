import type { ReactElement } from "react";
import { ListPage } from "./list-page.tsx";

export const WorklistPage = (): ReactElement => <ListPage side="ours" />;
