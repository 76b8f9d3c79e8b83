import { describe, expect, it } from "vitest";
import { z } from "zod";
import { problemsOf } from "../../../contracts/problem.ts";

const Text = z.union([z.string().min(1), z.object({ lines: z.array(z.string()) })]);
const Message = z.strictObject({
  to: z.object({ gln: z.string() }),
  text: Text,
  kind: z.enum(["one", "two"]),
  many: z.array(z.number()).optional(),
});

const told = (value: unknown) =>
  (Message.safeParse(value).error?.issues.length ?? 0) === 0
    ? []
    : problemsOf(Message.safeParse(value).error ?? new z.ZodError([])).map(
        ({ path, code, message }) => [path, code, message] as const,
      );

describe("what is wrong with a message", () => {
  it("is that a field is missing, whatever forms it may have, at any depth", () => {
    expect(told({ to: {}, kind: "one" })).toEqual([
      ["to.gln", "invalid-type", "This field is required."],
      ["text", "invalid-union", "This field is required."],
    ]);
  });

  it("or that it has none of the forms that it may have, or another type", () => {
    expect(told({ to: { gln: "1" }, text: 4, kind: "one", many: ["1"] })).toEqual([
      ["text", "invalid-union", "This has none of the forms that are allowed here: see its schema."],
      ["many.0", "invalid-type", "Invalid input: expected number, received string"],
    ]);
  });

  it("never the value itself", () => {
    const text = JSON.stringify(
      told({ to: { gln: 5 }, text: { lines: "010203-1234" }, kind: "010203-1234" }),
    );
    expect(text).not.toContain("010203");
  });
});
