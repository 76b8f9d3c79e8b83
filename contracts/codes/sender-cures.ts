import type { Cure } from "./fate.ts";
import type { senderErrors } from "./sender-errors.ts";

/** Causes and cures of what a sender sent, or who sends it. */
export const senderCures = {
  "message-invalid": {
    cause: "Required fields are missing, have another form, or are not known here.",
    cure: "Mend what each problem names by its path; the schemas are in contracts/schema and at /docs.",
  },
  "xml-malformed": {
    cause: "The XML ends early, crosses its tags, or holds characters that XML does not allow.",
    cure: "Send the bytes as your system writes them to disk; check that nothing cuts or re-encodes them on the way.",
  },
  "xml-forbidden": {
    cause: "The document has a DOCTYPE, an entity of its own, or refers to something outside itself.",
    cure: "Leave them out: no MedCom document needs them.",
  },
  "xml-too-deep": {
    cause:
      "Elements lie deeper in one another, or are more, than SEKTORBRO_MAX_DEPTH and SEKTORBRO_MAX_ELEMENTS allow.",
    cure: "No real letter comes near the limits: look for a loop in what writes the document.",
  },
  "encoding-unknown": {
    cause: "The XML declaration names an encoding that is not received, or the bytes are in another.",
    cure: "Write ISO-8859-1, windows-1252 or UTF-8, and name the one that you write.",
  },
  "type-unknown": {
    cause: "The root element, namespace or message type is none that MedCom publishes.",
    cure: "Check which standard and version you send; see the README for what is received.",
  },
  "type-unspoken": {
    cause: "MedCom publishes this type, and the hub does not receive it yet.",
    cure: "Send it the way that you do today; the receipt says so to your system.",
  },
  "version-wrong": {
    cause: "The type is received in other versions.",
    cure: "Send a version that the problem names.",
  },
  "document-invalid": {
    cause: "The document breaks a rule of its standard; each problem names the place.",
    cure: "Mend each place. The page of the standard stands in the problem where there is one.",
  },
  "document-too-large": {
    cause: "It is larger than SEKTORBRO_MAX_DOCUMENT_BYTES.",
    cure: "Upload attachments by themselves (POST /v1/attachments, or XBIN01).",
  },
  "document-too-costly": {
    cause: "Reading it took longer, or more memory, than one document may.",
    cure: "Send large attachments apart; if the document is small, tell those who run the hub.",
  },
  "record-too-large": {
    cause: "What the command says is larger than one record of the journal.",
    cure: "Put long content into attachments.",
  },
  "media-type-unknown": {
    cause: "The content-type header names neither XML nor JSON.",
    cure: "Send application/xml, application/json, or FHIR's own types.",
  },
  "attachment-size-differs": {
    cause: "The size that the message tells of an attachment is not that of its bytes.",
    cure: "Tell the size of the bytes before base64.",
  },
  "envelope-size-differs": {
    cause: "SizeInBytes of the VANSEnvelope is not the size of its data.",
    cure: "Count the bytes of the document inside, before base64.",
  },
  "object-unknown": {
    cause: "The command names an attachment that was never uploaded, or not whole.",
    cure: "Upload it first and use the digest of the answer.",
  },
  "not-authenticated": {
    cause: "The token is missing, has run out, or is signed by an issuer that is not trusted here.",
    cure: "Get a new token; on a machine of your own: sektorbro token GLN.",
  },
  "sender-not-authorised": {
    cause: "The token is for another organisation than the one that the message says it is from.",
    cure: "Send as the organisation of the token, or as a unit that belongs to it in the directory.",
  },
  "operator-only": {
    cause: "The address is for those who run the hub.",
    cure: "Ask them, or use a token with the operator's role.",
  },
  "too-many-requests": {
    cause: "The caller asks more often than SEKTORBRO_REQUESTS_PER_SECOND lets one caller.",
    cure: "Wait for as long as Retry-After says; spread what is not urgent.",
  },
  "role-not-allowed": {
    cause: "The person's roles, or the kind of caller, do not come in by this address.",
    cure: "Ask whoever gives out roles in your organisation; infra/security tells which role sees what.",
  },
  "assurance-too-low": {
    cause: "Emergency access needs a person at assurance level Substantial or High (NSIS).",
    cure: "Sign in anew with an identity of that level, e.g. MitID Erhverv with two factors.",
  },
  "emergency-over": {
    cause: "An emergency access is one person's, for one citizen, for a time.",
    cure: "Ask for it anew, with the reason why it is still needed.",
  },
  "sender-unknown": {
    cause: "No organisation of the directory has the sender's GLN today.",
    cure: "Ask those who run the hub to take you into the directory.",
  },
  "receiver-unknown": {
    cause: "No organisation of the directory has the receiver's GLN today.",
    cure: "Look it up: GET /v1/directory; GLNs change when units are merged.",
  },
  "receiver-cannot-receive": {
    cause: "The receiver's channel takes no document of this type or standard.",
    cure: "Send another type, or ask the receiver what it takes.",
  },
  "receiver-is-sender": {
    cause: "Sender and receiver are the same organisation.",
    cure: "Mend the receiver.",
  },
  "receiver-id-mismatch": {
    cause: "The receiver's ydernummer or SHAK does not belong to its GLN.",
    cure: "Take both from the directory at the same time.",
  },
  "no-unit-advises": {
    cause: "No unit offers advice in that speciality today.",
    cure: "Search the directory for who does, or name the unit yourself.",
  },
  "no-unit-takes": {
    cause: "No unit takes that kind of referral for that citizen today.",
    cure: "Search the directory; offers have dates, municipalities and age limits.",
  },
  "sender-may-not-refer": {
    cause: "That kind of organisation does not refer to that kind of offer.",
    cure: "Ask one that does; the rules are at GET /v1/referral-rules.",
  },
  "referral-incomplete": {
    cause: "The receiver needs content that the referral lacks; each problem names it.",
    cure: "Fill in what is named; GET /v1/referral-rules tells it beforehand.",
  },
  "stay-differs": {
    cause: "The message names another citizen than the stay that it belongs to.",
    cure: "Check both numbers. Never mend this by sending the other citizen's.",
  },
  "summary-incomplete": {
    cause: "The summary lacks what a patient with such needs must have told.",
    cure: "Fill in what each problem names.",
  },
  "case-unknown": {
    cause: "There is no such case, or you are no party to it: both look the same from outside.",
    cure: "Check the id and the organisation that you act as (for=GLN).",
  },
  "agreement-unknown": {
    cause: "No agreement in force has that id.",
    cure: "List them: GET /v1/agreements.",
  },
  "clock-unknown": { cause: "The case has no clock of that id.", cure: "The case's view lists its clocks." },
  "receiver-not-pushed": {
    cause: "The receiver comes for its documents, so there is nothing to pause or resume.",
    cure: "Look at its channels in the directory.",
  },
  "dead-letter-unknown": {
    cause: "No dead letter has that id, or it is not yours.",
    cure: "List them: GET /v1/dead-letters.",
  },
  "message-unknown": {
    cause: "No message has that id, or it is not yours.",
    cure: "Search by the sender's own id: POST /v1/messages/search.",
  },
  "delivery-unknown": {
    cause: "The inbox has no such document, or it is another organisation's.",
    cure: "List the inbox of the organisation that you act as.",
  },
} as const satisfies Record<keyof typeof senderErrors, Cure>;
