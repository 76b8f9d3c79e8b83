import { type Letter, ObjectCode, type Reference } from "../../../contracts/letter.ts";
import type { Fields } from "../../tables/element-table.ts";
import {
  groupIn,
  groupsIn,
  groupValue,
  localTimeIn,
  localTimeValue,
  memberOf,
  optionalText,
  runsIn,
  runsValue,
  textIn,
  textValue,
} from "../../tables/fields.ts";
import { below, type Place } from "../../tables/place.ts";
import { partyFields, partyOf, patientFields, patientOf } from "./party-fields.ts";

const priorityOfCode = { rutine: "routine", høj_prioritet: "high" } as const;
const codeOfPriority = { routine: "rutine", high: "høj_prioritet" } as const;
const codeOfStatus = { new: "nytbrev", corrected: "rettetbrev" } as const;

const binOf = (fields: Fields): Reference["target"] => ({
  kind: "bin",
  objectId: textIn(fields, "ObjectIdentifier"),
  code: memberOf(ObjectCode.options, optionalText(fields, "ObjectCode")) ?? "proprietaert_indhold",
  extension: textIn(fields, "ObjectExtensionCode"),
  sizeBytes: Number(textIn(fields, "OriginalObjectSize")),
});

const targetOf = (fields: Fields): Reference["target"] => {
  const url = optionalText(fields, "URL");
  if (url !== undefined) return { kind: "url", url };
  return optionalText(fields, "SUP") === undefined ? binOf(groupIn(fields, "BIN")) : { kind: "sup" };
};

const targetFields = (target: Reference["target"]): Fields => {
  switch (target.kind) {
    case "url":
      return { URL: textValue(target.url) };
    case "sup":
      return { SUP: textValue("true") };
    case "bin":
      return {
        BIN: groupValue({
          ObjectIdentifier: textValue(target.objectId),
          ObjectCode: textValue(target.code),
          ObjectExtensionCode: textValue(target.extension),
          OriginalObjectSize: textValue(String(target.sizeBytes)),
        }),
      };
  }
};

/** ClinicalEmail's fields, read without problems, as a letter. Warnings go to the place. */
export const letterOf = (fields: Fields, place: Place): Letter => {
  const head = groupIn(fields, "Letter");
  const more = groupIn(fields, "AdditionalInformation");
  const episodeOfCareId = optionalText(head, "EpisodeOfCareIdentifier");
  const priority = memberOf(["rutine", "høj_prioritet"] as const, optionalText(more, "Priority"));
  const subject = optionalText(more, "Subject");
  return {
    letterId: textIn(head, "Identifier"),
    status: optionalText(head, "StatusCode") === "rettetbrev" ? "corrected" : "new",
    authorised: localTimeIn(head, "Authorisation"),
    statisticalCode: textIn(head, "StatisticalCode"),
    ...(episodeOfCareId === undefined ? {} : { episodeOfCareId }),
    sender: partyOf(groupIn(fields, "Sender"), below(place, "Sender")),
    receiver: partyOf(groupIn(fields, "Receiver"), below(place, "Receiver")),
    patient: patientOf(groupIn(fields, "Patient")),
    ...(priority === undefined ? {} : { priority: priorityOfCode[priority] }),
    ...(subject === undefined ? {} : { subject }),
    texts: groupsIn(fields, "ClinicalInformation").map((block) => runsIn(block, "Text01") ?? []),
    references: groupsIn(fields, "Reference").map((reference) => ({
      description: textIn(reference, "RefDescription"),
      target: targetOf(reference),
    })),
  };
};

export const letterFields = (letter: Letter): Fields => ({
  Letter: groupValue({
    Identifier: textValue(letter.letterId),
    VersionCode: textValue("XD9134L"),
    StatisticalCode: textValue(letter.statisticalCode),
    Authorisation: localTimeValue(letter.authorised),
    TypeCode: textValue("XDIS91"),
    StatusCode: textValue(codeOfStatus[letter.status]),
    EpisodeOfCareIdentifier: textValue(letter.episodeOfCareId),
  }),
  Sender: groupValue(partyFields(letter.sender)),
  Receiver: groupValue(partyFields(letter.receiver)),
  Patient: groupValue(patientFields(letter.patient)),
  AdditionalInformation:
    letter.priority === undefined && letter.subject === undefined
      ? []
      : groupValue({
          Priority: textValue(letter.priority === undefined ? undefined : codeOfPriority[letter.priority]),
          Subject: textValue(letter.subject),
        }),
  ClinicalInformation: letter.texts.flatMap((runs) => groupValue({ Text01: runsValue(runs) })),
  Reference: letter.references.flatMap(({ description, target }) =>
    groupValue({ RefDescription: textValue(description), ...targetFields(target) }),
  ),
});
