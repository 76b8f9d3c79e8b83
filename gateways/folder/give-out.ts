import { join } from "node:path";
import { z } from "zod";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { Sending } from "../../contracts/messages/document.ts";
import { InboxPage } from "../../contracts/messages/worklist.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { deliveryName, deliveryOf } from "./core/names.ts";
import { codeOf, move, remove, syncFolder, textNamesIn, writeSynced } from "./files.ts";
import { draftsIn, folderIn, type OrganisationFolders, stagedIn } from "./organisation-folders.ts";
import type { FolderPorts } from "./ports.ts";

const DeliveryInRecord = z.object({ record: CaseRecord, sending: Sending.optional() });

const faultOf = (code: string): Fault => new Fault(isErrorCode(code) ? code : "internal-error");

/** Everything that waits in an inbox, oldest first. @throws Fault */
const waitingFor = async (ports: FolderPorts, gln: string): Promise<string[]> => {
  const waiting: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { gln, show: "open", limit: 500, ...(cursor === undefined ? {} : { cursor }) };
    const reply = await ports.query("worklist.inbox", gln, query);
    if (reply.status !== "ok") throw faultOf(reply.code);
    const page = InboxPage.parse(reply.value);
    for (const { deliveryId, status } of page.items) if (status === "waiting") waiting.push(deliveryId);
    cursor = page.next;
  } while (cursor !== undefined);
  return waiting;
};

/** What is sent again is another file, and is given out by a command of its own: from then on its receipt is awaited. */
const sentAgain = (sending: Sending | undefined): string =>
  sending === undefined || sending.no === 1 ? "" : `_${String(sending.no)}`;
const sendingIn = (name: string): string => {
  const no = /_(\d+)\.[a-z]+$/.exec(name)?.[1];
  return no === undefined ? "" : `:${no}`;
};

/** Prints a delivery into the working folder. `undefined`: it is none for a folder. @throws Fault */
const stage = async (
  ports: FolderPorts,
  folders: OrganisationFolders,
  deliveryId: string,
): Promise<string | undefined> => {
  const { gln, own } = folders;
  const reply = await ports.query("worklist.delivery", gln, { gln, deliveryId });
  if (reply.status === "refused" && reply.code === "delivery-unknown") return undefined;
  if (reply.status !== "ok") throw faultOf(reply.code);
  const { record, sending } = DeliveryInRecord.parse(reply.value);
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  if (owed?.change !== "owed" || owed.transport !== "folder" || owed.standard === "json") return undefined;
  const { mediaType, bytes } = await ports.print(owed.standard, {
    record,
    deliveryId,
    ...(sending === undefined ? {} : { sending }),
  });
  const name = deliveryName(deliveryId, `${owed.documentType}${sentAgain(sending)}`, mediaType);
  await writeSynced(join(draftsIn(own), name), bytes);
  await move(join(draftsIn(own), name), join(stagedIn(own), name));
  await syncFolder(stagedIn(own));
  return name;
};

/** `fresh`: staged a moment ago. Else it was found there: a crash or a fault came between staging and giving. */
type Staged = { name: string; fresh: boolean };

/**
 * Gives a staged delivery to the partner, if it is ours to give. The journal decides: it is fetched once, by the command of
 * one owner, and told so on disk before anybody can read it. The rename that follows happens once; a crash between the two
 * leaves the file staged, and the same command is answered as before. @throws Fault
 */
const handOut = async (
  ports: FolderPorts,
  folders: OrganisationFolders,
  { name, fresh }: Staged,
): Promise<void> => {
  const { gln, own, owner } = folders;
  const staged = join(stagedIn(own), name);
  const deliveryId = deliveryOf(name);
  if (deliveryId === undefined) return;
  const reply = await ports.command({
    id: `fetched:${deliveryId}${sendingIn(name)}:${owner}`,
    type: "delivery.markFetched",
    version: 1,
    time: ports.now(),
    sender: gln,
    payload: { deliveryId },
  });
  if (reply.status === "failed") throw faultOf(reply.code);
  // Another gateway, the receiver itself over HTTP, or we before: an index that lags behind shows it as waiting still.
  if (reply.status !== "accepted" || (fresh && reply.duplicate)) {
    await remove(staged);
    return;
  }
  const out = folderIn(folders, "out");
  if (!(await move(staged, join(out, name)))) return;
  await syncFolder(out);
  ports.log.info("folder-delivered", { gln, deliveryId });
};

/** What one organisation's `out` is remembered by. It may be lost: then the inbox is read once more. */
export type GiveOutState = {
  /** Deliveries that somebody told of. */
  due: Set<string>;
  /** Deliveries that are done with, or go another way, though the inbox may still show them. */
  settled: Set<string>;
  readMs: number;
};
export const nothingDue = (): GiveOutState => ({
  due: new Set(),
  settled: new Set(),
  readMs: Number.NEGATIVE_INFINITY,
});

export type GivingOut = { ports: FolderPorts; folders: OrganisationFolders; state: GiveOutState };

/** One that fails holds up no other. It is told, and tried again at the next reading of the inbox. */
const tellFailure = ({ ports, folders }: GivingOut, key: string, error: unknown): void => {
  const code = error instanceof Fault ? error.code : codeOf(error);
  ports.log.warn("folder-delivery-waits", { gln: folders.gln, deliveryId: key, code, error });
};

const deliver = async (at: GivingOut, deliveryId: string): Promise<void> => {
  try {
    const name = await stage(at.ports, at.folders, deliveryId);
    if (name !== undefined) await handOut(at.ports, at.folders, { name, fresh: true });
    at.state.settled.add(deliveryId);
  } catch (error) {
    tellFailure(at, deliveryId, error);
  }
};

/** Deliveries that were staged before: by this gateway, or by one that is gone. */
export const handOutStaged = async (at: GivingOut, places: readonly OrganisationFolders[]): Promise<void> => {
  for (const place of places)
    for (const name of await textNamesIn(stagedIn(place.own)))
      await handOut(at.ports, place, { name, fresh: false }).catch((error: unknown) => {
        tellFailure(at, deliveryOf(name) ?? "", error);
      });
};

/** Told of by name, or all that waits when it is time to look: a telling may be missed, the inbox is the truth. */
const dueNow = async ({ ports, folders, state }: GivingOut, readEveryMs: number): Promise<string[]> => {
  const told = [...state.due];
  state.due.clear();
  if (ports.steadyMs() - state.readMs < readEveryMs) return told;
  const waiting = await waitingFor(ports, folders.gln);
  state.readMs = ports.steadyMs();
  state.settled = new Set(waiting.filter((id) => state.settled.has(id)));
  return [...new Set([...waiting, ...told])];
};

/** Puts into `out` what waits for this organisation's folder. @throws Fault when the inbox cannot be read */
export const giveOut = async (at: GivingOut, readEveryMs: number): Promise<void> => {
  await handOutStaged(at, [at.folders]);
  for (const deliveryId of await dueNow(at, readEveryMs))
    if (!at.state.settled.has(deliveryId)) await deliver(at, deliveryId);
};
