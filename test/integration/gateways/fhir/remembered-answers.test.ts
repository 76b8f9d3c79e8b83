import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirResource } from "../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage, messageRules } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import type { Rule } from "../../../../gateways/fhir/codec/rules/rule.ts";
import { startFhir } from "../../../../gateways/fhir/main.ts";
import { newId } from "../../../../infra/ids.ts";
import type { Part } from "../../../../infra/platform.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  careCommunication,
  homeCareObservation,
  hospitalNotification,
} from "../../../support/fhir-bundles.ts";
import {
  answerIn,
  bundleIn,
  clinic,
  type FhirHub,
  ids,
  startFhirHub,
  town,
} from "../../../support/fhir-hub.ts";
import type { Answer } from "../../../support/hub-client.ts";

const between = { from: clinic, to: town };
const asHospital = (own: object): FhirResource => hospitalNotification({ ...between, ...own });
const asObservation = (own: object): FhirResource => homeCareObservation({ ...between, ...own });

/** A message that breaks a rule of its own kind. */
const withoutStatus = (bundle: FhirResource): FhirResource =>
  JSON.parse(
    JSON.stringify(bundle).replaceAll(/"status":"(in-progress|final)"/g, '"status":"unknown"'),
  ) as FhirResource;

describe("an answer that was given", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  test.each([
    ["HospitalNotification", asHospital],
    ["HomeCareObservation", asObservation],
  ])(
    "a %s that breaks a rule stays refused with the same reasons, and a corrected one is another message",
    async (_, bundleFor) => {
      const own = ids();
      const first = await hub.sendMessage(clinic.gln, withoutStatus(bundleFor(own)));
      expect([first.status, answerIn(first).code]).toEqual([422, "fatal-error"]);
      expect(answerIn(first).issues.length).toBeGreaterThan(0);
      const resent = await hub.sendMessage(
        clinic.gln,
        withoutStatus(bundleFor({ ...own, bundleId: newId() })),
        "json",
      );
      expect([resent.status, answerIn(resent).messageId]).toEqual([422, answerIn(first).messageId]);
      expect(answerIn(resent).issues).toEqual(answerIn(first).issues);
      const corrected = await hub.sendMessage(clinic.gln, bundleFor({ ...own, bundleId: newId() }));
      expect([corrected.status, answerIn(corrected).code]).toEqual([422, "fatal-error"]);
    },
  );

  test("is kept under a hash, and no longer than the configuration says", async () => {
    await hub.sendMessage(clinic.gln, asHospital(ids()));
    const infos = await Promise.all(
      [0, 1, 2, 3].map((i) =>
        hub.platform.jsm.streams.info(`ANSWERED_${String(i)}`, { subjects_filter: ">" }),
      ),
    );
    const subjects = infos.flatMap(({ state }) => Object.keys(state.subjects ?? {}));
    expect(subjects.length).toBeGreaterThan(0);
    expect(subjects.filter((subject) => !/^answered\.\d\d\.[0-9a-f]{64}$/.test(subject))).toEqual([]);
    expect(infos.map(({ config }) => config.max_age)).toEqual(Array(4).fill(92 * 86_400 * 1e9));
  });
});

test("an answer stands when the gateway of FHIR starts anew and Redis is emptied", async () => {
  let part: Part | undefined;
  await using hub = await startFhirHub({
    gateway: async (platform) => {
      part = await startFhir(platform);
      return { stop: async () => part?.stop() };
    },
  });
  const [good, bad] = [ids(), ids()];
  const send = async (format: "xml" | "json" = "xml"): Promise<Answer[]> => [
    await hub.sendMessage(clinic.gln, asHospital({ ...good, bundleId: newId() }), format),
    await hub.sendMessage(clinic.gln, withoutStatus(asHospital({ ...bad, bundleId: newId() })), format),
  ];
  const said = (answers: Answer[]) =>
    answers.map(answerIn).map(({ code, messageId, issues }) => ({ code, messageId, issues }));
  const first = said(await send());
  await part?.stop();
  part = await startFhir(hub.platform);
  await hub.platform.redis.flushall();
  expect(said(await send("json"))).toEqual(first);
  expect(first.map(({ code }) => code)).toEqual(["ok", "fatal-error"]);
});

