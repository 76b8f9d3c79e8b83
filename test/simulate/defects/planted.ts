/** A defect as somebody could make it: one text of one file becomes another. */
export type Defect = { name: string; file: string; find: string; replace: string };

const handler = "services/case/case-handler.ts";
const intakeHanding = "infra/nats/intake-handing.ts";

/** Each must be found. `find` stands exactly once in its file: when it does not any more, the defect is to be written anew. */
export const planted: readonly Defect[] = [
  {
    name: "answer before the write",
    file: handler,
    find: "const written = await ports.append(outcome, base.seq);",
    replace:
      "void ports.append(outcome, base.seq).catch(() => undefined);\n  const written = { kind: 'appended', seq: base.seq + 1 } as Awaited<ReturnType<CasePorts['append']>>;",
  },
  {
    name: "dedupe forgotten",
    file: handler,
    find: "const before = Object.hasOwn(commands, envelope.id) ? commands[envelope.id] : undefined;",
    replace: "const before = Object.hasOwn(commands, '') ? commands[envelope.id] : undefined;",
  },
  {
    name: "content not compared",
    file: handler,
    find: "  if (known.digest === digest)\n",
    replace: "  if (known.digest !== '')\n",
  },
  {
    name: "conflict taken for a write",
    file: handler,
    find: 'if (written.kind === "conflict") return undefined;',
    replace: 'if (written.kind === "conflict") return replyOf(outcome);',
  },
  {
    name: "clock not paused",
    file: "services/case/clock-book.ts",
    find: '  isOpenClock(state) && state.status !== "paused"\n    ? { change: "paused"',
    replace: '  isOpenClock(state) && state.status !== "paused" && at < ""\n    ? { change: "paused"',
  },
  {
    name: "clock rings while it is paused",
    file: "services/case/clock-book.ts",
    find: "const timer = timerOf(state);\n  if (timer === undefined || now < timer.at) return undefined;",
    replace:
      "const timer = timerOf(state) ?? ('due' in state ? { kind: 'breach' as const, at: state.due } : undefined);\n  if (timer === undefined || now < timer.at) return undefined;",
  },
  {
    name: "receipt flips",
    file: "services/delivery/core/receive-receipt.ts",
    find: "  if (isSettled(delivery)) return ignored(delivery);\n  if (outcome",
    replace: "  if (outcome",
  },
  {
    name: "ack before the side effect",
    file: intakeHanding,
    find: "const work = settle(message).then(",
    replace: "message.ack();\n    const work = settle(message).then(",
  },
  {
    name: "failure acknowledged",
    file: intakeHanding,
    find: "message.nak(ms);",
    replace: "message.ack();",
  },
  {
    name: "what was handed over counts as settled before it is",
    file: "infra/nats/intake-own.ts",
    find: "return found ?? false;",
    replace: "return found !== undefined;",
  },
  {
    name: "what was stored and not told of is not looked for",
    file: "infra/nats/tail.ts",
    find: "if (last > state.newest) await readUpTo(state, last, left);",
    replace: "if (last < 0) await readUpTo(state, last, left);",
  },
  {
    name: "document kept twice",
    file: "infra/nats/intake.ts",
    find: "await store(needs, { intakeId, document }, { lastSubjectSequence: 0 });",
    replace: "await store(needs, { intakeId, document }, {});",
  },
  {
    name: "fault swallowed by a rule",
    file: "services/coordination/main.ts",
    find: "const react = createRuleFollower(followed, ports);",
    replace:
      "const follow = createRuleFollower(followed, ports);\n  const react: typeof follow = (record) => follow(record).catch(() => undefined);",
  },
  {
    name: "not now taken for a yes",
    file: "gateways/push/core/answer.ts",
    find: "status >= 200 && status < 300;",
    replace: "(status >= 200 && status < 300) || status === 503;",
  },
  {
    name: "last brought first",
    file: "services/delivery/core/lane.ts",
    find: "if (found.push(first) === most) break;",
    replace: "if (found.push(entries.at(-1) ?? first) === most) break;",
  },
  {
    name: "emptied index not noticed",
    file: "services/case/projector.ts",
    find: "intact: async (stream) => (await index.position(stream)) >= (at.get(stream) ?? 0),",
    replace: "intact: async (stream) => (await index.position(stream)) >= 0,",
  },
  {
    name: "refusal without its reason",
    file: "services/case/compose-record.ts",
    find: "    refusal: refused.code,\n",
    replace: "",
  },
];
