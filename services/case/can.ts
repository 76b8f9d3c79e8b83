import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { CanQuery } from "../../contracts/messages/can.ts";
import { isNoticeFact } from "../../contracts/notices.ts";
import type { CasePorts } from "./case-handler.ts";
import type { Core } from "./core.ts";

type Fact = { type: string };
type Ports = Pick<CasePorts, "load" | "now" | "localTime">;
type Asked<State, F extends Fact> = Pick<
  Core<State, never, F>,
  "family" | "initial" | "adopts" | "evolve" | "can"
>;

const refused = (code: string): QueryReply<string[]> => ({ status: "refused", code });

/**
 * Answers `qry.can.<family>`: which commands a case takes from whoever asks, as it stands. Asked of the state and the rules that
 * `decide` itself goes by, never of a copy.
 */
export const createCanHandler = <State, F extends Fact>(
  core: Asked<State, F>,
  { load, now, localTime }: Ports,
): ((message: unknown) => Promise<QueryReply<string[]>>) => {
  const evolved = (state: State, fact: Fact): State =>
    !isNoticeFact(fact) && core.adopts(fact) ? core.evolve(state, fact) : state;
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    const query = CanQuery.safeParse(envelope.data?.payload);
    if (envelope.data === undefined || !query.success) return refused("message-invalid");
    const loaded = await load(query.data.caseId, core.family);
    if (loaded.length === 0) return refused("case-unknown");
    const state = loaded.flatMap(({ record }) => record.facts).reduce(evolved, core.initial);
    const at = now();
    const asking = { actor: envelope.data.sender, now: at, today: localTime(at).slice(0, 10) };
    return { status: "ok", value: [...(core.can?.(state, asking) ?? [])] };
  };
};
