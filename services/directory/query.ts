import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { DirectoryQueries, type RegisteredGp } from "../../contracts/messages/directory-query.ts";
import { type DirectoryView, isOrIsPartOf } from "../case/directory-view.ts";
import { findOrganisations, listedFor } from "./core/find.ts";
import { historyOf, type Version } from "./core/history.ts";
import { citizenKey, type Registered, registeredOn } from "./core/registrations.ts";

export type DirectoryQueryPorts = {
  directory: DirectoryView;
  history: (gln: string) => Promise<readonly Version[]>;
  registered: (citizen: string) => Promise<readonly Registered[]>;
  /** A keyed hash. */
  digest: (text: string) => string;
  /** Today's date in Denmark, `yyyy-mm-dd`. */
  today: () => string;
};

type Reply = QueryReply<unknown>;
type Asked = { viewer: string; payload: unknown };
type Answer = (ports: DirectoryQueryPorts, asked: Asked) => Promise<Reply>;

const refused = (code: string): Reply => ({ status: "refused", code });
const find: Answer = (ports, { viewer, payload }) => {
  const query = DirectoryQueries["directory.find"].safeParse(payload);
  if (!query.success) return Promise.resolve(refused("message-invalid"));
  const value = findOrganisations(ports.directory, query.data, { viewer, today: ports.today() });
  return Promise.resolve({ status: "ok", value });
};

/** Direct numbers of every version stand in it, so it is for those who run the hub and for the organisation itself. */
const history: Answer = async (ports, { viewer, payload }) => {
  const query = DirectoryQueries["directory.history"].safeParse(payload);
  if (!query.success) return refused("message-invalid");
  const { gln } = query.data;
  const relation = isOrIsPartOf(ports.directory, gln, viewer) ? "own" : "everybody";
  if (!mayI(askerOf(viewer), { resource: "direct-numbers", relation }).yes)
    return refused("sender-not-authorised");
  return { status: "ok", value: historyOf(gln, await ports.history(gln)) };
};

const registeredGp: Answer = async (ports, { viewer, payload }) => {
  const query = DirectoryQueries["directory.registeredGp"].safeParse(payload);
  if (!query.success) return refused("message-invalid");
  // A stranger may not find out where a citizen goes to the doctor.
  const known = ports.directory.organisation(viewer) !== undefined;
  if (!known || !mayI(askerOf(viewer), { resource: "registered-gp", relation: "listed" }).yes)
    return refused("sender-not-authorised");
  const date = query.data.date ?? ports.today();
  const all = await ports.registered(citizenKey(query.data.patient, ports.digest));
  const found = registeredOn(all, date);
  if (found === undefined) return { status: "ok", value: { known: false, date } satisfies RegisteredGp };
  const practice = ports.directory.organisation(found.gln);
  const listed =
    practice === undefined ? {} : { practice: listedFor(ports.directory, practice, { viewer, date }) };
  return { status: "ok", value: { known: true, date, ...found, ...listed } satisfies RegisteredGp };
};

const answers: Readonly<Record<keyof typeof DirectoryQueries, Answer>> = {
  "directory.find": find,
  "directory.history": history,
  "directory.registeredGp": registeredGp,
};
const isAsked = (type: string): type is keyof typeof DirectoryQueries => Object.hasOwn(answers, type);

/** Questions to the directory. Who asks decides which numbers are shown. */
export const createDirectoryQueries = (
  ports: DirectoryQueryPorts,
): ((message: unknown) => Promise<Reply>) => {
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refused("message-invalid");
    const { type, sender, payload } = envelope.data;
    return isAsked(type) ? answers[type](ports, { viewer: sender, payload }) : refused("message-invalid");
  };
};
