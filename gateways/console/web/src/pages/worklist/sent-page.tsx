import type { ReactElement } from "react";
import { ListPage } from "./list-page.tsx";

export const SentPage = (): ReactElement => <ListPage side="theirs" />;
