import { z } from "zod";
import { InboxPage } from "../../contracts/messages/worklist.ts";
import { CommandFailed } from "./failure.ts";
import { type Answer, type Caller, type HubClient, refusalText } from "./hub-client.ts";

/** The region's own people: whose directory it is. */
const operator: Caller = { gln: "5790000400010", role: "operator" };
const of = (gln: string): Caller => ({ gln, role: "organisation" });
const lungs = "5790000200030";
const cardiology = "5790000200023";
const otherPractice = "5790000100026";

type Sent = { as: Caller; path: string; type: string; body: string };

const post = async (hub: HubClient, sent: Sent): Promise<Answer> => {
  const answer = await hub.call({ method: "POST", ...sent });
  if (answer.status >= 500)
    throw new CommandFailed(`The demo's trouble could not be made (${sent.path}). ${refusalText(answer)}`);
  return answer;
};
const read = <T>({ bytes }: Answer, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(Buffer.from(bytes).toString()));

const DirectoryFile = z.looseObject({ organisations: z.array(z.looseObject({ gln: z.string() })) });

/** The lung department is brought its documents on the bus, and nobody is there to take them. */
const bringToTheAbsent = async (hub: HubClient): Promise<void> => {
  const answer = await hub.call({ path: "/v1/directory/export", as: operator });
  const { leftOut: _, ...file } = read(answer, DirectoryFile);
  const channel = { standard: "json", transport: "nats", nats: {}, accepts: ["*"], sendsReceipts: false };
  const organisations = file.organisations.map((one) =>
    one.gln === lungs ? { ...one, channels: [channel] } : one,
  );
  const body = JSON.stringify({ ...file, organisations });
  await post(hub, { as: operator, path: "/v1/directory/import", type: "application/json", body });
};

/** A letter that ends in the middle: nobody can read it, and its sender is told. */
const sendTorn = (hub: HubClient): Promise<Answer> =>
  post(hub, {
    ...{ as: of(otherPractice), path: "/v1/messages", type: "application/xml" },
    body: '<?xml version="1.0" encoding="UTF-8"?><Emessage xmlns="http://rep.oio.dk/medcom.dk/xml/schemas/2006/07/01/"><Envelope>',
  });

/** What the other practice asked is refused by the department's system. */
const refuse = async (hub: HubClient): Promise<void> => {
  const inbox = read(await hub.call({ path: "/v1/inbox?show=all", as: of(cardiology) }), InboxPage);
  const found = inbox.items.find(({ from }) => from === otherPractice);
  if (found === undefined) return;
  await post(hub, {
    ...{ as: of(cardiology), path: `/v1/inbox/${found.deliveryId}/receipt`, type: "application/json" },
    body: JSON.stringify({
      outcome: "negative",
      code: "ukendt-patient",
      text: "Patienten kendes ikke hos os.",
    }),
  });
};

/** Something for those who run the hub: a document that nobody can read, one that was refused, and a receiver that is not there. */
export const makeTrouble = async (hub: HubClient): Promise<void> => {
  await bringToTheAbsent(hub);
  await Promise.all([sendTorn(hub), refuse(hub)]);
};
