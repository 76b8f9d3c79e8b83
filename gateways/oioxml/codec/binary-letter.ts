import { plainUuid } from "../../../contracts/derived-ids.ts";
import { type AttachmentLetter, ObjectCode, type StoredObject } from "../../../contracts/letter.ts";
import type { Party } from "../../../contracts/party.ts";
import type { Fields, Value } from "../../tables/element-table.ts";
import {
  bytesIn,
  groupIn,
  groupsIn,
  groupValue,
  localTimeIn,
  localTimeValue,
  memberOf,
  optionalText,
  textIn,
  textValue,
} from "../../tables/fields.ts";
import type { Loss } from "../../tables/losses.ts";
import { below, type Place, report } from "../../tables/place.ts";
import { partyFields, partyOf } from "./party-fields.ts";

/** An attachment as the message carried it: its bytes, not yet kept, so without a digest. */
type AttachmentObject = Omit<StoredObject, "digest"> & { readonly bytes: Uint8Array };
export type UnstoredAttachmentLetter = Omit<AttachmentLetter, "objects"> & {
  readonly objects: readonly AttachmentObject[];
};

type About = AttachmentLetter["about"];

const citizenOf = (fields: Fields): About => {
  const cpr = optionalText(fields, "CivilRegistrationNumber");
  const alternativeId = optionalText(fields, "AlternativeIdentifier");
  const givenName = optionalText(fields, "PersonGivenName");
  return {
    kind: "patient",
    ...(cpr === undefined ? {} : { cpr }),
    ...(alternativeId === undefined ? {} : { alternativeId }),
    surname: textIn(fields, "PersonSurnameName"),
    ...(givenName === undefined ? {} : { givenName }),
  };
};

const aboutOf = (fields: Fields): About => {
  const [patient] = groupsIn(fields, "Patient");
  if (patient !== undefined) return citizenOf(patient);
  const contents = optionalText(fields, "Contents");
  return contents === undefined ? { kind: "system" } : { kind: "contents", contents };
};

const aboutFields = (about: About): Fields => {
  switch (about.kind) {
    case "patient":
      return {
        Patient: groupValue({
          CivilRegistrationNumber: textValue(about.cpr),
          AlternativeIdentifier: textValue(about.cpr === undefined ? about.alternativeId : undefined),
          PersonSurnameName: textValue(about.surname),
          PersonGivenName: textValue(about.givenName),
        }),
      };
    case "system":
      return { SystemInformation: textValue("true") };
    case "contents":
      return { SystemInformation: textValue("true"), Contents: textValue(about.contents) };
  }
};

/** A size that is not the bytes' own means that something was lost on the way (OS2korrespondance refuses it too). */
const objectOf = (fields: Fields, place: Place): AttachmentObject => {
  const bytes = bytesIn(fields, "Object_Base64Encoded");
  const sizeBytes = Number(textIn(fields, "OriginalObjectSize"));
  if (bytes.byteLength !== sizeBytes) report(below(place, "OriginalObjectSize"), "attachment-size-differs");
  return {
    objectId: plainUuid(textIn(fields, "ObjectIdentifier")),
    code: memberOf(ObjectCode.options, optionalText(fields, "ObjectCode")) ?? "proprietaert_indhold",
    extension: textIn(fields, "ObjectExtensionCode"),
    sizeBytes,
    bytes,
  };
};

/** BinaryLetter's fields, read without problems. A size that differs is reported to the place, and refuses the letter. */
export const attachmentLetterOf = (fields: Fields, place: Place): UnstoredAttachmentLetter => {
  const head = groupIn(fields, "Letter");
  return {
    letterId: textIn(head, "Identifier"),
    authorised: localTimeIn(head, "Authorisation"),
    statisticalCode: textIn(head, "StatisticalCode"),
    sender: partyOf(groupIn(fields, "Sender"), below(place, "Sender")),
    receiver: partyOf(groupIn(fields, "Receiver"), below(place, "Receiver")),
    about: aboutOf(fields),
    objects: groupsIn(fields, "BinaryObject").map((object, at) =>
      objectOf(object, below(place, `BinaryObject[${at + 1}]`)),
    ),
  };
};

/** 32 hex digits with the hyphens that XB0131X asks for. */
const hyphenated = (objectId: string): string =>
  plainUuid(objectId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** XB0131X has no `amt`, which was given up with the counties: the location number says who it is as well. */
const partyWithoutCounty = (party: Party, path: string, losses: Loss[]): Value[] => {
  if (party.identifier.code !== "amt") return groupValue(partyFields(party));
  losses.push({ code: "identity-replaced", path: `${path}/Identifier` });
  return groupValue(partyFields({ ...party, identifier: { code: "lokationsnummer", value: party.gln } }));
};

export const attachmentFields = (letter: UnstoredAttachmentLetter, losses: Loss[]): Fields => ({
  Letter: groupValue({
    Identifier: textValue(letter.letterId),
    VersionCode: textValue("XB0131X"),
    StatisticalCode: textValue(letter.statisticalCode),
    Authorisation: localTimeValue(letter.authorised),
    TypeCode: textValue("XBIN01"),
    StatusCode: textValue("nytbrev"),
  }),
  Sender: partyWithoutCounty(letter.sender, "BinaryLetter/Sender", losses),
  Receiver: partyWithoutCounty(letter.receiver, "BinaryLetter/Receiver", losses),
  ...aboutFields(letter.about),
  BinaryObject: letter.objects.flatMap((object) =>
    groupValue({
      ObjectIdentifier: textValue(hyphenated(object.objectId)),
      ObjectCode: textValue(object.code),
      ObjectExtensionCode: textValue(object.extension),
      OriginalObjectSize: textValue(String(object.bytes.byteLength)),
      Object_Base64Encoded: [{ is: "bytes", bytes: object.bytes }],
    }),
  ),
});
