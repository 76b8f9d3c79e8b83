import { type ComponentType, createElement, type LazyExoticComponent, lazy } from "react";
import { describedForms } from "./described/described.ts";
import type { FormProps } from "./form-props.ts";

type Form = LazyExoticComponent<ComponentType<FormProps>>;

const described = (commandType: string): Form =>
  lazy(async () => {
    const { DescribedForm } = await import("./described-form.tsx");
    return { default: (props: FormProps) => createElement(DescribedForm, { commandType, ...props }) };
  });

/** Made once: a form that is drawn again is the same form, and keeps what was typed in it. */
const forms: ReadonlyMap<string, Form> = new Map([
  ...Object.keys(describedForms).map((commandType) => [commandType, described(commandType)] as const),
  ["observation.measure", lazy(() => import("./tobs/measure-form.tsx"))] as const,
]);

/** The form of a command on a case; `undefined`: it is the hub's own, or opens a case and has a page. */
export const formFor = (commandType: string): Form | undefined => forms.get(commandType);
