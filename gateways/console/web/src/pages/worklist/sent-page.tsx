import type { ReactElement } from "react";
import { ListPage } from "./list-page.tsx";

const SentPage = (): ReactElement => <ListPage side="theirs" />;
export default SentPage;
