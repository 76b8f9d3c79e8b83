import { threadKey } from "../../contracts/index-keys.ts";
import type { Letter } from "../../contracts/letter.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { episodeKey, turnKey } from "../case/thread-keys.ts";
import { createAdviceHandler } from "./handler.ts";

/** By episode of care, then by whose turn it is. While the index is away nothing is found, and a letter opens a case of its own. */
const threadFinder =
  ({ projections, indexDigest }: Platform) =>
  async (letter: Letter): Promise<string | undefined> => {
    const [from, to] = [letter.sender.gln, letter.receiver.gln];
    const keys = [episodeKey(letter, indexDigest), turnKey(letter, { from, to }, indexDigest)];
    const found = await projections
      .highest(keys.flatMap((key) => (key === undefined ? [] : [threadKey(key)])))
      .catch(() => []);
    return found.find((caseId) => caseId !== undefined);
  };

export const startAdvice = (platform: Platform): Part => {
  const handle = createAdviceHandler({
    ...casePortsFrom(platform, effects),
    caseIdFor,
    findThread: threadFinder(platform),
  });
  return platform.bus.serve(commandSubject("advice.*"), "advice", overJson(handle));
};
