import type { ReactElement } from "react";
import { ListPage } from "./list-page.tsx";

const WorklistPage = (): ReactElement => <ListPage side="ours" />;
export default WorklistPage;
