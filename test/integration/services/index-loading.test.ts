import { expect, test } from "vitest";
import { letter } from "../../support/advice-given.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub } from "../../support/test-platform.ts";

const [practice, department] = [who.practice, who.endocrinology];

test("a letter that comes while the index is still being read waits for it, and finds its thread; a question does not wait", async () => {
  await using hub = await startTestHub({ redisKeeps: true });
  const { redis } = hub.platform;
  const sent = (from: string, to: string, letterId: string) =>
    hub.command("advice.receiveLetter", from, {
      letter: letter(from, to, { letterId }),
      standard: "oioxml",
    });
  const asked = await sent(practice, department, "L1");
  if (asked.status !== "accepted") throw new Error(JSON.stringify(asked));
  await eventually(async () => {
    const reply = await hub.query<{ items: { caseId: string }[] }>("worklist.inbox", department, {
      gln: department,
    });
    return reply.status === "ok" && reply.value.items.length > 0 ? true : undefined;
  }, "the index has it");
  for (let part = 0; part < 4; part++) {
    const pipeline = redis.pipeline();
    for (let i = 0; i < 1_000; i++) pipeline.set(`filler:${String(part)}:${String(i)}`, "x");
    await pipeline.exec();
  }
  await hub.redis.restartSlowly(1_000);
  await eventually(() => Promise.resolve(redis.status === "connect" ? true : undefined), "it is being read");
  const reply = sent(department, practice, "L2");
  const question = await hub.command("advice.ask", practice, {
    messageId: "M-1",
    to: { gln: department },
    patient: { cpr: "0101010101", surname: "Eksempel" },
    subject: "TSH",
    question: "Hvad gør vi?",
  });
  expect(question.status).toBe("accepted");
  expect(redis.status).toBe("connect");
  expect(await reply).toMatchObject({ status: "accepted", caseId: asked.caseId });
  expect(redis.status).toBe("ready");
}, 60_000);
