import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import type { LoggedMessage } from "../../contracts/messages/message-log.ts";
import { unpacked } from "./core/kept-message.ts";
import { heldKey, messageKey } from "./core/keys.ts";
import type { Message } from "./core/message.ts";
import type { Asker } from "./core/wanted.ts";
import type { LogPorts, Shelf } from "./ports.ts";

export const askerIn = ({ unitsOf }: Pick<LogPorts, "unitsOf">, viewer: string): Asker =>
  mayI(askerOf(viewer), { resource: "message", relation: "everybody" }).yes
    ? "everybody"
    : new Set(unitsOf(viewer));

/** What became a record, or goes out, is named after its case; what became nothing stands under its id in INTAKE. */
export const isOfCase = (id: string): boolean => id.includes(".");

const read = async (shelf: Shelf, ids: readonly string[]): Promise<Message[]> => {
  if (ids.length === 0) return [];
  const texts = await shelf.mget(ids.map(messageKey));
  return ids.flatMap((id, i) => unpacked(id, texts[i]) ?? []);
};

/** A document that was refused by a service is told of by its record, and not once more by what INTAKE notes of it. */
const unheld = async ({ cases }: Pick<LogPorts, "cases">, ids: readonly string[]): Promise<string[]> => {
  if (ids.length === 0) return [];
  const held = await cases.mget(ids.map(heldKey));
  return ids.filter((_, i) => held[i] === null);
};

/** Messages by their ids, in no order; none for an id that the log does not hold. */
export const readMessages = async (ports: LogPorts, ids: readonly string[]): Promise<Message[]> => {
  const noted = ids.filter((id) => !isOfCase(id));
  const [ofCases, ofNotes] = await Promise.all([
    read(ports.cases, ids.filter(isOfCase)),
    unheld(ports, noted).then((own) => read(ports.notes, own)),
  ]);
  return [...ofCases, ...ofNotes];
};

type Named = LoggedMessage["from"];
const named = ({ nameOf }: Pick<LogPorts, "nameOf">, gln: string): Named => ({ gln, name: nameOf(gln) });

/** A message as it is shown. */
export const shown = (ports: Pick<LogPorts, "nameOf">, message: Message): LoggedMessage => {
  const { standard, family, caseId, intakeId, code, ...rest } = message;
  return {
    ...rest,
    from: named(ports, message.from),
    to: message.to.map((gln) => named(ports, gln)),
    ...(standard === undefined ? {} : { standard }),
    ...(family === undefined ? {} : { family }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(intakeId === undefined ? {} : { intakeId }),
    ...(code === undefined ? {} : { code }),
  };
};
