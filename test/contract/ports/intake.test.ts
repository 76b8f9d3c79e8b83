import { expect, test } from "vitest";
import { newId } from "../../../infra/ids.ts";
import type { Platform } from "../../../infra/platform.ts";
import { describeBoth } from "../../support/both-platforms.ts";

type Arrived = Parameters<Platform["intake"]["append"]>[1];

const letter = (text: string, standard = "oioxml"): Arrived => ({
  bytes: Buffer.from(text),
  mediaType: "application/xml",
  standard,
  sender: "5790000100019",
  speaksFor: ["5790000100019"],
  transport: "http",
  receivedAt: "2026-11-23T09:15:00.000Z",
});

/** Until so many have come; whoever waits for more waits for ever. */
const collector = (wanted: number) => {
  const texts: string[] = [];
  const box: { full: () => void } = { full: () => undefined };
  const full = new Promise<void>((resolve) => {
    box.full = resolve;
  });
  const add = (text: string): void => {
    if (texts.push(text) === wanted) box.full();
  };
  return { texts, full, add };
};

describeBoth("INTAKE", (within) => {
  test("a document is kept once under an id, and the first one stays", async () => {
    const result = await within(async ({ intake }) => {
      const id = newId();
      const kept = [await intake.appendOnce(id, letter("<a/>")), await intake.appendOnce(id, letter("<b/>"))];
      const found = await intake.original(id);
      return [...kept, Buffer.from(found?.bytes ?? []).toString(), found?.sender];
    });
    expect(result).toEqual(["new", "known", "<a/>", "5790000100019"]);
  });

  test("nothing is found under an id that nothing was kept under", async () => {
    expect(await within(({ intake }) => intake.original(newId()))).toBeUndefined();
  });

  test("a document larger than a message is kept and read back whole", async () => {
    const text = "x".repeat(700_000);
    const size = await within(async ({ intake }) => {
      const id = newId();
      await intake.append(id, letter(text));
      return (await intake.original(id))?.bytes.length;
    });
    expect(size).toBe(700_000);
  });

  test("each document is handed to a reader of its standard, and again when that failed", async () => {
    const texts = await within(async ({ intake }) => {
      const heard = collector(3);
      let failures = 1;
      const taking = await intake.take("port-suite", async ({ bytes }) => {
        heard.add(Buffer.from(bytes).toString());
        if (failures-- > 0) throw new Error("This reader fails once.");
        await Promise.resolve();
      });
      await intake.append(newId(), letter("<first/>", "port-suite"));
      await intake.append(newId(), letter("<second/>", "port-suite"));
      await heard.full;
      await taking.stop();
      return heard.texts;
    });
    expect(texts.toSorted()).toHaveLength(3);
    expect(new Set(texts)).toEqual(new Set(["<first/>", "<second/>"]));
  });

  test("a value noted under a hash stays what it was first", async () => {
    const noted = await within(async ({ intake }) => {
      const hash = newId();
      return [await intake.noteOnce(hash, "one"), await intake.noteOnce(hash, "two")];
    });
    expect(noted).toEqual([
      { kept: "one", first: true },
      { kept: "one", first: false },
    ]);
  });

  test("an answer that was given is found again, and no other takes its place", async () => {
    const found = await within(async ({ givenAnswers }) => {
      const hash = newId().replaceAll("-", "");
      const before = await givenAnswers.find(hash);
      return [before, await givenAnswers.keep(hash, "yes"), await givenAnswers.keep(hash, "no")];
    });
    expect(found).toEqual([undefined, "yes", "yes"]);
  });
});
