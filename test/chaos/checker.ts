import type {
  Answer,
  Evidence,
  Kind,
  PlantedClock,
  Received,
  Recorded,
  Sent,
  Violation,
} from "./evidence.ts";

const violation = (kind: Kind, text: string): Violation => ({ kind, text });

/** Values by a key, each list in the order of the values. */
const groupedBy = <T>(values: Iterable<T>, key: (value: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
};

const shown = ({ status, caseId, due, digest }: Answer): string =>
  `${String(status)} ${[caseId, due, digest.slice(0, 8)].join(" ")}`;

const answerFaults = ({ id, answers, sends }: Sent): Violation[] => {
  const [first, ...others] = answers;
  if (first === undefined)
    return [violation("unanswered", `${id}: sent ${String(sends)} times, never answered`)];
  return [
    ...others.map((other) => violation("flipped", `${id}: first ${shown(first)}, then ${shown(other)}`)),
    ...answers
      .filter(({ yes, reason }) => !yes && reason === "")
      .map((one) => violation("no-reason", `${id}: ${shown(one)} without a reason`)),
  ];
};

const toldFaults = (id: string, answer: Answer, { caseId, accepted, refusal }: Recorded): Violation[] => {
  if (answer.yes !== accepted)
    return [
      violation("told-otherwise", `${id}: told ${answer.yes ? "yes" : "no"}, kept ${refusal || "accepted"}`),
    ];
  return answer.yes && answer.caseId !== caseId
    ? [violation("told-otherwise", `${id}: told case ${answer.caseId}, kept in ${caseId}`)]
    : [];
};

/** A yes stands in the journal, once, as it was told. Not every no does: what nobody may ask for is not noted. */
const keptFaults = (sent: Sent, byCommand: ReadonlyMap<string, Recorded[]>): Violation[] => {
  const [answer] = sent.answers;
  const [record] = byCommand.get(sent.id) ?? [];
  if (answer === undefined || sent.id === "") return [];
  if (record !== undefined) return toldFaults(sent.id, answer, record);
  return answer.yes ? [violation("lost", `${sent.id}: accepted, and not in the journal`)] : [];
};

const numbersOf = (records: readonly Recorded[]): string => records.map(({ no }) => no).join(",");

const journalFaults = (
  journal: readonly Recorded[],
  byCommand: ReadonlyMap<string, Recorded[]>,
): Violation[] => {
  const found: Violation[] = [];
  for (const [id, records] of byCommand)
    if (records.length > 1)
      found.push(violation("recorded-twice", `${id}: ${String(records.length)} records`));
  for (const [caseId, records] of groupedBy(journal, (r) => r.caseId))
    if (records.some(({ no }, i) => no !== i + 1))
      found.push(violation("numbers", `case ${caseId} has records ${numbersOf(records)}`));
  for (const { inPlace, accepted, refusal, caseId, no, stream, seq } of journal) {
    if (!inPlace) found.push(violation("out-of-place", `case ${caseId} at ${stream} ${String(seq)}`));
    if (!accepted && refusal === "")
      found.push(violation("no-reason", `record ${String(no)} of case ${caseId} refuses without a code`));
  }
  return found;
};

/** Where a delivery stands in its case: `<caseId>.<recordNo>.<n>`. */
const placeOf = (deliveryId: string): { caseId: string; place: number } => {
  const [caseId = "", no = "0", n = "0"] = deliveryId.split(".");
  return { caseId, place: Number(no) * 1_000 + Number(n) };
};

/** Who owes a delivery, and to whom: an accepted record alone can owe one. */
const debtsOf = (journal: readonly Recorded[]): Map<string, string> =>
  new Map(
    journal.flatMap((r) => (r.accepted ? r.owed.map(({ deliveryId, to }) => [deliveryId, to] as const) : [])),
  );

/** Deliveries whose receivers need not fetch them any more. */
const actedUpon = (journal: readonly Recorded[]): Set<string> =>
  new Set(
    journal.flatMap(({ settled }) =>
      settled.flatMap(({ change, deliveryId }) => (change === "acted" ? [deliveryId] : [])),
    ),
  );

const deliveryFaults = (
  { received, receivers, journal }: Evidence,
  debts: ReadonlyMap<string, string>,
): Violation[] => {
  const there = new Set(received.map(({ receiver, deliveryId }) => `${receiver} ${deliveryId}`));
  const acted = actedUpon(journal);
  const missing = [...debts]
    .filter(([deliveryId]) => !acted.has(deliveryId))
    .filter(([deliveryId, to]) => receivers.includes(to) && !there.has(`${to} ${deliveryId}`))
    .map(([deliveryId, to]) =>
      violation("not-delivered", `${deliveryId} is owed to ${to}, who has not got it`),
    );
  const unowed = received
    .filter(({ receiver, deliveryId }) => debts.get(deliveryId) !== receiver)
    .map(({ receiver, deliveryId }) =>
      violation(
        "delivered-unowed",
        `${receiver} got ${deliveryId}, owed to ${debts.get(deliveryId) ?? "nobody"}`,
      ),
    );
  return [...missing, ...unowed];
};

/** Copies under one id are the same document: a receiver that has seen the id throws the rest away. */
const copyFaults = (received: readonly Received[]): Violation[] => {
  const first = new Map<string, Received>();
  return received.flatMap((one) => {
    const key = `${one.receiver} ${one.copyId}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, one);
    return before === undefined || (before.digest === one.digest && before.deliveryId === one.deliveryId)
      ? []
      : [violation("copy-differs", `${key} came again as something else`)];
  });
};

/** Looked at by when each document came first: a copy may come at any time. */
const orderFaults = ({ received, ordered }: Evidence): Violation[] => {
  const found: Violation[] = [];
  for (const receiver of ordered) {
    const furthest = new Map<string, number>();
    const seen = new Set<string>();
    for (const { deliveryId } of received.filter((one) => one.receiver === receiver)) {
      if (seen.has(deliveryId)) continue;
      seen.add(deliveryId);
      const { caseId, place } = placeOf(deliveryId);
      if (place < (furthest.get(caseId) ?? 0))
        found.push(violation("order", `${receiver} got ${deliveryId} after a later one of its case`));
      furthest.set(caseId, Math.max(place, furthest.get(caseId) ?? 0));
    }
  }
  return found;
};

/** A receipt is final: the first stands, and there is no second one. */
const settlementFaults = (journal: readonly Recorded[]): Violation[] => {
  const changes = groupedBy(
    journal.flatMap(({ settled }) => settled),
    ({ deliveryId }) => deliveryId,
  );
  return [...changes].flatMap(([deliveryId, all]) => {
    const final = all.filter(({ change }) => ["acknowledged", "acted", "failed"].includes(change));
    const sendings = 1 + all.filter(({ change }) => change === "resent").length;
    const fetched = all.filter(({ change }) => change === "fetched").length;
    return [
      ...(final.length > 1
        ? [
            violation(
              "receipt-flipped",
              `${deliveryId}: ${final.map(({ change }) => change).join(", then ")}`,
            ),
          ]
        : []),
      ...(fetched > sendings
        ? [
            violation(
              "fetched-twice",
              `${deliveryId}: fetched ${String(fetched)} times of ${String(sendings)} sendings`,
            ),
          ]
        : []),
    ];
  });
};

const clockFaults = ({ journal, planted }: Evidence): Violation[] => {
  const rung = groupedBy(
    journal.flatMap(({ caseId, rung: all }) => all.map((one) => ({ ...one, caseId }))),
    ({ caseId, clockId, change, no }) => `${caseId} ${clockId} ${change} ${String(no)}`,
  );
  const twice = [...rung].flatMap(([key, all]) =>
    all.length > 1 ? [violation("clock-twice", `${key}: ${String(all.length)} times`)] : [],
  );
  const planned = planted.flatMap(({ caseId, clockId, warnAt, due }: PlantedClock) =>
    (["warned", "breached"] as const).flatMap((change) => {
      const key = `${caseId} ${clockId} ${change} 1`;
      const [first] = rung.get(key) ?? [];
      if (first === undefined) return [violation("clock-missed", key)];
      const early = first.at < (change === "warned" ? warnAt : due);
      return early ? [violation("clock-early", `${key} at ${first.at}`)] : [];
    }),
  );
  return [...twice, ...planned];
};

/**
 * What of the hub's promises was not kept, in words; nothing, when all of them were. Every accepted message exactly once in the
 * journal and at least once, by id once, at each receiver; nothing delivered that was not accepted; receipts never flip; clocks ring
 * once and not too early; the order of a case is kept; a no has a reason.
 */
export const violationsOf = (evidence: Evidence): Violation[] => {
  const { sent, journal, received } = evidence;
  const byCommand = groupedBy(journal, ({ commandId }) => commandId);
  return [
    ...sent.flatMap((one) => [...answerFaults(one), ...keptFaults(one, byCommand)]),
    ...journalFaults(journal, byCommand),
    ...deliveryFaults(evidence, debtsOf(journal)),
    ...copyFaults(received),
    ...orderFaults(evidence),
    ...settlementFaults(journal),
    ...clockFaults(evidence),
  ];
};
