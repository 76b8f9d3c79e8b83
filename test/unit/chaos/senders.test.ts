import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { startSenders } from "../../chaos/senders.ts";
import { eventually } from "../../support/eventually.ts";

const atLeast = 40;

/** What was said, each once, by a run of so many senders to whoever says yes to all but every so manieth. */
const saidBy = async (senders: number, refusesEach: number): Promise<Set<string>> => {
  const said = new Map<string, string>();
  let n = 0;
  const answer: RequestListener = (request, response) => {
    const hash = createHash("sha256");
    request.on("data", (piece: Buffer) => hash.update(piece));
    request.on("end", () => {
      said.set(hash.digest("hex"), request.url ?? "");
      n += 1;
      const away = n % refusesEach === 0;
      response.writeHead(away ? 503 : 201, { "content-type": "application/json", "retry-after": "1" });
      response.end(away ? "{}" : '{"caseId":"a-case"}');
    });
  };
  const server = createServer(answer).listen(0, "127.0.0.1");
  await eventually(() => Promise.resolve(server.listening ? true : undefined), "a place to send to");
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const all = startSenders({ hubs: () => [url], token: () => "", seed: 7, senders, tag: "S" });
  await eventually(() => Promise.resolve(all.sent.size >= atLeast ? true : undefined), "enough is sent");
  await all.stop();
  server.closeAllConnections();
  server.close();
  return new Set([...said].map(([digest, path]) => `${path} ${digest}`));
};

test("one seed is one load: what each conversation says is the same, however many are held at once and whatever is answered", async () => {
  const [alone, many] = [await saidBy(1, 1_000), await saidBy(6, 7)];
  const [fewer, more] = alone.size < many.size ? [alone, many] : [many, alone];
  const shared = [...fewer].filter((one) => more.has(one)).length;
  // Of those that were under way at the end one run has had more than the other.
  expect(shared).toBeGreaterThan(fewer.size * 0.5);
  expect([...alone].slice(0, 5).every((one) => many.has(one))).toBe(true);
});

test("senders that are abandoned end, though nobody ever answers", async () => {
  const senders = startSenders({
    hubs: () => ["http://127.0.0.1:9"],
    token: () => "",
    seed: 7,
    senders: 3,
    tag: "S",
  });
  await eventually(() => Promise.resolve(senders.waiting() === 3 ? true : undefined), "all wait");
  senders.abandon();
  await senders.stop();
  expect(senders.waiting()).toBe(3);
});
