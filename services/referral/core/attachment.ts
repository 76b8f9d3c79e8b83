import type { StoredObject } from "../../../contracts/letter.ts";

/** An attachment of a referral: kept in the hub, and described by who sent it. */
export type NamedAttachment = StoredObject & { description: string };
