import { expect, it } from "vitest";
import { endo, given, gp, happened, onCase } from "../../../../support/advice-given.ts";

it("a refusal says which state the case is in, and in which the command is possible", () => {
  const { asked, withdrawn } = happened(gp, endo);
  const { decision } = given(asked("specialist"), withdrawn).when(
    onCase("advice.answer", { text: "Tak" }),
    endo,
  );
  expect(decision).toMatchObject({
    problems: [
      {
        path: "caseId",
        message:
          "The case is withdrawn; this is possible while it is asked or reopened or informationRequested.",
      },
    ],
  });
});
