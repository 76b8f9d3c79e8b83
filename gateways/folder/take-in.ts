import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { envelopeKindIn, headBytes, standardOf } from "../../contracts/first-look.ts";
import { withUnits } from "../../contracts/units.ts";
import {
  type Claim,
  claimFile,
  claimsOf,
  commit,
  documentOf,
  handOver,
  nextStep,
  placeOf,
  sweep,
} from "./claims.ts";
import { restMs } from "./core/after-crash.ts";
import { type Finish, finishOf, refuseUnread, unreadReasons } from "./core/finish.ts";
import { endsWhole, hasRested, judge, type Look } from "./core/ready.ts";
import {
  codeOf,
  type Entry,
  FileChanged,
  inside,
  namesIn,
  readHead,
  readPieces,
  readTail,
  readWhole,
  seeIn,
} from "./files.ts";
import { folderIn, type OrganisationFolders } from "./organisation-folders.ts";
import type { FolderOptions, FolderPorts } from "./ports.ts";

/** What one organisation's `in` is remembered by between two looks. It may be lost: then files rest once more. */
export type TakeInState = {
  looks: Map<string, Look>;
  /** Claims that could not be settled: how often, and until when they rest. */
  resting: Map<string, { failures: number; untilMs: number }>;
};
export const noLooks = (): TakeInState => ({ looks: new Map(), resting: new Map() });

export type TakingIn = {
  ports: FolderPorts;
  options: FolderOptions;
  folders: OrganisationFolders;
  state: TakeInState;
};

const hashOf = ({ ports }: TakingIn, { raw }: Entry): string =>
  ports.keyedDigest(raw.toString("latin1")).slice(0, 16);

const warnOf = (at: TakingIn, entry: Entry, what: { event: string; code: string }): void => {
  at.ports.log.warn(what.event, { gln: at.folders.gln, code: what.code, hash: hashOf(at, entry) });
};

/** Whether its last bytes end a document. `undefined`: it cannot be read, and a person must give the rights to. */
const seemsWhole = async (at: TakingIn, entry: Entry): Promise<boolean | undefined> => {
  try {
    return endsWhole(await readTail(inside(folderIn(at.folders, "in"), entry.raw)));
  } catch (error) {
    const code = codeOf(error);
    // Gone, or another thing than a moment ago: the next look tells.
    if (code === "ENOENT" || code === "ELOOP" || code === "EBUSY") return false;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    warnOf(at, entry, { event: "folder-file-unreadable", code });
    return undefined;
  }
};

/** Looks at one name. `true`: it may be taken. What it looked like is kept in `looks` for the next time. */
const isReady = async (
  at: TakingIn,
  entry: Entry,
  { beside, looks }: { beside: ReadonlySet<string>; looks: TakeInState["looks"] },
): Promise<boolean> => {
  const { ports, options, state } = at;
  const key = entry.raw.toString("latin1");
  const before = state.looks.get(key);
  const verdict = judge(entry, {
    before,
    beside,
    nowMs: ports.nowMs(),
    steadyMs: ports.steadyMs(),
    settleMs: options.settleMs,
  });
  if (verdict.kind === "never") warnOf(at, entry, { event: "folder-not-a-file", code: verdict.what });
  if (verdict.kind === "left-alone" || verdict.kind === "never") return false;
  looks.set(key, verdict.look);
  if (verdict.kind === "wait") return false;
  const whole = await seemsWhole(at, entry);
  return whole === true || (whole === false && verdict.patient);
};

/** More than this is taken in the next round, so that a flood of files does not hold up what is in hand. */
const claimsEachRound = 200;

/** Takes what is whole out of `in`. @returns whether it took anything */
export const takeReady = async (at: TakingIn): Promise<boolean> => {
  if (at.ports.closed()) return false;
  const dir = folderIn(at.folders, "in");
  const names = await namesIn(dir);
  const beside = new Set(names.map((raw) => raw.toString("utf8")));
  const looks: TakeInState["looks"] = new Map();
  let taken = 0;
  for (const raw of names) {
    const entry = await seeIn(dir, raw);
    if (entry === undefined || taken >= claimsEachRound) continue;
    if (!(await isReady(at, entry, { beside, looks }))) continue;
    if ((await claimFile(at.folders, raw, at.ports.newId())) !== undefined) taken += 1;
  }
  at.state.looks = looks;
  return taken > 0;
};

const mediaTypeOf = (name: string | undefined, bytes: Uint8Array): string => {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x7b || name?.toLowerCase().endsWith(".json") === true
    ? "application/fhir+json"
    : "application/xml";
};

/** A document's beginning, and how to have all of it kept or in hand; `undefined`: it was not the same to its end. */
type Read = {
  head: Buffer;
  /** What names a refusal of it, when no more than its head was looked at. */
  mark: string;
  whole: () => Promise<{ digest: string; bytes?: Uint8Array } | undefined>;
};

/** Documents up to this size are read whole; a larger one goes to where it is kept piece by piece, however many there are. */
const wholeBytes = 512 * 1024;

