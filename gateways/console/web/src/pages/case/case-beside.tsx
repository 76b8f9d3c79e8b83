import { Button } from "@mantine/core";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { useWords } from "../../words/language.tsx";
import { CaseContent } from "./case-content.tsx";
import { caseWords } from "./words.ts";

/** A case beside its list, on a wide screen. */
export const CaseBeside = (props: {
  caseId: string;
  onClose: () => void;
  children: ReactNode;
}): ReactElement => {
  const { caseId, onClose, children } = props;
  const words = useWords(caseWords);
  const section = useRef<HTMLElement>(null);
  // Whoever opens a case reads it next; Esc goes back to its line.
  useEffect(() => {
    section.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      className="beside-case"
      aria-label={words.case}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keyboard (WCAG 2.2, 2.1.1).
      tabIndex={0}
      ref={section}
      onKeyDown={({ key, target, currentTarget }) => {
        if (key === "Escape" && target === currentTarget) onClose();
      }}
    >
      <CaseContent caseId={caseId} isNarrow>
        <Button component={Link} href={`/cases/${caseId}`} variant="default" size="compact-sm" mih={28}>
          {words.openCase}
        </Button>
        {children}
      </CaseContent>
    </section>
  );
};
