import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { ListSort } from "../../../../contracts/messages/case-list.ts";
import { createProgram } from "../../../../gateways/cli/program.ts";

const program = createProgram("1.2.3");
const all = (command: Command, above = ""): [string, Command][] =>
  command.commands.flatMap((sub) => {
    const name = `${above}${sub.name()}`;
    return [[name, sub] as [string, Command], ...all(sub, `${name} `)];
  });
const commands = all(program);

describe("the commands of the CLI", () => {
  it("are these", () => {
    expect(commands.map(([name]) => name)).toEqual(
      "up,demo,doctor,rebuild,top,backup,backup verify,restore,archive,archive list,archive show,archive search,archive verify,archive run,archive erase,audit,audit search,audit verify,audit odd,audit export,send,inbox,case,token,worklist,owed,messages,trace,directory,directory import,directory export,receivers,receivers list,receivers pause,receivers resume,partners,partners nats,partners key,dead-letters,dead-letters list,dead-letters show,dead-letters send-again,dead-letters close,agreements,agreements check,agreements export,agreements list,agreements show,agreements why,agreements what-if,clock,indicators,indicators report,score,parse,render,convert,bench,simulate,conform".split(
        ",",
      ),
    );
  });

  it.each(commands)(
    "%s says in plain words what it does, and what each of its arguments and options is",
    (_name, command) => {
      expect(command.summary()).not.toBe("");
      for (const argument of command.registeredArguments) expect(argument.description).not.toBe("");
      for (const option of command.options) expect(option.description).not.toBe("");
      expect(command.helpInformation()).toContain("Usage: sektorbro");
    },
  );

  it("worklist is sorted in every order that the lists have, and in no other", () => {
    const [, worklist] = commands.find(([name]) => name === "worklist") ?? [];
    const sort = worklist?.options.find((option) => option.long === "--sort");
    expect(sort?.argChoices).toEqual(ListSort.options);
  });

  it("each can be pointed at the data folder of a hub", () => {
    const runnable = commands.filter(
      ([name]) =>
        ![
          "archive",
          "audit",
          "directory",
          "receivers",
          "partners",
          "partners nats",
          "partners key",
          "dead-letters",
          "agreements",
          "agreements check",
          "agreements export",
          "score",
          "parse",
          "render",
          "convert",
          "clock",
          "bench",
        ].includes(name),
    );
    for (const [, command] of runnable)
      expect(command.options.map((option) => option.long)).toContain("--data");
  });
});
