import { z } from "zod";
import { ErrorAnswer } from "../../contracts/answers.ts";
import { errorFilesOf } from "./error-examples.ts";
import type { ContractExample } from "./ports.ts";
import type { Answer, Route, Shown } from "./route.ts";

/** An example under the name that the API description keeps it by. */
export type NamedExample = { name: string; value: unknown };

/** `advice-askFollowUp` as its files are named: `advice-ask-follow-up`. */
const fileNameOf = (operationId: string): string =>
  operationId.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** `answers/valid/health.503.down.json` as `answers.health.503.down`: what a component may be called. */
const nameOf = (file: string): string =>
  file
    .replace("/valid/", "/")
    .replace(/\.json$/, "")
    .replaceAll("/", ".");

const named = ({ file, message }: ContractExample): NamedExample => ({ name: nameOf(file), value: message });

type Asked = { route: Route; status: number };

/** `answers/valid/<operation>[.<status>][.<what it shows>].json`: of this operation, and of this status if it names one. */
const isOfAnswer = (file: string, { route, status }: Asked): boolean => {
  const [folder, operation, ...more] = nameOf(file).split(".");
  if (folder !== "answers" || operation !== fileNameOf(route.describe.id)) return false;
  return more.every((part) => !/^\d{3}$/.test(part) || part === String(status));
};

const familyOf = (operationId: string): string => operationId.split("-")[0] ?? "";

/** Commands without an answer of their own in the examples show one of their family's. */
const nearest = (fitting: readonly ContractExample[], { route }: Asked): readonly ContractExample[] => {
  const ofFamily = fitting.filter(({ file }) =>
    file.startsWith(`answers/valid/${familyOf(route.describe.id)}-`),
  );
  return ofFamily.length > 0 ? ofFamily.slice(0, 1) : fitting;
};

/** The contracts that an answer may be: its own, or each one of a choice that has no name itself. */
const contractsOf = (schema: z.core.$ZodType): string[] => {
  const id = z.globalRegistry.get(schema)?.id;
  if (id !== undefined) return [id];
  return schema instanceof z.ZodUnion ? schema.options.flatMap(contractsOf) : [];
};

const ofContract = (
  schema: z.ZodType,
  asked: Asked,
  examples: readonly ContractExample[],
): readonly ContractExample[] => {
  const contracts = contractsOf(schema);
  const fitting = examples.filter((example) => contracts.includes(example.schema));
  const own = fitting.filter(({ file }) => isOfAnswer(file, asked));
  return own.length > 0 ? own : nearest(fitting, asked);
};

/** As the hub answers it: with the defaults that a writer of the same contract may leave out. */
const answeredAs =
  (schema: z.ZodType) =>
  ({ name, value }: NamedExample): NamedExample => {
    const read = schema.safeParse(value);
    return { name, value: read.success ? read.data : value };
  };

const again = ({ name, value }: NamedExample): NamedExample => ({
  name: `${name}.again`,
  value: typeof value === "object" && value !== null ? { ...value, duplicate: true } : value,
});

/** The examples of an error answer: those that this address shows for the status. */
export const errorExamples = (
  { route, status }: Asked,
  examples: readonly ContractExample[],
): readonly NamedExample[] => {
  const files = errorFilesOf(route, status);
  return examples.filter(({ file }) => files.includes(file)).map(named);
};

/** The examples of an answer in JSON. */
export const answerExamples = (
  asked: Asked & { answer: Answer },
  examples: readonly ContractExample[],
): readonly NamedExample[] => {
  const { schema, again: isAgain } = asked.answer;
  if (schema === undefined) return [];
  if (schema === ErrorAnswer) return errorExamples(asked, examples);
  const first = isAgain === true ? { ...asked, status: 201 } : asked;
  const shown = ofContract(schema, first, examples).map(named).map(answeredAs(schema));
  return isAgain === true ? shown.map(again) : shown;
};

/** The example of what is no JSON, as text. */
export const shownExamples = (
  { id, type, shown }: { id: string; type: string; shown: Shown | undefined },
  examples: readonly ContractExample[],
): readonly NamedExample[] => {
  if (shown === undefined) return [];
  if ("file" in shown) return examples.filter(({ file }) => file === shown.file).map(named);
  const value = shown.made(examples);
  return value === undefined ? [] : [{ name: `${id}.${type.replaceAll("/", "-")}`, value }];
};
