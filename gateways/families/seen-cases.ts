import type { QueryReply } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import type { Family } from "../../contracts/family.ts";
import { CaseList } from "../../contracts/messages/case-list.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import type { SeenCases } from "./order.ts";

/** `viewer` is the GLN that asks: it sees its own cases alone. */
type Query = (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;

/** A citizen with more open matters between the same parties than this is found by the latest of them. */
const mostCases = 20;

interface Asked {
  /** GLN of the letter's sender: it finds only cases that it is a party to. */
  readonly viewer: string;
  readonly patient: { readonly cpr?: string | undefined; readonly alternativeId?: string | undefined };
  readonly families: readonly Family[];
}

const answered = async (query: Query, viewer: string, asked: { type: string; payload: unknown }) => {
  const reply = await query(asked.type, viewer, asked.payload);
  // Without the index a letter would open a case of its own beside the one it belongs to: it waits in INTAKE instead.
  if (reply.status === "failed") throw new Fault("service-unavailable");
  return reply.status === "ok" ? reply.value : undefined;
};

/** The citizen's cases of these families that the sender may see, whole. @throws Fault when they cannot be looked up. */
export const seenCases = async (
  { query }: { readonly query: Query },
  { viewer, patient, families }: Asked,
): Promise<SeenCases> => {
  const payload = { patient, limit: 100 };
  const found = await answered(query, viewer, { type: "worklist.ofPatient", payload });
  const items = CaseList.safeParse(found).data?.items ?? [];
  const wanted = items.filter(({ family }) => families.includes(family)).slice(0, mostCases);
  const cases = await Promise.all(
    wanted.map(({ caseId }) => answered(query, viewer, { type: "worklist.case", payload: { caseId } })),
  );
  return cases.flatMap((one) => CaseView.safeParse(one).data ?? []);
};
