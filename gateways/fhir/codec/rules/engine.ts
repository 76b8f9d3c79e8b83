import type { FhirValueSet } from "../../../../contracts/codes/fhir-code.ts";
import { isElement, isList } from "../model/navigate.ts";
import { beginPlace, type Place, pathOf, stepInto, stepOut } from "../model/place.ts";
import type { FhirElement, FhirResource, FhirValue } from "../model/resource.ts";
import { targetOf } from "../parts/open-message.ts";
import type { Checked, ElementRow, Profile, RuleProblem } from "./rule.ts";
import { type RuleCode, ruleCodes } from "./rule-codes.ts";
import { isOfSlice, type Slice, sliceFilter, slices } from "./slices.ts";

/** A table as a tree: one node for each element or slice of an element that a row leads to or through. */
interface Node {
  readonly name: string;
  readonly beside: string;
  readonly slice: Slice | undefined;
  readonly rows: ElementRow[];
  /** Those of the rows that ask how many there are, and whether one of them asks that there is any. */
  readonly counting: ElementRow[];
  isAsked: boolean;
  /** Those that ask something of each value. */
  readonly judging: ElementRow[];
  readonly children: Node[];
}

interface Compiled {
  readonly profile: Profile;
  readonly children: readonly Node[];
}

const nodeAt = (nodes: Node[], step: string): Node => {
  const [name = "", slice] = step.split(":");
  const test = slice === undefined ? undefined : slices.get(step);
  if (slice !== undefined && test === undefined) throw new Error(`no such slice: ${step}`);
  const known = nodes.find((node) => node.name === name && node.slice === test);
  if (known !== undefined) return known;
  const node: Node = {
    name,
    beside: `_${name}`,
    slice: test,
    rows: [],
    counting: [],
    isAsked: false,
    judging: [],
    children: [],
  };
  nodes.push(node);
  return node;
};

const addRow = (node: Node, row: ElementRow): void => {
  const { min = 0, max, is, in: listed, form, to } = row;
  node.rows.push(row);
  if (min > 0 || max !== undefined) node.counting.push(row);
  if (min > 0) node.isAsked = true;
  if ([is, listed, form, to].some((one) => one !== undefined)) node.judging.push(row);
};

export const compile = (profile: Profile): Compiled => {
  const children: Node[] = [];
  for (const row of profile.rows) {
    const steps = row.at.split(".");
    const last = steps.slice(0, -1).reduce((nodes, step) => nodeAt(nodes, step).children, children);
    addRow(nodeAt(last, steps.at(-1) ?? ""), row);
  }
  return { profile, children };
};

/** The systems that a set has each code of, once for each set. */
const known = new Map<FhirValueSet, ReadonlyMap<string, readonly string[]>>();
const codesOf = (set: FhirValueSet): ReadonlyMap<string, readonly string[]> => {
  const found = known.get(set);
  if (found !== undefined) return found;
  const codes = new Map<string, readonly string[]>();
  for (const { system, code } of set.codes) codes.set(code, [...(codes.get(code) ?? []), system]);
  known.set(set, codes);
  return codes;
};

/** A coding counts with its system, a code alone stands for itself. One half missing is another row's to tell. */
const isListed = (set: FhirValueSet, value: FhirValue): boolean => {
  if (typeof value === "string") return codesOf(set).has(value);
  if (!isElement(value)) return false;
  const { system, code } = value;
  if (typeof system !== "string" || typeof code !== "string") return true;
  return codesOf(set).get(code)?.includes(system) === true;
};

/** One resource being checked by one table. */
interface Checking {
  readonly message: Checked;
  readonly from: FhirResource;
  readonly profile: Profile;
  readonly problems: RuleProblem[];
  readonly place: Place;
}

/** Tells of what is here, or of something in it. */
const tell = (checking: Checking, row: ElementRow, { code, at }: { code: RuleCode; at?: string }): void => {
  const { acknowledgement, en, da } = ruleCodes[code];
  const here = pathOf(checking.place);
  const path = at === undefined ? here : `${here}.${at}`;
  checking.problems.push({
    rule: `${checking.profile.name}:${row.at}`,
    path,
    severity: row.severity ?? "error",
    code,
    acknowledgement,
    text: row.says ?? { en, da },
  });
};

const isRequired = (node: Node): boolean =>
  node.slice === undefined && node.rows.some((row) => (row.min ?? 0) > 0 && row.severity !== "warning");

