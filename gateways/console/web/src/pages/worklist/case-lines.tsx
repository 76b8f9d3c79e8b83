import { Title } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type ReactElement, useEffect, useRef } from "react";
import type { CasePatient } from "../../../../../../contracts/messages/case-patients.ts";
import { useDirectory } from "../../api/directory.ts";
import { useWords } from "../../words/language.tsx";
import { wantAnswer } from "../case/answering.ts";
import { CaseRow } from "./case-row.tsx";
import { type Line, otherOf, stepFrom } from "./rows.ts";
import { worklistWords } from "./words.ts";

type Props = {
  lines: readonly Line[];
  patients: ReadonlyMap<string, CasePatient | undefined>;
  /** Cases that stand in the window, for whoever fetches their names. */
  onSeen: (caseIds: string[]) => void;
  onEnd: () => void;
  chosen: string;
  /** Cases that are chosen for what is done to many at once. */
  chosenCases: ReadonlySet<string>;
  onChoose: (caseId: string) => void;
  onOpen: (event: MouseEvent, caseId: string) => void;
};

const idOf = (line: Line | undefined): string =>
  line?.kind === "row" ? line.row.item.caseId : (line?.group ?? "");
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("input, textarea, select, [role=dialog], [contenteditable]") !== null;

const steps = new Map<string, 1 | -1>([
  ["j", 1],
  ["k", -1],
]);
const hasModifier = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

/** `a` opens the case of a line and the form of what is expected there. */
const answer = (caseId: string): void => {
  wantAnswer();
  document.querySelector<HTMLElement>(`[data-case="${caseId}"]`)?.click();
};

type Here = { line: string | undefined; case: string | undefined };
/** Where the keys are: on a line, or from a case that is open beside the list where that one stands. */
const hereOf = (open: string): Here => {
  const line = document.activeElement?.closest("[data-line]")?.getAttribute("data-line") ?? undefined;
  return { line, case: line ?? (open === "" ? undefined : open) };
};

const doAt = (key: string, here: Here, choose: Props["onChoose"]): void => {
  if (key === "x" && here.case !== undefined) choose(here.case);
  if (key === "a" && here.line !== undefined) answer(here.line);
};

/** A line that was scrolled to is there two frames later. */
const focusWhenDrawn = (id: string): void => {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-case="${id}"]`)?.focus({ preventScroll: true });
    });
  });
};

/** `j` and `k` go from case to case, also to one that is not drawn yet; `x` chooses, `a` answers. */
const useMoving = (
  lines: readonly Line[],
  scrollTo: (at: number) => void,
  rest: { choose: Props["onChoose"]; open: string },
): void => {
  const latest = useRef({ lines, scrollTo, ...rest });
  latest.current = { lines, scrollTo, ...rest };
  useEffect(() => {
    const move = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || hasModifier(event)) return;
      const { lines: all, scrollTo: scroll, choose, open } = latest.current;
      const here = hereOf(open);
      doAt(event.key, here, choose);
      const step = steps.get(event.key);
      const at = step === undefined ? undefined : stepFrom(all, here.case, step);
      if (at === undefined) return;
      scroll(at);
      focusWhenDrawn(idOf(all[at]));
    };
    document.addEventListener("keydown", move);
    return () => {
      document.removeEventListener("keydown", move);
    };
  }, []);
};

const tellEveryMs = 150;

/** Who is in sight is told a few times a second, and not with every frame of a list that is scrolled. */
const useSeen = (inSight: string, onSeen: Props["onSeen"]): void => {
  const latest = useRef("");
  const told = useRef("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = inSight;
    const tell = (): void => {
      timer.current = undefined;
      if (latest.current === told.current) return;
      told.current = latest.current;
      onSeen(latest.current === "" ? [] : latest.current.split(" "));
    };
    // What is there first is told at once: the first names are waited for.
    if (told.current === "") tell();
    else timer.current ??= setTimeout(tell, tellEveryMs);
  }, [inSight, onSeen]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
};

/** Thousands of cases, of which those in sight are drawn. */
export const CaseLines = (props: Props): ReactElement => {
  const { lines, patients, onSeen, onEnd, chosen, chosenCases, onOpen, onChoose } = props;
  const words = useWords(worklistWords);
  const { nameOf, isUs } = useDirectory();
  const region = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => region.current,
    estimateSize: (at) => (lines[at]?.kind === "group" ? 44 : 56),
    getItemKey: (at) => idOf(lines[at]),
    overscan: 8,
  });
  const drawn = virtual.getVirtualItems();
  const scrollTo = (at: number): void => {
    virtual.scrollToIndex(at);
  };
  useMoving(lines, scrollTo, { choose: onChoose, open: chosen });
  const inSight = drawn
    .flatMap(({ index }) => (lines[index]?.kind === "row" ? [idOf(lines[index])] : []))
    .join(" ");
  useSeen(inSight, onSeen);
  const isAtEnd = (drawn.at(-1)?.index ?? 0) >= lines.length - 20;
  useEffect(() => {
    if (isAtEnd) onEnd();
  }, [isAtEnd, onEnd]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keyboard (WCAG 2.2, 2.1.1).
    <section className="lines-region" ref={region} aria-label={words.list} tabIndex={0}>
      <ul className="lines" style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li
              key={key}
              className="line"
              data-index={index}
              data-line={idOf(line)}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              {line.kind === "group" ? (
                <Title order={2} size="h5" px="sm" pt="md" pb={4}>
                  {words.groups[line.group]} ({line.count})
                </Title>
              ) : (
                <CaseRow
                  row={line.row}
                  other={nameOf(otherOf(line.row, isUs))}
                  patient={patients.get(line.row.item.caseId)}
                  isKnown={patients.has(line.row.item.caseId)}
                  isTicked={chosenCases.has(line.row.item.caseId)}
                  onChoose={onChoose}
                  isChosen={line.row.item.caseId === chosen}
                  onOpen={onOpen}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
