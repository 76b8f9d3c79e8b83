import { Writable } from "node:stream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandSubject } from "../../../contracts/subjects.ts";
import { intakeStreams, journalStreams } from "../../../infra/nats/streams.ts";
import { createLog, type Log } from "../../../infra/observability/logger.ts";
import { eventually } from "../../support/eventually.ts";
import { department, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import {
  marked,
  markedBadCommands,
  markedBadDocuments,
  markedObjects,
  markedQuestion,
  markers,
  markersIn,
} from "../../support/markers.ts";
import { changed } from "../../support/oioxml-builders.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
let receiver: HubClient;
let tap: NatsConnection;
/** What went out where patients' data may not: one entry for each line, subject, header, or answer. */
const seen = { log: "", subjects: new Set<string>(), headers: new Set<string>(), answers: [] as Answer[] };

const bufferLog = (): Log => {
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      seen.log += chunk.toString();
      done();
    },
  });
  return createLog({ level: "debug", to });
};

/** Every subject and every header that passes over the bus. */
const listen = async (url: string): Promise<NatsConnection> => {
  const nc = await connect({ servers: url });
  nc.subscribe(">", {
    callback: (_error, message) => {
      seen.subjects.add(`${message.subject} ${message.reply ?? ""}`);
      for (const key of message.headers?.keys() ?? [])
        seen.headers.add(`${key}: ${message.headers?.values(key).join(",") ?? ""}`);
    },
  });
  await nc.flush();
  return nc;
};

beforeAll(async () => {
  hub = await startGatewayHub(bufferLog());
  tap = await listen(hub.nats.url);
  [sender, receiver] = await Promise.all([hub.as(practice.gln), hub.as(department.gln)]);
});
afterAll(async () => {
  await tap.close();
  await hub[Symbol.asyncDispose]();
});

/** Keeps an answer for the end; of one that carries a document to its receiver, only the headers. */
const kept = (answer: Answer): Answer => {
  seen.answers.push(answer);
  return answer;
};

