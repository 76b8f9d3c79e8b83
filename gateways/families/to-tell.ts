import { plainUuid, shortId } from "../../contracts/derived-ids.ts";
import type { Letter } from "../../contracts/letter.ts";
import type { Party } from "../../contracts/party.ts";
import type { CaseRecord } from "../../contracts/record.ts";

/**
 * A fact that is to be told by a MedCom letter, with all that the letter is made of: the case up to the fact's record, which
 * never changes, so the same delivery is the same letter for ever.
 */
export interface ToTell {
  readonly documentType: string;
  readonly deliveryId: string;
  readonly fact: { readonly type: string };
  /** The record that holds the fact. */
  readonly record: CaseRecord;
  /** Every record of the case up to it, in order, itself included. */
  readonly records: readonly CaseRecord[];
  readonly parties: { readonly from: Party; readonly to: Party };
  /** Danish wall-clock time of an instant, `yyyy-mm-ddThh:mm`. */
  readonly localTime: (instant: string) => string;
}

type Head = Pick<Letter, "letterId" | "status" | "authorised" | "statisticalCode"> & {
  episodeOfCareId: string;
};

/** What every letter that the hub writes has at its head: numbers made of the delivery, and the case as the thread to answer in. */
export const headOf = ({ deliveryId, record, documentType, localTime }: ToTell): Head => ({
  letterId: shortId(`letter:${deliveryId}`),
  status: "new",
  authorised: localTime(record.meta.at),
  statisticalCode: documentType,
  episodeOfCareId: plainUuid(record.caseId),
});
