import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { responsibilityReasons } from "../../contracts/codes/responsibility.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { isDischargeFact } from "../../contracts/messages/discharge-facts.ts";
import {
  type AskResponsible,
  DischargeQueries,
  type Responsible,
} from "../../contracts/messages/discharge-query.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { isOrIsPartOf } from "../case/directory-view.ts";
import { evolve } from "./core/evolve.ts";
import { practiceShift, responsibleFor } from "./core/responsible.ts";
import { initial, isOpen, type Stay, type StayState } from "./core/state.ts";
import type { ResponsiblePorts } from "./ports.ts";

type Reply = QueryReply<Responsible>;
type Found = { stay: Stay; parties: readonly string[] };

const stayOf = (records: readonly CaseRecord[]): Found[] => {
  const stay = records
    .flatMap(({ facts }) => facts)
    .filter(isDischargeFact)
    .reduce<StayState>(evolve, initial);
  if (!isOpen(stay)) return [];
  return [{ stay, parties: records.flatMap(({ meta }) => meta.parties ?? []) }];
};

const staysOf = async (ports: ResponsiblePorts, patient: AskResponsible["patient"]): Promise<Found[]> => {
  const caseIds = await ports.casesOfPatient(patient);
  const cases = await Promise.all(caseIds.map((caseId) => ports.load(caseId, "discharge")));
  return cases
    .flatMap((loaded) => stayOf(loaded.map(({ record }) => record)))
    .filter(({ stay }) => stay.cpr === patient.cpr);
};

const isInvolved = ({ directory }: ResponsiblePorts, found: readonly Found[], viewer: string): boolean =>
  found.some(({ parties }) => parties.some((party) => isOrIsPartOf(directory, party, viewer)));

/** The practice of the stay that was touched last, unless the asker knows better. */
const practiceOf = (found: readonly Found[], asked: string | undefined): string | undefined =>
  asked ??
  found
    .map(({ stay }) => stay)
    .toSorted((a, b) => ((a.position.at ?? "") < (b.position.at ?? "") ? -1 : 1))
    .findLast(({ practice }) => practice !== undefined)?.practice;

const inWords = (answer: Responsible, language: "da" | "en"): string =>
  answer.reasons.map((reason) => responsibilityReasons[reason][language]).join(" ");

/** For people: the reasons in words, and the party's public number where the case names none for this purpose. */
const forPeople = (answer: Responsible, { directory }: ResponsiblePorts): Responsible => {
  const { gln } = answer.who;
  const phone = answer.phone ?? (gln === undefined ? undefined : directory.organisation(gln)?.phone);
  const explanation = { da: inWords(answer, "da"), en: inWords(answer, "en") };
  return { ...answer, ...(phone === undefined ? {} : { phone }), explanation };
};

const answer = async (ports: ResponsiblePorts, viewer: string, query: AskResponsible): Promise<Reply> => {
  const found = await staysOf(ports, query.patient);
  const may = mayI(askerOf(viewer), { resource: "responsible", relation: "party" }).yes;
  if (!may || !isInvolved(ports, found, viewer)) return { status: "refused", code: "case-unknown" };
  const practice = practiceOf(found, query.practice);
  const outOfHours = practice === undefined ? undefined : ports.directory.organisation(practice)?.outOfHours;
  const care = { practice, outOfHours, gpOpen: practiceShift };
  const stays = found.map(({ stay }) => stay);
  return { status: "ok", value: forPeople(responsibleFor(stays, care, query.at ?? ports.now()), ports) };
};

/** Who answers for a citizen: told to the parties of the citizen's stays; to anybody else there is nothing to tell. */
export const createResponsibleHandler =
  (ports: ResponsiblePorts): ((message: unknown) => Promise<Reply>) =>
  async (message) => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return { status: "refused", code: "message-invalid" };
    const query = DischargeQueries["discharge.responsible"].safeParse(envelope.data.payload);
    return query.success
      ? answer(ports, envelope.data.sender, query.data)
      : { status: "refused", code: "message-invalid" };
  };
