import { convertAdvice } from "./convert-advice.ts";
import type { Workflow } from "./workflow.ts";

/** Everything that one case sets off in another, but for attachments, which find their letter by the index. */
export const rules: readonly Workflow[] = [convertAdvice];
