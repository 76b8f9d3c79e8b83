import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localTimeOf, withDanishOffset } from "../../contracts/danish-time.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import { type Renewal, renewedLetter } from "./demo-letters.ts";
import { assetPath } from "./package-root.ts";

/** When the newest of the example messages was written. */
const writtenAt = Date.parse("2026-11-23T10:05:00+01:00");

const uuid = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g;
const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d/g;

/**
 * An example message as if it were written now, its times as far apart as they were. Ids that are the same in two messages stay so:
 * the second notification of a stay names the first.
 */
export const renewedMessage = (text: string, { stamp, now }: { stamp: string; now: number }): string =>
  text
    .replace(uuid, (id) => uuidOf(`${stamp}:${id}`))
    .replace(instant, (time) =>
      withDanishOffset(localTimeOf(new Date(Date.parse(time) + now - writtenAt).toISOString())),
    );

const files = {
  admitted: "admitted.xml",
  discharged: "discharged.xml",
  message: "message.json",
  measured: "measured.json",
  takenNotification: "taken-notification.json",
  takenReply: "taken-reply.json",
} as const;
export type MessageName = keyof typeof files;

/** The FHIR messages of the demo, in a folder from which whoever watches can send them too. */
export interface DemoMessages {
  readonly file: (name: MessageName) => string;
  readonly bytes: Readonly<Record<MessageName, Uint8Array>>;
  /** The answer of a receiving system, about the message of this id. */
  readonly answerAbout: (name: MessageName, messageId: string) => Promise<Uint8Array>;
  /** The practice's letter in answer, reply.xml. */
  readonly reply: Uint8Array;
}

/** In the example of the answer to a reply, the id of a message that the hub had yet to write. */
const unwritten = "275e03cb-f931-865b-aa16-8c5afdbcae02";

export const writeDemoMessages = async (folder: string, renewal: Renewal): Promise<DemoMessages> => {
  await mkdir(folder, { recursive: true });
  const { stamp } = renewal;
  const now = Date.now();
  const write = async (name: MessageName): Promise<Uint8Array> => {
    const example = await readFile(assetPath(`contracts/examples/demo-fhir/${files[name]}`), "utf8");
    const bytes = Buffer.from(renewedMessage(example, { stamp, now }));
    await writeFile(join(folder, files[name]), bytes);
    return bytes;
  };
  const [admitted, discharged, message] = [
    await write("admitted"),
    await write("discharged"),
    await write("message"),
  ];
  const [measured, takenNotification, takenReply] = [
    await write("measured"),
    await write("takenNotification"),
    await write("takenReply"),
  ];
  const bytes = { admitted, discharged, message, measured, takenNotification, takenReply };
  const example = await readFile(assetPath("contracts/examples/demo/reply.xml"), "latin1");
  const reply = Buffer.from(renewedLetter(example, renewal), "latin1");
  await writeFile(join(folder, "reply.xml"), reply);
  return {
    file: (name) => files[name],
    bytes,
    answerAbout: async (name, messageId) => {
      const about = uuidOf(`${stamp}:${unwritten}`);
      const answer = Buffer.from(Buffer.from(bytes[name]).toString("utf8").replaceAll(about, messageId));
      await writeFile(join(folder, files[name]), answer);
      return answer;
    },
    reply,
  };
};