const readLarge = async ({ ports }: TakingIn, place: Buffer<ArrayBuffer>, mark: string): Promise<Read> => ({
  head: await readHead(place, headBytes),
  mark,
  whole: async () => {
    try {
      return { digest: await ports.keep(readPieces(place)) };
    } catch (error) {
      if (error instanceof FileChanged) return undefined;
      throw error;
    }
  },
});

const readSmall = async ({ ports }: TakingIn, place: Buffer<ArrayBuffer>): Promise<Read | undefined> => {
  const bytes = await readWhole(place);
  if (bytes === undefined) return undefined;
  const digest = ports.digest(bytes);
  return {
    head: bytes.subarray(0, headBytes),
    mark: digest,
    whole: () => Promise.resolve({ digest, bytes }),
  };
};

const submit = async (at: TakingIn, name: string | undefined, read: Read): Promise<Finish | undefined> => {
  const { ports, folders } = at;
  const mediaType = mediaTypeOf(name, read.head);
  const head = read.head.toString("latin1");
  const standard = standardOf(mediaType, head);
  const unread = { name, digest: read.mark };
  if (standard === undefined) return refuseUnread(unread, unreadReasons.unknown);
  const whole = await read.whole();
  if (whole === undefined) return undefined;
  const sender = folders.gln;
  const envelope = envelopeKindIn(head);
  const takesIt = ports.organisation(sender)?.channels.some((channel) => channel.envelope === envelope);
  const outcome = await ports.submit({
    ...whole,
    mediaType,
    standard,
    sender,
    speaksFor: withUnits(sender, ports.organisations()),
    ...(envelope !== undefined && takesIt === true ? { answerAs: envelope } : {}),
  });
  return finishOf({ name, digest: whole.digest }, outcome);
};

/** What becomes of a claimed file. `undefined`: its writer was not done; it is looked at again. */
const decide = async (at: TakingIn, claim: Claim, entry: Entry): Promise<Finish | undefined> => {
  const { ports, options } = at;
  const { name, kind, sizeBytes, mtimeMs, ino } = entry;
  // Not read, so not known by its content; by what it is, the same after a crash.
  const unread = { name, digest: ports.digest(`${String(sizeBytes)}:${String(mtimeMs)}:${String(ino)}`) };
  if (kind !== "file") return refuseUnread(unread, unreadReasons.notAFile);
  if (!hasRested(mtimeMs, ports.nowMs(), options.settleMs)) return undefined;
  if (sizeBytes > options.maxDocumentBytes) return refuseUnread(unread, unreadReasons.large);
  if (sizeBytes === 0) return refuseUnread(unread, unreadReasons.empty);
  const place = placeOf(claim, entry);
  const read = await (sizeBytes > wholeBytes ? readLarge(at, place, unread.digest) : readSmall(at, place));
  return read === undefined ? undefined : submit(at, name, read);
};

const read = async (at: TakingIn, claim: Claim): Promise<void> => {
  const entry = await documentOf(claim);
  if (entry === undefined) return;
  const finish = await decide(at, claim, entry);
  if (finish === undefined) return;
  if (finish.kind === "again") throw new Fault(isErrorCode(finish.code) ? finish.code : "internal-error");
  if (!(await commit(claim, entry, finish.results))) return;
  await handOver(at.folders, claim);
  if (finish.intake !== undefined) at.ports.told(finish.intake);
};

const settle = async (at: TakingIn, claim: Claim): Promise<void> => {
  switch (await nextStep(claim)) {
    case "read":
      // It does not rest the longer for it: it is nobody's fault, and over at once when it is over.
      return at.ports.closed() ? undefined : read(at, claim);
    case "hand-over":
      return handOver(at.folders, claim);
    case "sweep":
      return sweep(claim);
  }
};

/** What failed stays where it is, on disk and known to INTAKE or not; it is done again after a rest that grows. */
const rest = (at: TakingIn, claim: Claim, error: unknown): void => {
  const { ports, options, state, folders } = at;
  const failures = (state.resting.get(claim.id)?.failures ?? 0) + 1;
  const delayMs = restMs(failures, options.pollMs);
  state.resting.set(claim.id, { failures, untilMs: ports.steadyMs() + delayMs });
  const code = error instanceof Fault ? error.code : codeOf(error);
  const fields = { gln: folders.gln, key: claim.id, code, attempt: failures, delayMs, error };
  ports.log.warn("folder-document-waits", fields);
};

const settleOrRest = async (at: TakingIn, claim: Claim): Promise<void> => {
  try {
    await settle(at, claim);
    at.state.resting.delete(claim.id);
  } catch (error) {
    rest(at, claim, error);
  }
};

/** How many documents of one organisation are in hand at once. */
const abreast = 8;

/** Works on everything that is claimed and does not rest. */
export const workClaims = async (at: TakingIn): Promise<void> => {
  const claims = await claimsOf(at.folders.own);
  const known = new Set(claims.map(({ id }) => id));
  for (const id of at.state.resting.keys()) if (!known.has(id)) at.state.resting.delete(id);
  const steadyMs = at.ports.steadyMs();
  const ready = claims.filter(({ id }) => (at.state.resting.get(id)?.untilMs ?? 0) <= steadyMs).values();
  const worker = async (): Promise<void> => {
    for (const claim of ready) await settleOrRest(at, claim);
  };
  await Promise.all(Array.from({ length: abreast }, worker));
};
