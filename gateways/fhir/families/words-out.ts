import { careCategoryOf } from "../../../contracts/codes/fact-documents.ts";
import { careCategories } from "../../../contracts/codes/fhir-care-communication.ts";
import { localTimeOf } from "../../../contracts/danish-time.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import { isInWords, wordsNameOf } from "../../../contracts/fhir/message-id.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Letter } from "../../../contracts/letter.ts";
import { isDigestFact } from "../../../contracts/messages/digest.ts";
import { isNoticeFact } from "../../../contracts/notices.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { objectsOf, tellInWords } from "../../families/in-words.ts";
import { lettersToCareCommunication } from "../bridge/letters-to-care.ts";

interface WordsToTell {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Extract<DeliveryChange, { change: "owed" }>;
  /** A UUID of any name: the same name has the same for ever. */
  readonly uuidOf: (name: string) => string;
}

/** Said under the words: nobody at the sender has written them. Of a clock its sender has registered nothing either. */
const writtenBy = (fact: { readonly type: string }): string =>
  isNoticeFact(fact) || isDigestFact(fact)
    ? "Skrevet af Sektorbro, som holder øje med svarfrister."
    : "Skrevet af Sektorbro ud fra det, som afsenderen har registreret.";

const marked = ({ texts, ...letter }: Letter, fact: { readonly type: string }): Letter => {
  const last: FormattedText = texts.at(-1) ?? [];
  const said: FormattedText = [...last, { el: "Break" }, { el: "Break" }, writtenBy(fact)];
  return { ...letter, texts: [...texts.slice(0, -1), said] };
};

/**
 * A fact for which MedCom has no FHIR message, told in plain Danish by CareCommunication to a system that takes nothing else: the words
 * that a receiver of letters is told it in. Each is a message with a thread of its own. `undefined`: the fact is a letter already, or
 * the delivery does not say by which SOR codes to name the parties.
 */
export const wordsMessageOf = ({
  records,
  record,
  owed,
  uuidOf,
}: WordsToTell): CareCommunication | undefined => {
  const { parties, deliveryId } = owed;
  const fact = record.facts[owed.fact];
  if (fact === undefined || parties === undefined || !isInWords(record, owed)) return undefined;
  const letter = tellInWords({
    documentType: "XDIS91",
    ...{ deliveryId, fact, record, records, parties },
    localTime: localTimeOf,
  });
  const code = careCategoryOf(record.family, fact);
  const system = careCategories.find((one) => one.code === code)?.system ?? "";
  const about = {
    category: { system, code },
    ...(letter.subject === undefined ? {} : { topic: letter.subject }),
  };
  const made = lettersToCareCommunication(
    { letter: marked(letter, fact), attachmentLetter: { objects: objectsOf(fact) }, about },
    {
      idFor: (part) => {
        const uuid = uuidOf(`${wordsNameOf(owed)}.${part}`);
        return part === "bundle" || part === "message" ? uuid : `urn:uuid:${uuid}`;
      },
      now: record.meta.at,
      organisation: () => undefined,
    },
  );
  return "missing" in made ? undefined : made.message;
};
