import { expect, test } from "vitest";
import { readAcknowledgement } from "../../../../gateways/fhir/codec/acknowledgement.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { startFhir } from "../../../../gateways/fhir/main.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { fhirParties, hospitalNotification } from "../../../support/fhir-bundles.ts";
import { bundleIn, ids } from "../../../support/fhir-hub.ts";
import { type FolderHub, startFolderHub } from "../../../support/folder-hub.ts";

/** What the receipts of a partner say, by the file that they are of. */
const receiptsOf = async (hub: FolderHub, count: number) => {
  const ward = await hub.partner(fhirParties.department.gln);
  const names = await ward.wait("receipts", count);
  return Promise.all(
    names.map(async (name) => {
      const { message } = readAcknowledgement(bundleIn(await ward.read("receipts", name)));
      return { name, message };
    }),
  );
};

test("a FHIR message whose answer comes late, for a service was away, has its ok in receipts, and no transient-error before", async () => {
  const { log, lines } = collectingLog();
  await using hub = await startFolderHub([fhirParties.department.gln], log);
  const ward = await hub.partner(fhirParties.department.gln);
  const gateway = await startFhir(hub.platform);
  const own = ids();
  await ward.put("indlagt.xml", printFhir(hospitalNotification(own), "xml"));
  await eventually(
    () => Promise.resolve(lines.some(({ event }) => event === "folder-document-waits") || undefined),
    "the document to wait",
  );
  expect(await ward.names("receipts")).toEqual([]);
  const service = startDischarge(hub.platform);
  const [receipt] = await receiptsOf(hub, 1);
  expect(receipt?.name).toMatch(/^indlagt-[0-9a-f]{12}\.receipt\.xml$/);
  expect(receipt?.message).toMatchObject({ code: "ok", about: own.headerId });
  await ward.put("igen.json", printFhir(hospitalNotification({ ...own, bundleId: ids().bundleId }), "json"));
  const both = await receiptsOf(hub, 2);
  expect(both.map(({ message }) => [message.code, message.messageId])).toEqual([
    ["ok", receipt?.message.messageId],
    ["ok", receipt?.message.messageId],
  ]);
  await service.stop();
  await gateway.stop();
});
