import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { newId } from "../../../../infra/ids.ts";
import { acknowledgement, careCommunication, fhirParties } from "../../../support/fhir-bundles.ts";
import {
  answerIn,
  bundleIn,
  caseOf,
  clinic,
  type FhirHub,
  ids,
  startFhirHub,
  town,
} from "../../../support/fhir-hub.ts";

describe("a hub that speaks FHIR", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  test("answers a message in its own format, and a copy in a new bundle with the same answer", async () => {
    const own = ids();
    const bundle = careCommunication({ ...own, from: clinic, to: town });
    const first = await hub.sendMessage(clinic.gln, bundle, "json");
    expect([first.status, first.header("content-type")]).toEqual([201, "application/fhir+json"]);
    expect(answerIn(first)).toMatchObject({ about: own.headerId, code: "ok", issues: [] });
    const same = await hub.sendMessage(clinic.gln, bundle);
    const resent = await hub.sendMessage(
      clinic.gln,
      careCommunication({ ...own, bundleId: newId(), from: clinic, to: town }),
    );
    for (const again of [same, resent]) {
      expect(again.status).toBe(200);
      expect(answerIn(again)).toMatchObject({
        about: own.headerId,
        code: "ok",
        messageId: answerIn(first).messageId,
      });
      expect(answerIn(again).bundleId).not.toBe(answerIn(first).bundleId);
    }
    expect(await hub.inboxOf(town.gln, caseOf(first))).toHaveLength(1);
  });

  test("what it answers is in order by MedCom's rules, and so is what it passes on", async () => {
    const sent = await hub.sendMessage(clinic.gln, careCommunication({ ...ids(), from: clinic, to: town }));
    const passed = await hub.fetched(town.gln, caseOf(sent), "CareCommunication");
    expect(passed.header("content-type")).toBe("application/fhir+json");
    for (const { bytes } of [sent, passed]) expect(checkMessage(bundleIn(bytes)).problems).toEqual([]);
  });

  test("the receiver's own answer settles the delivery, and is answered by nobody", async () => {
    const own = ids();
    const sent = await hub.sendMessage(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    await hub.fetched(town.gln, caseOf(sent), "CareCommunication");
    const original = { headerId: own.headerId, activity: "new-message" };
    const answer = acknowledgement({ ...ids(), from: town, to: clinic, original });
    const taken = await hub.sendMessage(town.gln, answer, "json");
    expect([taken.status, taken.text]).toEqual([201, ""]);
    expect((await hub.sendMessage(town.gln, answer, "json")).status).toBe(200);
    const settled = (await hub.recordsOf(caseOf(sent))).flatMap(({ deliveries }) => deliveries);
    expect(settled.filter(({ change }) => change === "acknowledged")).toHaveLength(1);
  });

  test("a fault at the receiver is told and sent again; what the receiver says next stands", async () => {
    const own = ids();
    const sent = await hub.sendMessage(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    await hub.fetched(town.gln, caseOf(sent), "CareCommunication");
    const original = { headerId: own.headerId, activity: "new-message" };
    for (const code of ["transient-error", "fatal-error", "ok"] as const)
      await hub.sendMessage(
        town.gln,
        acknowledgement({ ...ids(), from: town, to: clinic, original, code }),
        "json",
      );
    const changes = (await hub.recordsOf(caseOf(sent))).flatMap(({ deliveries }) => deliveries);
    // Its sender is told of that by a message of its own, beside the delivery.
    const settled = changes.filter(({ deliveryId }) => deliveryId === changes[0]?.deliveryId);
    expect(settled.map(({ change }) => change)).toEqual(["owed", "fetched", "failedForNow", "failed"]);
  });

  test("a Bundle.id that was another message's is refused by that name", async () => {
    const bundleId = newId();
    await hub.sendMessage(
      clinic.gln,
      careCommunication({ headerId: newId(), bundleId, from: clinic, to: town }),
    );
    const other = await hub.sendMessage(
      clinic.gln,
      careCommunication({ headerId: newId(), bundleId, from: clinic, to: town }),
    );
    expect(other.status).toBe(422);
    expect(answerIn(other).issues[0]?.details?.code).toBe("MSG_DUPLICATE_ID");
  });

  test("other content under a used id is not taken, and the first answer stands", async () => {
    const own = ids();
    const first = await hub.sendMessage(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    const changed = careCommunication({
      ...own,
      bundleId: newId(),
      from: clinic,
      to: town,
      family: "Prøve-Anden",
    });
    const second = await hub.sendMessage(clinic.gln, changed);
    expect([answerIn(first).code, answerIn(second).code]).toEqual(["ok", "ok"]);
    expect(await hub.inboxOf(town.gln, caseOf(first))).toHaveLength(1);
  });

  test("the same id from two senders is two messages", async () => {
    const own = ids();
    const one = await hub.sendMessage(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    const two = await hub.sendMessage(
      fhirParties.department.gln,
      careCommunication({ ...own, from: fhirParties.department, to: town }),
    );
    expect([answerIn(one).code, answerIn(two).code]).toEqual(["ok", "ok"]);
    expect(caseOf(one)).not.toBe(caseOf(two));
  });

  test("whoever speaks for another is told no more than that", async () => {
    const sent = await hub.sendMessage(town.gln, careCommunication({ ...ids(), from: clinic, to: town }));
    expect([sent.status, sent.json()]).toMatchObject([403, { code: "sender-not-authorised" }]);
  });
});
