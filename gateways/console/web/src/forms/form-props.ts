import type { CaseView } from "../../../../../contracts/messages/worklist.ts";

/** What a form on a case is given; `onDone`: it was sent, or closed. */
export type FormProps = { view: CaseView; onDone: () => void };
