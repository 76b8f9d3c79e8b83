import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { developmentToken } from "../../gateways/http/main.ts";
import { connectNats } from "../../infra/nats/connection.ts";

/** What a hub answers, by who asks and what: `5790000100019 GET /v1/inbox`. */
export type Answers = Record<string, unknown>;

const journalOf = async (nc: NatsConnection): Promise<CaseRecord[]> => {
  const jsm = await jetstreamManager(nc);
  const records: CaseRecord[] = [];
  for (const n of [0, 1, 2, 3]) {
    const name = `JOURNAL_${String(n)}`;
    const { last_seq: end } = (await jsm.streams.info(name)).state;
    for (let seq = 1; seq <= end; seq++) {
      const message = await jsm.streams.getMessage(name, { seq });
      if (message !== null) records.push(caseRecordFrom(message.string()));
    }
  }
  return records;
};

/** Every record of a hub that runs on a folder, as this program reads it. */
const recordsIn = async (dataDir: string): Promise<CaseRecord[]> => {
  const { natsUrl } = JSON.parse(await readFile(join(dataDir, "endpoints.json"), "utf8")) as {
    natsUrl: string;
  };
  const nc = await connectNats(natsUrl, "sektorbro-test");
  const records = await journalOf(nc);
  await nc.close();
  return records;
};

/** Who is party to which case, as the records name them. */
const askersOf = (records: readonly CaseRecord[]): [gln: string, path: string][] => {
  const asked = new Set<string>();
  for (const { caseId, meta } of records)
    for (const gln of meta.parties ?? [])
      for (const path of [`/v1/cases/${caseId}`, "/v1/inbox", "/v1/worklist", "/v1/owed"])
        asked.add(`${gln} ${path}`);
  return [...asked].toSorted().map((one) => one.split(" ") as [string, string]);
};

/** Asks a hub for each case as each of its parties, and for the lists of each of them. */
export const askAll = async ({ url, dataDir }: { url: string; dataDir: string }): Promise<Answers> => {
  const answers: Answers = {};
  const of = { dataDir, audience: "sektorbro" };
  for (const [gln, path] of askersOf(await recordsIn(dataDir))) {
    const token = await developmentToken(of, { gln, role: "organisation", ttlSeconds: 3_600 });
    const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } });
    answers[`${gln} GET ${path}`] = { status: response.status, body: await response.json() };
  }
  return answers;
};
