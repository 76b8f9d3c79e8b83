import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../../../../services/case/clock/explain.ts";
import { whenText } from "../../../../../services/case/clock/words.ts";
import { days, living, lunchBreak, minutes, openMinutes } from "../../../../support/clock-life.ts";

type Said = [event: string, at: string, more?: object];
const friday: Said = ["started", "2026-11-20 16:30"];

describe("an explanation", () => {
  it("begins with the answer, and counts the days one by one, in Danish", () => {
    const clock = living({ limit: days(2) }, [friday, ["stopped", "2026-11-24 18:05"]]);
    expect(explain(clock.trace, "da")).toEqual([
      "Svaret kom 1 time og 5 minutter for sent.",
      "",
      "1. Uret begyndte fredag 20. november 2026 kl. 16.30.",
      "2. Aftalen (version 1) giver: inden lukketid på 2. dag, der tælles; dagen efter starten er dag 1 (den svarendes dage og åbningstid). Det er tirsdag 24. november 2026 kl. 17.00.",
      "3. Fristen udløb tirsdag 24. november 2026 kl. 17.00 uden svar.",
      "4. Svaret var afsendt tirsdag 24. november 2026 kl. 18.05, for sent.",
      "",
      "Sådan er der talt:",
      "  fredag 20. november 2026: startdagen, tælles ikke",
      "  lørdag 21. november 2026: weekend, tælles ikke",
      "  søndag 22. november 2026: weekend, tælles ikke",
      "  mandag 23. november 2026: dag 1",
      "  tirsdag 24. november 2026: dag 2; fristen er kl. 17.00",
    ]);
  });

  it("tells the minutes of each opening, and the lunch break by leaving it out, in English", () => {
    const clock = living({ limit: openMinutes(300) }, [["started", "2026-11-23 11:30"]], {
      own: { openingHours: lunchBreak },
      at: "2026-11-23 12:00",
    });
    expect(explain(clock.trace, "en")).toEqual([
      "The answer is due Tuesday 24 November 2026 at 09:15.",
      "",
      "1. The clock started Monday 23 November 2026 at 11:30.",
      "2. The agreement (version 1) gives: 300 minutes within opening hours (the days and hours of whoever answers). That is Tuesday 24 November 2026 at 09:15.",
      "",
      "This is how it was counted:",
      "  Monday 23 November 2026: 11:30-12:00 and 12:45-16:00, 3 hours and 45 minutes",
      "  Tuesday 24 November 2026: 08:00-09:15, 1 hour and 15 minutes; due at 09:15",
    ]);
  });

  it("calls the agreement by its name, and says in plain words what a clock waited for", () => {
    const clock = living({ limit: days(2), name: { da: "Svar på råd", en: "Answer to advice" } }, [
      friday,
      ["paused", "2026-11-23 10:00", { reason: "InformationRequested" }],
      ["cancelled", "2026-11-23 12:00", { reason: "QuestionDropped" }],
    ]);
    const [danish, english] = [explain(clock.trace, "da").join("\n"), explain(clock.trace, "en").join("\n")];
    expect(danish).toContain("Aftalen „Svar på råd“ (version 1) giver");
    expect(danish).toContain("kl. 10.00: den, der spurgte, blev bedt om oplysninger.");
    expect(danish).toContain("skyldes der ikke svar: spørgsmålet er faldet bort.");
    expect(english).toContain("The agreement “Answer to advice” (version 1) gives");
    expect(english).toContain("at 10:00: the asker was asked for information.");
  });

  it("names a holiday, and says what a pause gave back and when something was heard of", () => {
    const text = explain(
      living({ limit: days(2) }, [
        ["started", "2026-12-22 10:00"],
        ["paused", "2026-12-23 12:00", { reason: "blodprøve" }],
        ["resumed", "2026-12-24 09:00"],
        ["stopped", "2026-12-28 10:00", { heard: "2026-12-29T08:00" }],
      ]).trace,
      "da",
    ).join("\n");
    expect(text).toContain("Svaret kom i tide.");
    expect(text).toContain("blodprøve");
    expect(text).toContain("Fristen blev flyttet til mandag 28. december 2026 kl. 17.00");
    expect(text).toContain("onsdag 23. december 2026: ventede på svar, da dagen var slut; tælles ikke");
    expect(text).toContain("fredag 25. december 2026: Juledag, helligdag, tælles ikke");
    expect(text).toContain("Det blev først kendt tirsdag 29. december 2026 kl. 08.00");
  });

  const courses: [string, Said[], string, string][] = [
    [
      "running",
      [friday],
      "Fristen er mandag 23. november 2026 kl. 17.00.",
      "The answer is due Monday 23 November 2026 at 17:00.",
    ],
    ["paused", [friday, ["paused", "2026-11-20 16:40"]], "Fristen står stille", "The clock is paused"],
    [
      "cancelled",
      [friday, ["cancelled", "2026-11-20 16:40", { reason: "trukket tilbage" }]],
      "Der skyldes ikke længere svar.",
      "No answer is owed any more.",
    ],
    [
      "of which nothing is known",
      [["paused", "2026-11-20 10:00"]],
      "Fristen er ikke begyndt.",
      "The clock has not started.",
    ],
  ];
  it.each(courses)("of a clock that is %s begins with that", (_, events, danish, english) => {
    const { trace } = living({ limit: days(1) }, events, { at: "2026-11-20 17:00" });
    expect(explain(trace, "da")[0]).toContain(danish);
    expect(explain(trace, "en")[0]).toContain(english);
  });

  it("is whole sentences in both languages, whatever happens, and names the due time that it found", () => {
    const limits = [
      days(0),
      days(2),
      minutes(90),
      openMinutes(200),
      { kind: "calendarDays", days: 2 },
      { kind: "readingWindow", cutoff: "14:30", by: "15:00" },
      { kind: "sameOrNextDay", day: "next" },
      { kind: "timeOfDay", at: "12:00", days: 1 },
    ];
    const events: Said[] = [
      friday,
      ["paused", "2026-11-23 10:00"],
      ["resumed", "2026-11-24 10:00"],
      ["stopped", "2026-11-24 11:00"],
      ["stopped", "2026-11-24 11:30", { reached: "reading" }],
      ["reopened", "2026-11-25 09:00"],
      ["limitsChanged", "2026-11-25 10:00", { limit: openMinutes(300), version: 2 }],
      ["calendarChanged", "2026-11-25 10:30"],
      [
        "merged",
        "2026-11-25 11:00",
        { from: "sag 2", events: [{ event: "started", at: "2026-11-19T10:00" }] },
      ],
      ["startMoved", "2026-11-25 12:00", { to: "2026-11-20T12:00" }],
      ["agreementEnded", "2026-11-26 00:00"],
      ["cancelled", "2026-11-30 10:00", { reason: "withdrawn" }],
    ];
    const definition = fc.record({
      limit: fc.constantFrom(...limits),
      onReopen: fc.constantFrom("restart", "continue"),
      onChange: fc.constantFrom("keep", "recompute"),
      onEnd: fc.constantFrom("runOn", "cancel"),
      measuredTo: fc.constantFrom("delivery", "reading"),
    });
    fc.assert(
      fc.property(definition, fc.subarray(events, { minLength: 1 }), (given, happened) => {
        const { trace, due } = living(given, happened, { at: "2026-12-01 12:00" });
        for (const language of ["da", "en"] as const) {
          const lines = explain(trace, language);
          expect(lines.filter((line) => /^\d+\. /.test(line)).length).toBe(trace.steps.length);
          expect(lines.join("\n")).not.toMatch(/undefined|NaN|\.\./);
          expect(lines[0]?.length).toBeLessThan(130);
          if (due !== undefined) expect(lines.join("\n")).toContain(whenText(due, language));
        }
      }),
      { numRuns: 400 },
    );
  });
});
