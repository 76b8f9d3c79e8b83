import { keepAnswers } from "./emitted.ts";

/** Before every test file: what hubs answer with is kept. */
keepAnswers();
