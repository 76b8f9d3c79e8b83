import { type DOMAttributes, useMemo, useState } from "react";
import { heldLines, type Line, linesOf, type Row } from "./rows.ts";

type Kept = { lines: readonly Line[]; pages: number };
type Held = { lines: readonly Line[]; held: number; release: () => void; hands: DOMAttributes<HTMLElement> };

/** The lines of a list, which stand still for as long as the pointer or the focus is in it. */
export const useHeld = (rows: readonly Row[], nowMs: number, pages: number): Held => {
  const [kept, setKept] = useState<Kept>();
  const fresh = useMemo(() => linesOf(rows, nowMs), [rows, nowMs]);
  const hold = (): void => {
    setKept((before) => before ?? { lines: fresh, pages });
  };
  const release = (): void => {
    setKept(undefined);
  };
  const hands: DOMAttributes<HTMLElement> = {
    onPointerEnter: hold,
    onFocus: hold,
    onPointerLeave: ({ currentTarget }) => {
      if (!currentTarget.contains(document.activeElement)) release();
    },
    onBlur: ({ currentTarget, relatedTarget }) => {
      if (relatedTarget === null || !currentTarget.contains(relatedTarget)) release();
    },
  };
  const heldOf = useMemo(() => (kept === undefined ? undefined : heldLines(kept.lines, rows)), [kept, rows]);
  // More of the list, which somebody scrolled to, is no news; nor is anything before there was a line.
  if (kept === undefined || heldOf === undefined || kept.pages !== pages || kept.lines.length === 0)
    return { lines: fresh, held: 0, release, hands };
  return { ...heldOf, release, hands };
};
