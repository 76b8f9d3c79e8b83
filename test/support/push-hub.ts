import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { PushedReceivers } from "../../contracts/messages/receivers.ts";
import type { PushedReceiver } from "../../contracts/push.ts";
import { startOioxml } from "../../gateways/oioxml/main.ts";
import { startPush } from "../../gateways/push/main.ts";
import { question } from "./case-given.ts";
import { eventually } from "./eventually.ts";
import { readJournal } from "./journal-audit.ts";
import { organisation, who } from "./region-view.ts";
import { tempDir } from "./temp-dir.ts";
import { startTestHub, type TestHub } from "./test-platform.ts";

/** A GLN with its check digit, from a number. */
export const glnFrom = (n: number): string => {
  const digits = `57900777${String(n).padStart(4, "0")}`;
  const sum = digits
    .match(/\d/g)
    ?.reduce((total, digit, i): number => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${digits}${String((10 - ((sum ?? 0) % 10)) % 10)}`;
};

type Way = { webhook?: object; nats?: object };
type ChannelChange = { standard?: string; sendsReceipts?: boolean };

/** A department that advises and gets its documents brought. */
export const pushedDepartment = (gln: string, way: Way, change: ChannelChange = {}): unknown => ({
  ...organisation(who.endocrinology),
  gln,
  identifiers: gln === who.endocrinology ? organisation(gln).identifiers : {},
  channels: [
    {
      standard: "oioxml",
      transport: way.nats === undefined ? "webhook" : "nats",
      accepts: ["*"],
      sendsReceipts: false,
      ...way,
      ...change,
    },
  ],
});

export type PushHub = TestHub & {
  secretsDir: string;
  /** Puts organisations into the directory. */
  know: (...organisations: unknown[]) => Promise<void>;
  /** So many questions, each a case of its own; the cases. */
  ask: (gln: string, count?: number) => Promise<string[]>;
  changes: (gln: string) => Promise<DeliveryChange[]>;
  receiver: (gln: string) => Promise<PushedReceiver>;
  until: (gln: string, what: string, is: (receiver: PushedReceiver) => boolean) => Promise<PushedReceiver>;
};

let asked = 0;

/** Every service with the gateways of OIOXML and of push, on private servers; loopback is allowed by name. */
export const startPushHub = async (
  options: { receipts?: ReceiptRules; allowed?: readonly string[] } = {},
): Promise<PushHub> => {
  const dir = await tempDir();
  const secretsDir = join(dir.path, "secrets");
  mkdirSync(secretsDir);
  const { receipts, allowed = ["127.0.0.1", "localhost"] } = options;
  const hub = await startTestHub({
    starts: [startOioxml, (platform) => startPush(platform, { allowed, secretsDir })],
    ...(receipts === undefined ? {} : { receipts }),
  });
  const receivers = async (): Promise<readonly PushedReceiver[]> => {
    const reply = await hub.query<PushedReceivers>("delivery.receivers", "operator", {});
    if (reply.status !== "ok") throw new Error(reply.code);
    return reply.value.receivers;
  };
  const receiver = async (gln: string): Promise<PushedReceiver> => {
    const found = (await receivers()).find((one) => one.gln === gln);
    if (found === undefined) throw new Error(`nothing is brought to ${gln}`);
    return found;
  };
  const askOne = async (gln: string): Promise<string> => {
    const reply = await hub.command(
      "advice.ask",
      who.practice,
      question(`PUSH-${String(++asked)}`, { to: { gln } }),
    );
    if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
    return reply.caseId;
  };
  return {
    ...hub,
    secretsDir,
    know: async (...organisations) => {
      const file = { format: "sektorbro-directory", version: 1, organisations };
      const imported = await hub.command("directory.import", "operator", { file });
      if (imported.status !== "accepted") throw new Error(JSON.stringify(imported));
    },
    ask: (gln, count = 1) => Promise.all(Array.from({ length: count }, () => askOne(gln))),
    changes: async (gln) => {
      const all = (await readJournal(hub.nats.url)).flatMap(({ record }) => record.deliveries);
      const own = new Set(all.flatMap((d) => (d.change === "owed" && d.to === gln ? [d.deliveryId] : [])));
      return all.filter(({ deliveryId }) => own.has(deliveryId));
    },
    receiver,
    until: (gln, what, is) =>
      eventually(
        async () => {
          const found = await receiver(gln);
          return is(found) ? found : undefined;
        },
        what,
        20_000,
      ),
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
};

/** A file among the hub's secrets. */
export const keepSecret = ({ secretsDir }: PushHub, name: string, text: string): void => {
  writeFileSync(join(secretsDir, name), text, { mode: 0o600 });
};