describe("what a message holds stays in the message", () => {
  test("good documents, their duplicates and conflicts, replies, attachments and receipts", async () => {
    const document = xdis91({ ...marked, attached: markedObjects });
    const first = kept(await sender.send(document));
    expect(first.status).toBe(201);
    kept(await sender.send(document, { accept: "application/json" }));
    kept(await sender.send(changed(document, "Bilag", "bilag")));
    kept(await sender.send(xbin01({ ...marked, attached: markedObjects })));
    const caseId = caseOf(first);
    const [item] = await hub.inboxOf(department.gln, caseId);
    const fetched = await receiver.get(`/v1/inbox/${item?.deliveryId ?? ""}`);
    expect(markersIn(fetched.text)).not.toEqual([]);
    kept(
      await receiver.post(`/v1/inbox/${item?.deliveryId ?? ""}/receipt`, {
        outcome: "negative",
        code: "x",
        text: markers.text,
      }),
    );
    kept(await receiver.send(xdis91({ ...marked, from: department, to: practice })));
    kept(await receiver.get("/v1/inbox?show=all"));
  });

  test("commands and their refusals", async () => {
    const asked = kept(await sender.post("/v1/advice", markedQuestion()));
    expect(asked.status).toBe(201);
    const caseId = caseOf(asked);
    const step = (client: HubClient, name: string, body: object): Promise<Answer> =>
      client.post(`/v1/cases/${caseId}/${name}`, body).then(kept);
    await step(receiver, "request-information", { text: markers.text });
    await step(sender, "give-information", { text: markers.text });
    await step(receiver, "convert", { text: markers.text });
    await step(receiver, "redirect", { to: { gln: markers.surname }, reason: markers.text });
    await step(receiver, "redirect", { to: { gln: who.cardiology }, reason: markers.text });
    await step(receiver, "answer", { text: markers.text, adviser: { name: markers.given } });
    await step(sender, "withdraw", { reason: markers.text });
    await step(await hub.as(who.municipality), "answer", { text: markers.text });
  });

  test.each(Object.entries(markedBadDocuments))("a document %s", async (_, make) => {
    for (const headers of [{}, { accept: "application/json" }]) {
      const answer = kept(await sender.send(make(), headers));
      expect(answer.status).toBe(422);
    }
    kept(await (await hub.as(who.otherPractice)).send(make()));
  });

  test.each(Object.entries(markedBadCommands))("a command with %s", async (_, more) => {
    kept(await sender.post("/v1/advice", markedQuestion(more)));
  });

  test("malformed JSON, strange addresses, queries and headers", async () => {
    const raw = await fetch(`${hub.url}/v1/advice`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await hub.tokenFor(practice.gln)}`,
        "content-type": "application/json",
      },
      body: `{"subject": "${markers.subject}", ${markers.surname}`,
    });
    expect(raw.status).toBe(400);
    expect(markersIn(await raw.text())).toEqual([]);
    const name = encodeURIComponent(markers.surname);
    for (const path of [
      `/v1/cases/${markers.cpr}`,
      `/v1/cases/${name}/attachments/${markers.text}`,
      `/v1/inbox/${markers.cpr}`,
      `/v1/inbox?show=${markers.text}&limit=${markers.cpr}`,
      `/v1/inbox?for=${markers.cpr}`,
      `/v1/directory?speciality=${markers.text}`,
      `/${name}`,
    ])
      kept(await sender.get(path));
    kept(await sender.post("/v1/advice", markedQuestion(), { "idempotency-key": markers.text }));
    kept(await hub.operator.get(`/v1/intake/${markers.cpr}`));
    kept(await hub.operator.get("/v1/intake/refused"));
    kept(
      await hub.operator.post("/v1/directory/import", {
        format: markers.text,
        organisations: [{ gln: markers.surname }],
      }),
    );
  });

  test("commands on the bus that fit no schema", async () => {
    for (const payload of [
      markers.text,
      `{"id":"${markers.surname}"}`,
      JSON.stringify({ ...markedQuestion(), id: 7 }),
    ])
      for (const type of [
        "advice.ask",
        "advice.receiveLetter",
        "attachment.receive",
        "delivery.settle",
        "directory.import",
      ]) {
        const reply = await hub.platform.bus.request(commandSubject(type), payload);
        expect(markersIn(new TextDecoder().decode(reply))).toEqual([]);
      }
  });

  test("faults: Redis away, NATS away", async () => {
    await hub.redis.kill();
    kept(await sender.send(xdis91(marked)));
    kept(await receiver.get("/v1/inbox"));
    await hub.redis.restart();
    await hub.nats.kill();
    await Promise.all([
      sender.send(xdis91(marked)).then(kept),
      sender
        .send(
          xbin01({
            ...marked,
            attached: [{ id: markedObjects[0]?.id ?? "", bytes: Buffer.alloc(600_000, markers.text) }],
          }),
        )
        .then(kept),
      sender.upload(Buffer.from(markers.text)).then(kept),
    ]);
    await hub.nats.restart();
    const answer = await eventually(async () => {
      const sent = await sender.send(xdis91(marked));
      return sent.status === 503 ? undefined : sent;
    }, "the hub is back");
    expect(kept(answer).status).toBe(201);
  });
});

describe("and nowhere else", () => {
  test("no log line at debug level holds a marker, and there are log lines", () => {
    expect(seen.log.split("\n").length).toBeGreaterThan(100);
    expect(seen.log.split("\n").filter((line) => markersIn(line).length > 0)).toEqual([]);
  });

  test("no answer holds a marker, in its body, its headers or the address that it names", () => {
    expect(seen.answers.length).toBeGreaterThan(60);
    for (const answer of seen.answers) expect(markersIn(answer.text)).toEqual([]);
    for (const name of ["location", "sektorbro-case", "content-disposition", "www-authenticate"])
      for (const answer of seen.answers) expect(markersIn(answer.header(name) ?? "")).toEqual([]);
  });

  test("no subject and no header on the bus holds a marker", () => {
    expect(seen.subjects.size).toBeGreaterThan(100);
    expect([...seen.subjects].flatMap(markersIn)).toEqual([]);
    expect([...seen.headers].some((header) => header.startsWith("Sb-Sender"))).toBe(true);
    expect([...seen.headers].flatMap(markersIn)).toEqual([]);
  });

  test("no subject on disk holds a marker", async () => {
    const { jsm, layout } = hub.platform;
    const names = [...journalStreams(layout), ...intakeStreams(layout)].map(({ name }) => name);
    for (const name of [...names, "KV_directory", "OBJ_DOCUMENTS"]) {
      const info = await jsm.streams.info(name, { subjects_filter: ">" });
      expect(Object.keys(info.state.subjects ?? {}).flatMap(markersIn)).toEqual([]);
    }
  });

  test("no metric, no health answer and no key of the index holds a marker", async () => {
    for (const path of ["/metrics", "/health"])
      expect(markersIn(await (await fetch(hub.url + path)).text())).toEqual([]);
    // Redis came back empty, and the indexes are being made again.
    const keys = await eventually(async () => {
      const found = await hub.platform.redis.keys("*");
      return found.some((key) => key.startsWith("p:case:")) ? found : undefined;
    }, "the index of cases");
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.flatMap(markersIn)).toEqual([]);
  });
});