/** Where to say that something is missing: at the innermost required elements, `class.code` rather than `class`. */
const missingPaths = (node: Node): readonly string[] => {
  const inner = node.children.filter(isRequired);
  const own = node.slice === undefined ? node.name : `${node.name}${sliceFilter(node.slice)}`;
  return inner.length === 0 || node.slice !== undefined
    ? [own]
    : inner.flatMap(missingPaths).map((path) => `${own}.${path}`);
};

const checkCount = (checking: Checking, node: Node, count: number): void => {
  for (const row of node.counting) {
    if (count < (row.min ?? 0)) {
      const inside = row.min === 1 ? missingPaths(node) : [node.name];
      for (const at of inside) tell(checking, row, { code: row.code ?? "element-required", at });
    }
    if (row.max !== undefined && count > row.max) {
      const code = row.max === 0 ? "element-forbidden" : "element-too-many";
      tell(checking, row, { code, at: node.name });
    }
  }
};

const checkReference = (checking: Checking, row: ElementRow, value: FhirValue): void => {
  if (!isElement(value)) return;
  if (value["reference"] === undefined) tell(checking, row, { code: "reference-missing" });
  const type = targetOf(checking.message, checking.from, value)?.resourceType;
  // What points at nothing is told once, whichever element it is (G5).
  if (type !== undefined && row.to?.includes(type) === false)
    tell(checking, row, { code: "reference-type-wrong", at: "reference" });
};

const checkValue = (checking: Checking, row: ElementRow, value: FhirValue): void => {
  if (row.is !== undefined && value !== row.is) tell(checking, row, { code: row.code ?? "value-fixed" });
  if (row.in !== undefined && !isListed(row.in, value))
    tell(checking, row, { code: row.code ?? "code-unlisted" });
  if (row.form !== undefined) checkForm(checking, row, value);
  if (row.to !== undefined) checkReference(checking, row, value);
};

const checkForm = (checking: Checking, row: ElementRow, value: FhirValue): void => {
  const { form } = row;
  if (typeof value !== "string" || form === undefined || form.fits(value)) return;
  tell(checking, { says: form.says, ...row }, { code: row.code ?? form.code });
};

const isPicked = (checking: Checking, node: Node, value: FhirValue): boolean =>
  node.slice === undefined || (isElement(value) && isOfSlice(node.slice, value, checking));

const checkOne = (checking: Checking, node: Node, value: FhirValue): void => {
  for (const row of node.judging) checkValue(checking, row, value);
  if (node.children.length > 0 && isElement(value)) checkNodes(checking, node.children, value);
};

/** @returns how many of the values are the node's. */
const checkList = (checking: Checking, node: Node, list: readonly (FhirValue | null)[]): number => {
  let count = 0;
  for (let at = 0; at < list.length; at++) {
    const value = list[at];
    if (value === null || value === undefined || !isPicked(checking, node, value)) continue;
    count += 1;
    stepInto(checking.place, node.name, at);
    checkOne(checking, node, value);
    stepOut(checking.place);
  }
  return count;
};

const checkSingle = (checking: Checking, node: Node, value: FhirValue): number => {
  if (!isPicked(checking, node, value)) return 0;
  stepInto(checking.place, node.name, -1);
  checkOne(checking, node, value);
  stepOut(checking.place);
  return 1;
};

const checkNode = (checking: Checking, node: Node, element: FhirElement): void => {
  const values = element[node.name];
  if (values === undefined) {
    // A primitive that says why it has no value is there (R-Tek-B: a family name with a data-absent-reason alone).
    if (node.isAsked && element[node.beside] === undefined) checkCount(checking, node, 0);
    return;
  }
  const count = isList(values) ? checkList(checking, node, values) : checkSingle(checking, node, values);
  if (count > 0 || element[node.beside] === undefined) checkCount(checking, node, count);
};

const checkNodes = (checking: Checking, nodes: readonly Node[], element: FhirElement): void => {
  for (const node of nodes) checkNode(checking, node, element);
};

/** Holds a resource to a table, and adds what is wrong to `problems`. */
export const checkProfile = (
  { profile, children }: Compiled,
  from: FhirResource,
  { message, problems }: { message: Checked; problems: RuleProblem[] },
): void => {
  const place = beginPlace(from === message.bundle ? "Bundle" : message.placeOf(from));
  checkNodes({ message, from, profile, problems, place }, children, from);
};
