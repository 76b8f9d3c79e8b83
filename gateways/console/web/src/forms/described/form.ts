/** What a form is made of, as data: one description a command, and no component of its own. */
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import type { Both } from "../../words/both.ts";

/** What is known when a form is opened. */
export type Seen = { view: CaseView | undefined; person: string; nowMs: number };

export type Option = { value: string; label: Both<string> };

type Common = {
  /** Path in the command's body: `appointment.start`, `contacts.0.phone`. */
  name: string;
  label: Both<string>;
  help?: Both<string>;
  isOptional?: true;
  /** Asked only while another field has one of these values. */
  when?: { field: string; in: readonly string[] };
};

type Typed = { max: number; initial?: string | ((seen: Seen) => string) };

export type Field = Common &
  /** `isPhone`: a telephone number, so that a phone shows its digits. */
  (
    | ({ kind: "line"; isPhone?: true } & Typed)
    /** `blocks`: texts that can be put in with one press. */
    | ({ kind: "long"; blocks?: readonly Both<string>[] } & Typed)
    | {
        kind: "choice";
        options: readonly Option[] | ((seen: Seen) => Option[]);
        initial?: string;
        /** Its values are numbers. */
        isCount?: true;
      }
    | { kind: "whole"; min: number; max: number; initial?: string }
    | { kind: "yes"; isOn?: true }
    | { kind: "date"; initial?: "today" }
    | { kind: "moment"; initial?: "now" }
    | { kind: "organisation"; offer?: string }
    /** A sub-acute time that is free. */
    | { kind: "slot" }
    | { kind: "files" }
  );

type Fixed = Readonly<Record<string, string | boolean>>;

export type CommandForm = {
  /** Where it is sent: `/v1/cases/{caseId}/answer`. */
  path: string;
  title: Both<string>;
  /** What the button says. */
  send: Both<string>;
  lead?: Both<string>;
  fields: readonly Field[];
  /** What the body holds besides what is asked. */
  fixed?: Fixed | ((seen: Seen, values: Readonly<Record<string, unknown>>) => Fixed);
};
export type CommandForms = Readonly<Record<string, CommandForm>>;

export const both = (da: string, en: string): Both<string> => ({ da, en });
export const option = (value: string, da: string, en: string): Option => ({ value, label: both(da, en) });

/** The form of an action at an address, whose button says what its title does. */
export const actionForm = (
  path: string,
  [da, en]: readonly [string, string],
  fields: readonly Field[],
): CommandForm => ({
  path,
  title: both(da, en),
  send: both(da, en),
  fields,
});
