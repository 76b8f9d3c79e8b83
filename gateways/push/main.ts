import { setMaxListeners } from "node:events";
import { CarryDelivery, KnockOn } from "../../contracts/push.ts";
import { carrySubject, knockSubject } from "../../contracts/subjects.ts";
import { withUnits } from "../../contracts/units.ts";
import { intakeIdFor, sha256 } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { type Carrying, carry, knock } from "./carry.ts";
import { askPartner } from "./partner-subject.ts";
import type { PushPorts } from "./ports.ts";
import { askNameServers } from "./resolve.ts";
import { secretsIn } from "./secrets.ts";
import { openWebhookLine, type WebhookLine } from "./webhook.ts";

export type PushSettings = {
  /** Hosts on internal networks that may be reached all the same. */
  allowed: readonly string[];
  /** Folder of secrets and certificates; absent: there are none. */
  secretsDir: string | undefined;
};

const trueMs = (): number => Date.now();

/** The organisation and what it may speak for, as the directory says: a receipt is a document of its own. */
const takeIn =
  ({ intake, directory, effects }: Platform): PushPorts["takeIn"] =>
  async ({ bytes, mediaType, standard, sender, transport }) => {
    const speaksFor = withUnits(sender, directory.all());
    const receivedAt = effects.now();
    const arrived = { bytes, mediaType, standard, sender, speaksFor, transport, receivedAt };
    await intake.appendOnce(intakeIdFor(sender, sha256(bytes)), arrived);
  };

const traced =
  ({ traces }: Platform): PushPorts["traced"] =>
  ({ traceparent, deliveryId, caseId, from, to, documentType, sending, transport }, work) => {
    const facts = {
      "sektorbro.delivery": deliveryId,
      "sektorbro.sending": sending,
      "sektorbro.case": caseId,
      "sektorbro.sender": from,
      "sektorbro.receiver": to,
      "sektorbro.document": documentType,
      "sektorbro.transport": transport,
    };
    return traces.within(traceparent, () =>
      traces.step({ name: "bring document", kind: "client", facts }, async (note) => {
        const carried = await work(traces.traceparent());
        note({ "sektorbro.outcome": carried.result, "sektorbro.code": carried.code });
        return carried;
      }),
    );
  };

const portsFrom = (platform: Platform, { secretsDir }: PushSettings): PushPorts => {
  const { query, print } = askServices(platform);
  const { directory, log } = platform;
  return {
    query,
    print,
    takeIn: takeIn(platform),
    traced: traced(platform),
    organisation: directory.organisation,
    secrets: secretsIn(secretsDir, () => performance.now()),
    trueMs,
    log,
  };
};

/** Carries documents to receivers' own addresses and subjects, when the delivery service says so. */
export const startPush = (platform: Platform, settings: PushSettings): Part => {
  const { bus, nc } = platform;
  const lines = new Map<string, WebhookLine>();
  const ending = new AbortController();
  // One listener for each document under way.
  setMaxListeners(0, ending.signal);
  const carrying: Carrying = {
    ports: portsFrom(platform, settings),
    options: settings,
    lookUp: askNameServers(),
    lineOf: (gln) => {
      const line = lines.get(gln) ?? openWebhookLine();
      lines.set(gln, line);
      return line;
    },
    ask: (subject, message) => askPartner(nc, subject, message),
    signal: ending.signal,
  };
  const carried = bus.serve(
    carrySubject,
    "push",
    overJson((message) => carry(carrying, CarryDelivery.parse(message))),
  );
  const knocked = bus.serve(
    knockSubject,
    "push",
    overJson((message) => knock(carrying, KnockOn.parse(message).to)),
  );
  return {
    stop: async () => {
      ending.abort();
      await Promise.all([carried.stop(), knocked.stop()]);
      for (const line of lines.values()) line.close();
    },
  };
};
