import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryIdOf } from "../../contracts/derived-ids.ts";
import type { CaseState } from "./case-state.ts";
import type { Telling } from "./decision.ts";
import { channelFor, type DirectoryView, type Documents } from "./directory-view.ts";

type Fact = { type: string };

const hasOwnAttachments = (fact: Fact): boolean =>
  "attachments" in fact && Array.isArray(fact.attachments) && fact.attachments.length > 0;

/** The letter that tells of a fact, and one XBIN01 for the attachments that it brings itself. */
const oioxmlOf = (fact: Fact): string[] => {
  if (fact.type === "AttachmentsReceived") return ["XBIN01"];
  if (!("letter" in fact)) return [];
  return hasOwnAttachments(fact) ? ["XDIS91", "XBIN01"] : ["XDIS91"];
};

/** What tells of a fact in each standard. */
export const documentsOf = (fact: Fact): Documents => ({ oioxml: oioxmlOf(fact), json: fact.type });

type Tellings = { tell: readonly Telling[]; facts: readonly Fact[] };

/** Whether everybody who must be told has a way in for it. A fact that cannot be told may not become a record. */
export const canBeTold = ({ tell, facts }: Tellings, directory: DirectoryView): boolean =>
  tell.every(({ to, fact }) => {
    const [receiver, about] = [directory.organisation(to), facts[fact]];
    if (receiver === undefined || about === undefined) return false;
    return channelFor(receiver, documentsOf(about)) !== undefined;
  });

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/**
 * Who must be told, in which standard: one delivery a document. A receiver with no fitting channel gets none here;
 * `canBeTold` was asked before, and the command refused.
 */
export const deliveriesOwed = (
  at: { caseId: string; recordNo: number },
  telling: Tellings,
  directory: DirectoryView,
): Owed[] => {
  const owed: Owed[] = [];
  for (const { to, from, fact } of telling.tell) {
    const about = telling.facts[fact];
    const receiver = directory.organisation(to);
    if (about === undefined || receiver === undefined) continue;
    const channel = channelFor(receiver, documentsOf(about));
    if (channel === undefined) continue;
    const types = channel.standard === "json" ? [about.type] : documentsOf(about).oioxml;
    for (const documentType of types)
      owed.push({
        change: "owed",
        deliveryId: deliveryIdOf(at.caseId, at.recordNo, owed.length),
        to,
        from,
        standard: channel.standard,
        transport: channel.transport,
        documentType,
        fact,
        receiptExpected: channel.sendsReceipts,
      });
  }
  return owed;
};

/** A party that acts on a case has read what it was sent before: its open deliveries are settled by the act. */
export const readByActing = (state: CaseState, actor: string, at: string): DeliveryChange[] =>
  Object.values(state.deliveries)
    .filter((d) => d.to === actor && (d.status === "waiting" || d.status === "fetched"))
    .map((d) => ({ change: "acknowledged", deliveryId: d.deliveryId, at, by: actor, how: "action" }));
