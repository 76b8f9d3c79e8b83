import { expect, test } from "vitest";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { intakeStreams } from "../../../../infra/nats/streams.ts";
import { eventually } from "../../../support/eventually.ts";
import { careCommunication, hospitalNotification } from "../../../support/fhir-bundles.ts";
import { clinic, ids, startFhirHub, town } from "../../../support/fhir-hub.ts";
import { mutate } from "../../../support/fhir-mutations.ts";
import { howOften } from "../../../support/how-often.ts";
import { randomOf } from "../../../support/oioxml-mutations.ts";

const seed = Number(process.env["MUTATION_SEED"] ?? Date.now() % 1_000_000_007);
const runs = howOften("MUTATIONS", { short: 120, long: 300 });

test(`every one of many random mutations is answered, and none stays in INTAKE, seed ${String(seed)}`, async () => {
  await using hub = await startFhirHub();
  const random = randomOf(seed);
  const client = await hub.as(clinic.gln);
  const seen = new Set<number>();
  for (let run = 0; run < runs; run++) {
    const own = { ...ids(), from: clinic, to: town };
    const bundle = run % 2 === 0 ? careCommunication(own) : hospitalNotification(own);
    const format = random() < 0.5 ? "xml" : "json";
    const { bytes, done } = mutate(printFhir(bundle, format), random);
    const answer = await client.sendTo("/fhir/$process-message", bytes, {
      "content-type": `application/fhir+${format}`,
    });
    seen.add(answer.status);
    const told = `run ${String(run)}, seed ${String(seed)}: ${done.join(", ")}: ${answer.text.slice(0, 500)}`;
    expect([200, 204, 400, 403, 413, 422], told).toContain(answer.status);
    if (answer.status === 200) expect(answer.header("content-type"), told).toContain("fhir");
  }
  expect([...seen]).toEqual(expect.arrayContaining([200, 422]));
  const waiting = await eventually(async () => {
    const infos = await Promise.all(
      intakeStreams(hub.platform.layout).map(({ name }) => hub.platform.jsm.consumers.info(name, "fhir")),
    );
    const left = infos.reduce(
      (sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending,
      0,
    );
    return left === 0 ? [left] : undefined;
  }, "INTAKE to be empty");
  expect(waiting).toEqual([0]);
  const refused = await hub.operator.get("/v1/intake/refused?limit=500");
  expect(refused.text).not.toContain("internal-error");
}, 120_000);
