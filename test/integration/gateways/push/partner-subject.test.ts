import { connect, headers, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../support/eventually.ts";
import { glnFrom, type PushHub, pushedDepartment, startPushHub } from "../../../support/push-hub.ts";

let hub: PushHub;
let partner: NatsConnection;
beforeAll(async () => {
  hub = await startPushHub();
  partner = await connect({ servers: hub.nats.url });
});
afterAll(async () => {
  await partner.close();
  await hub[Symbol.asyncDispose]();
});

type Listening = { got: Msg[]; knocks: () => number; stop: () => void };

const answer = (message: Msg, status: number, body = "", more: Record<string, string> = {}): void => {
  const h = headers();
  h.set("sektorbro-status", String(status));
  for (const [name, value] of Object.entries(more)) h.set(name, value);
  message.respond(body, { headers: h });
};

/** A partner's own program on the bus. */
const listen = (subject: string, does: (message: Msg) => void): Listening => {
  const got: Msg[] = [];
  let knocks = 0;
  const subscription = partner.subscribe(subject, {
    callback: (_error, message) => {
      if (message.headers?.get("sektorbro-knock") === "yes") {
        knocks++;
        message.respond("");
        return;
      }
      got.push(message);
      does(message);
    },
  });
  return {
    got,
    knocks: () => knocks,
    stop: () => {
      subscription.unsubscribe();
    },
  };
};

describe("a partner on the bus", () => {
  test("gets its documents on its own subject, and its answer is what makes them fetched", async () => {
    const gln = glnFrom(401);
    const heard = listen(`partner.${gln}.in`, (message) => message.respond(""));
    await hub.know(pushedDepartment(gln, { nats: {} }));
    await hub.ask(gln, 5);
    await hub.until(
      gln,
      "all came",
      ({ waiting, lastSuccess }) => waiting === 0 && lastSuccess !== undefined,
    );
    expect(heard.got).toHaveLength(5);
    const [first] = heard.got;
    expect(first?.headers?.get("sektorbro-document")).toBe("XDIS91");
    expect(first?.headers?.get("webhook-id")).toMatch(/\.1\.0$/);
    expect(first?.string()).toContain("<Emessage");
    expect((await hub.changes(gln)).filter(({ change }) => change === "fetched")).toHaveLength(5);
    heard.stop();
  });

  test("is brought the hub's own facts where it speaks those, and may settle them at once", async () => {
    const gln = glnFrom(402);
    const heard = listen("partner.ward.new", (message) => {
      answer(message, 200, '{"outcome":"positive"}', { "content-type": "application/json" });
    });
    await hub.know(
      pushedDepartment(
        gln,
        { nats: { subject: "partner.ward.new" } },
        { standard: "json", sendsReceipts: true },
      ),
    );
    await hub.ask(gln);
    await eventually(
      async () =>
        (await hub.changes(gln)).some(({ change }) => change === "acknowledged") ? true : undefined,
      "settled",
    );
    expect(heard.got[0]?.json()).toMatchObject({ to: gln, documentType: "AdviceAsked" });
    heard.stop();
  });

  test("that is away has what waited as soon as it listens again", async () => {
    const gln = glnFrom(403);
    await hub.know(pushedDepartment(gln, { nats: { timeoutSeconds: 1 } }));
    await hub.ask(gln, 50);
    const away = await hub.until(
      gln,
      "it is known to be away",
      ({ breaker, underway }) => breaker === "open" && underway === 0,
    );
    expect(away.why?.code).toBe("no-responders");
    const heard = listen(`partner.${gln}.in`, (message) => message.respond(""));
    await hub.until(gln, "all came", ({ waiting }) => waiting === 0);
    expect(new Set(heard.got.map((one) => one.headers?.get("webhook-id"))).size).toBe(50);
    expect(heard.knocks()).toBeGreaterThan(0);
    heard.stop();
  });

  test("that refuses a document fails it with its reason", async () => {
    const gln = glnFrom(404);
    const heard = listen(`partner.${gln}.in`, (message) => {
      answer(message, 422, "Kan ikke læses", { "content-type": "text/plain" });
    });
    await hub.know(pushedDepartment(gln, { nats: {} }));
    await hub.ask(gln);
    const failed = await eventually(
      async () => (await hub.changes(gln)).find(({ change }) => change === "failed"),
      "failed",
    );
    expect(failed).toMatchObject({ code: "http-422", text: "Kan ikke læses" });
    heard.stop();
  });
});
