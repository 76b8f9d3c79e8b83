import type { AgreementBook } from "../../contracts/agreement-book.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { AgreementQueries } from "../../contracts/messages/agreement.ts";
import type { DirectoryView } from "../case/directory-view.ts";
import { partyViewOf } from "../case/party-view.ts";
import { inForceOn, reasonsFor, versionsOf } from "./core/answers.ts";
import { grounded } from "./core/book.ts";

export type AgreementQueryPorts = {
  book: () => AgreementBook;
  directory: DirectoryView;
  /** Today's date in Denmark, `yyyy-mm-dd`. */
  today: () => string;
};

type Reply = QueryReply<unknown>;
type Answer = (ports: AgreementQueryPorts, payload: unknown) => Reply;

const refused = (code: string): Reply => ({ status: "refused", code });

const list: Answer = ({ book, today }, payload) => {
  const query = AgreementQueries["agreement.list"].safeParse(payload);
  if (!query.success) return refused("message-invalid");
  return {
    status: "ok",
    value: inForceOn(grounded(book()), query.data, { date: query.data.date ?? today() }),
  };
};

const show: Answer = ({ book, today }, payload) => {
  const query = AgreementQueries["agreement.show"].safeParse(payload);
  if (!query.success) return refused("message-invalid");
  const value = versionsOf(grounded(book()), query.data.id, { date: today() });
  return value === undefined ? refused("agreement-unknown") : { status: "ok", value };
};

const why: Answer = ({ book, directory, today }, payload) => {
  const parsed = AgreementQueries["agreement.why"].safeParse(payload);
  if (!parsed.success) return refused("message-invalid");
  const { data: query } = parsed;
  if (directory.organisation(query.to) === undefined) return refused("receiver-unknown");
  if (directory.organisation(query.from) === undefined) return refused("sender-unknown");
  const parties = { debtor: partyViewOf(directory, query.to), creditor: partyViewOf(directory, query.from) };
  return {
    status: "ok",
    value: reasonsFor(grounded(book()), { query, parties, date: query.date ?? today() }),
  };
};

const answers: Readonly<Record<keyof typeof AgreementQueries, Answer>> = {
  "agreement.list": list,
  "agreement.show": show,
  "agreement.why": why,
};
const isAsked = (type: string): type is keyof typeof AgreementQueries => Object.hasOwn(answers, type);

/** Questions about agreements. They hold no patient's data, so any caller may ask. */
export const createAgreementQueries =
  (ports: AgreementQueryPorts) =>
  (message: unknown): Promise<Reply> => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success || !isAsked(envelope.data.type)) return Promise.resolve(refused("message-invalid"));
    return Promise.resolve(answers[envelope.data.type](ports, envelope.data.payload));
  };
