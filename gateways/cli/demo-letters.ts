import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localTimeOf } from "../../contracts/danish-time.ts";
import { assetPath } from "./package-root.ts";

/** What makes a letter another one: its numbers, its thread and its time. */
export type Renewal = {
  /** Ten letters and digits; with four before them the number of a letter or an envelope. */
  stamp: string;
  /** 32 hex digits. */
  episode: string;
  /** Danish wall clock, `yyyy-mm-dd` and `hh:mm`. */
  date: string;
  time: string;
};

/**
 * An example letter as if it were written now. Its own numbers name one case for ever, so without new ones a second demo on
 * the same data folder would meet the case of the first.
 */
export const renewedLetter = (xml: string, { stamp, episode, date, time }: Renewal): string =>
  xml
    .replace(/\bDEMO([A-Z]{2})\d{8}\b/g, (_, kind: string) => `DM${kind}${stamp}`)
    .replace(/(<EpisodeOfCareIdentifier>)[^<]*/g, `$1${episode}`)
    .replace(/<Date>[^<]*<\/Date><Time>[^<]*<\/Time>/g, `<Date>${date}</Date><Time>${time}</Time>`);

export const renewalNow = (): Renewal => {
  const [date = "", time = ""] = localTimeOf(new Date().toISOString()).split("T");
  const episode = randomUUID().replaceAll("-", "");
  return { stamp: episode.slice(0, 10).toUpperCase(), episode, date, time };
};

export type LetterName = "question" | "information" | "answer";
export type DemoLetters = { folder: string; bytes: Readonly<Record<LetterName, Uint8Array>> };

/** The letters of the demo, written to a folder so that whoever watches can send them too. */
export const writeDemoLetters = async (dataDir: string): Promise<DemoLetters> => {
  const folder = join(dataDir, "demo");
  await mkdir(folder, { recursive: true });
  const renewal = renewalNow();
  const write = async (name: LetterName): Promise<Uint8Array> => {
    const example = await readFile(assetPath(`contracts/examples/demo/${name}.xml`), "latin1");
    const bytes = Buffer.from(renewedLetter(example, renewal), "latin1");
    await writeFile(join(folder, `${name}.xml`), bytes);
    return bytes;
  };
  const [question, information, answer] = [
    await write("question"),
    await write("information"),
    await write("answer"),
  ];
  return { folder, bytes: { question, information, answer } };
};
