import { createInbox, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { BackupUnusable } from "./backup-unusable.ts";
import { type PartBegins, StreamConfigEcho, StreamStateEcho } from "./manifest.ts";

/** The server's own form of a stream: its block files, packed (S2). The client has no call for it; these are two requests. */
type Snapshot = { begins: Extract<PartBegins, { kind: "stream" }>; pieces: AsyncIterable<Uint8Array> };

const chunkBytes = 256 * 1024;
/** A stream of many gigabytes is looked through before the first piece comes. */
const answerMs = 120_000;
/** What the server says with the empty message that ends a snapshot (nats-server, jetstream_api.go, streamSnapshot). */
const doneCode = 204;

const ApiError = z.object({ error: z.object({ description: z.string() }) });
const Begun = z.object({ config: StreamConfigEcho, state: StreamStateEcho });
const Opened = z.object({ deliver_subject: z.string() });

const answered = <T>(message: Msg, schema: z.ZodType<T>, stream: string): T => {
  const value: unknown = message.json();
  const failed = ApiError.safeParse(value);
  if (failed.success) throw new BackupUnusable(`${stream}: ${failed.data.error.description}.`);
  return schema.parse(value);
};

const request = async <T>(
  nc: NatsConnection,
  { subject, body }: { subject: string; body: object },
  schema: z.ZodType<T>,
): Promise<T> =>
  answered(
    await nc.request(subject, JSON.stringify(body), { timeout: answerMs }),
    schema,
    subject.split(".").at(-1) ?? "",
  );

const lost = (stream: string): BackupUnusable =>
  new BackupUnusable(`The server stopped giving ${stream}: nothing was kept. Try again.`);

/** A stream as it is now, while others write to it: everything up to the last sequence that it tells, perhaps a little more. */
export const snapshotStream = async (nc: NatsConnection, stream: string): Promise<Snapshot> => {
  const inbox = createInbox();
  const messages = nc.subscribe(inbox);
  const body = { deliver_subject: inbox, no_consumers: true, chunk_size: chunkBytes, jsck: true };
  const begun = await request(nc, { subject: `$JS.API.STREAM.SNAPSHOT.${stream}`, body }, Begun);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for await (const message of messages) {
      if (message.data.length === 0) {
        messages.unsubscribe();
        if (message.headers !== undefined && message.headers.code !== doneCode) throw lost(stream);
        return;
      }
      yield message.data;
      // Only now the server sends more: what is not written yet does not pile up here.
      message.respond();
    }
    throw lost(stream);
  };
  return { begins: { kind: "stream", ...begun }, pieces: pieces() };
};

/** Makes a stream of its snapshot: the same sequences, gaps and times. @throws BackupUnusable with what the server says */
export const restoreStream = async (
  nc: NatsConnection,
  { config, state }: Extract<PartBegins, { kind: "stream" }>,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> => {
  const subject = `$JS.API.STREAM.RESTORE.${config.name}`;
  const { deliver_subject: to } = await request(nc, { subject, body: { config, state } }, Opened);
  for await (const piece of pieces) {
    const taken = await nc.request(to, piece, { timeout: answerMs });
    if (taken.data.length > 0) answered(taken, z.unknown(), config.name);
  }
  answered(await nc.request(to, new Uint8Array(), { timeout: answerMs }), z.unknown(), config.name);
};