test.each([
  ["HospitalNotification", asHospital],
  ["CareCommunication", (own: object) => careCommunication({ ...between, ...own })],
])(
  "a %s whose record a hub left behind without its answer is answered by that record, though today's rules refuse it",
  async (kind, bundleFor) => {
    let part: Part | undefined;
    await using hub = await startFhirHub({
      gateway: async (platform) => {
        part = await startFhir(platform);
        return { stop: async () => part?.stop() };
      },
    });
    const [own, later] = [ids(), ids()];
    const first = await hub.sendMessage(clinic.gln, bundleFor(own));
    expect(answerIn(first).code).toBe("ok");
    await part?.stop();
    // As a hub leaves it that dies after its record and before it remembers what it answers.
    for (const at of [0, 1, 2, 3]) await hub.platform.jsm.streams.purge(`ANSWERED_${String(at)}`);
    const rules = messageRules.find((one) => one.kind === kind)?.rules as Rule[];
    const says = { en: "A new rule.", da: "Ny regel." };
    const tomorrows = {
      id: "T",
      source: "a later release",
      severity: "error",
      code: "values-disagree",
      says,
    };
    rules.push({ ...tomorrows, broken: () => ["Bundle"] } as Rule);
    try {
      part = await startFhir(hub.platform);
      const again = await hub.sendMessage(clinic.gln, bundleFor(own));
      expect([again.status, answerIn(again).code]).toEqual([200, "ok"]);
      expect(answerIn(again).messageId).toBe(answerIn(first).messageId);
      const other = await hub.sendMessage(clinic.gln, bundleFor(later));
      expect([other.status, answerIn(other).code]).toEqual([422, "fatal-error"]);
    } finally {
      rules.pop();
    }
  },
);

test("while the store is away a message is answered transient-error in its own format, and ok when it is back", async () => {
  await using hub = await startFhirHub();
  const client = await hub.as(clinic.gln);
  const own = ids();
  const post = (bundle: FhirResource, format: "xml" | "json"): Promise<Answer> =>
    client.sendTo("/fhir/$process-message", printFhir(bundle, format), {
      "content-type": `application/fhir+${format}`,
    });
  await post(careCommunication({ ...between, ...ids() }), "xml");
  await hub.nats.kill();
  const seen: string[] = [];
  for (const format of ["xml", "json"] as const) {
    const answer = await post(careCommunication({ ...between, ...own }), format);
    expect([answer.status, answer.header("content-type")]).toEqual([503, `application/fhir+${format}`]);
    expect(Number(answer.header("retry-after"))).toBeGreaterThanOrEqual(2);
    const { code, about, issues, messageId } = answerIn(answer);
    expect([code, about, issues.map(({ details }) => details?.code)]).toEqual([
      "transient-error",
      own.headerId,
      ["MSG_Mailbox_Out_Of_Operation"],
    ]);
    expect(checkMessage(bundleIn(answer.bytes)).problems).toEqual([]);
    seen.push(messageId);
  }
  const stranger = await post(careCommunication({ ...ids(), from: town, to: clinic }), "json");
  expect([stranger.status, stranger.json()]).toMatchObject([503, { resourceType: "OperationOutcome" }]);
  await hub.nats.restart();
  const final = await eventually(async () => {
    const answer = await post(careCommunication({ ...between, ...own }), "json");
    return answer.status === 503 ? undefined : answer;
  }, "the store to be back");
  expect(answerIn(final)).toMatchObject({ code: "ok", about: own.headerId });
  expect(new Set([...seen, answerIn(final).messageId]).size).toBe(3);
});
