import type { ReferralLetter } from "../../../../contracts/letters/referral-letter.ts";
import type { ReferralFact } from "../../../../contracts/messages/referral.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import type { ToTell } from "../../../families/to-tell.ts";
import { called, dayInWords, lines } from "../../../families/words/words.ts";
import { referralFactsOf, referralWritten } from "./referral-facts.ts";

type VisitationNote = ReferralLetter["visitation"][number];

/** MedCom's letters hold nine. */
const mostNotes = 9;

/** What a unit is called in the case's own letters, by its GLN. */
const nameOf = (telling: ToTell, gln: string): string => {
  const written = referralWritten(telling)?.receiver;
  const named = telling.records.flatMap(({ deliveries }) =>
    deliveries.flatMap((d) =>
      d.change === "owed" && d.parties !== undefined ? [d.parties.to, d.parties.from] : [],
    ),
  );
  const party = [...(written === undefined ? [] : [written]), ...named].find((one) => one.gln === gln);
  return party === undefined ? "en anden enhed" : called(party);
};

const noteOf = (fact: ReferralFact, day: string, telling: ToTell): VisitationNote[] => {
  if (fact.type === "ReferralReaddressed") {
    const from = nameOf(telling, fact.from);
    return [
      { about: "visitering", text: lines(`${day}: Omvisiteret fra ${from}`, `Begrundelse: ${fact.reason}`) },
    ];
  }
  if (fact.type === "ReferralInformationRequested")
    return [{ about: "visitering", text: lines(`${day}: Spørgsmål til henviser:`, fact.text) }];
  if (fact.type === "ReferralInformationGiven")
    return [{ about: "egen_laege", text: lines(`${day}: Svar fra henviser:`, fact.text) }];
  return [];
};

const notesIn = (record: CaseRecord, telling: ToTell): VisitationNote[] => {
  const day = dayInWords(telling.localTime(record.meta.at));
  return referralFactsOf([record]).flatMap((fact) => noteOf(fact, day, telling));
};

/** More than there is room for are told in the last one. */
const inRoom = (notes: readonly VisitationNote[]): VisitationNote[] => {
  if (notes.length <= mostNotes) return [...notes];
  const rest = notes.slice(mostNotes - 1).map(({ text }) => text);
  return [...notes.slice(0, mostNotes - 1), { about: "visitering", text: lines(...rest) }];
};

/**
 * What happened to a referral on its way to the unit that gets it now, as its visitation: where it was, why it was sent on,
 * and what was asked and answered meanwhile. The next unit sees nothing else of it.
 */
export const withPassedNotes = (notes: readonly VisitationNote[], telling: ToTell): VisitationNote[] =>
  inRoom([...notes, ...telling.records.flatMap((record) => notesIn(record, telling))]);
