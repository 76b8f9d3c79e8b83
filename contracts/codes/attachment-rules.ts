/**
 * How long a letter waits for the attachments that it names and that travel by themselves (XBIN01), when its receiver takes
 * attachments inside a message alone (CareCommunication). MedCom's conversion waits 60 minutes at most, and passes what comes from the
 * referral hotel (DNHF) on without waiting (use cases of the VANS conversion 3.1.0; guide to MedCom FHIR, section 11).
 */
export type AttachmentRules = {
  /** A letter waits no longer than that for its attachments, and attachments no longer for their letter. */
  readonly waitSeconds: number;
  /** GLNs of senders whose letters and attachments wait for nothing. */
  readonly neverWait: readonly string[];
};

/** The referral hotel has no address in the sources: whoever runs the hub names it. */
export const defaultAttachmentRules: AttachmentRules = { waitSeconds: 60 * 60, neverWait: [] };
