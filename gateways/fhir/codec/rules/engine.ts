import type { FhirValueSet } from "../../../../contracts/codes/fhir-code.ts";
import { isElement } from "../model/navigate.ts";
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
  const node: Node = { name, beside: `_${name}`, slice: test, rows: [], children: [] };
  nodes.push(node);
  return node;
};

export const compile = (profile: Profile): Compiled => {
  const children: Node[] = [];
  for (const row of profile.rows) {
    const steps = row.at.split(".");
    const last = steps.slice(0, -1).reduce((nodes, step) => nodeAt(nodes, step).children, children);
    nodeAt(last, steps.at(-1) ?? "").rows.push(row);
  }
  return { profile, children };
};

/** `system|code` and the bare code of every code of a set, once for each set. */
const known = new WeakMap<FhirValueSet, ReadonlySet<string>>();
const codesOf = (set: FhirValueSet): ReadonlySet<string> => {
  const found = known.get(set);
  if (found !== undefined) return found;
  const codes = new Set(set.codes.flatMap(({ system, code }) => [code, `${system}|${code}`]));
  known.set(set, codes);
  return codes;
};

/** A coding counts with its system, a code alone stands for itself. One half missing is another row's to tell. */
const isListed = (set: FhirValueSet, value: FhirValue): boolean => {
  if (typeof value === "string") return codesOf(set).has(value);
  if (!isElement(value)) return false;
  const { system, code } = value;
  if (typeof system !== "string" || typeof code !== "string") return true;
  return codesOf(set).has(`${system}|${code}`);
};

/** One resource being checked by one table. */
interface Checking {
  readonly message: Checked;
  readonly from: FhirResource;
  readonly profile: Profile;
  readonly problems: RuleProblem[];
}

const tell = (
  checking: Checking,
  row: ElementRow,
  { code, path }: { code: RuleCode; path: string },
): void => {
  const { acknowledgement, en, da } = ruleCodes[code];
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

const checkCount = (
  checking: Checking,
  node: Node,
  { count, path }: { count: number; path: string },
): void => {
  for (const row of node.rows) {
    if (count < (row.min ?? 0)) {
      const inside = row.min === 1 ? missingPaths(node) : [node.name];
      for (const missing of inside)
        tell(checking, row, { code: row.code ?? "element-required", path: `${path}.${missing}` });
    }
    if (row.max !== undefined && count > row.max) {
      const code = row.max === 0 ? "element-forbidden" : "element-too-many";
      tell(checking, row, { code, path: `${path}.${node.name}` });
    }
  }
};

const checkReference = (
  checking: Checking,
  row: ElementRow,
  { value, path }: { value: FhirValue; path: string },
) => {
  if (!isElement(value)) return;
  if (value["reference"] === undefined) tell(checking, row, { code: "reference-missing", path });
  const type = targetOf(checking.message, checking.from, value)?.resourceType;
  // What points at nothing is told once, whichever element it is (G5).
  if (type !== undefined && row.to?.includes(type) === false)
    tell(checking, row, { code: "reference-type-wrong", path: `${path}.reference` });
};

const checkValue = (checking: Checking, row: ElementRow, at: { value: FhirValue; path: string }): void => {
  const { value, path } = at;
  if (row.is !== undefined && value !== row.is)
    tell(checking, row, { code: row.code ?? "value-fixed", path });
  if (row.in !== undefined && !isListed(row.in, value))
    tell(checking, row, { code: row.code ?? "code-unlisted", path });
  if (row.form !== undefined) checkForm(checking, row, at);
  if (row.to !== undefined) checkReference(checking, row, at);
};

const checkForm = (
  checking: Checking,
  row: ElementRow,
  { value, path }: { value: FhirValue; path: string },
) => {
  const { form } = row;
  if (typeof value !== "string" || form === undefined || form.fits(value)) return;
  tell(checking, { says: form.says, ...row }, { code: row.code ?? form.code, path });
};

const isPicked = (checking: Checking, node: Node, value: FhirValue): boolean =>
  node.slice === undefined || (isElement(value) && isOfSlice(node.slice, value, checking));

const checkOne = (checking: Checking, node: Node, at: { value: FhirValue; path: string }): void => {
  for (const row of node.rows) checkValue(checking, row, at);
  if (node.children.length > 0 && isElement(at.value))
    checkNodes(checking, node.children, { element: at.value, path: at.path });
};

const checkNode = (checking: Checking, node: Node, at: { element: FhirElement; path: string }): void => {
  const values = at.element[node.name];
  let count = 0;
  if (Array.isArray(values)) {
    const list: readonly (FhirValue | null)[] = values;
    for (let index = 0; index < list.length; index++) {
      const value = list[index];
      if (value === null || value === undefined || !isPicked(checking, node, value)) continue;
      count += 1;
      checkOne(checking, node, { value, path: `${at.path}.${node.name}[${index}]` });
    }
  } else if (values !== undefined && isPicked(checking, node, values)) {
    count = 1;
    checkOne(checking, node, { value: values, path: `${at.path}.${node.name}` });
  }
  // A primitive that says why it has no value is there (R-Tek-B: a family name with a data-absent-reason alone).
  if (count === 0 && at.element[node.beside] !== undefined) return;
  checkCount(checking, node, { count, path: at.path });
};

const checkNodes = (
  checking: Checking,
  nodes: readonly Node[],
  at: { element: FhirElement; path: string },
): void => {
  for (const node of nodes) checkNode(checking, node, at);
};

/** Holds a resource to a table, and adds what is wrong to `problems`. */
export const checkProfile = (
  { profile, children }: Compiled,
  from: FhirResource,
  { message, problems }: { message: Checked; problems: RuleProblem[] },
): void => {
  const path = from === message.bundle ? "Bundle" : message.placeOf(from);
  checkNodes({ message, from, profile, problems }, children, { element: from, path });
};
