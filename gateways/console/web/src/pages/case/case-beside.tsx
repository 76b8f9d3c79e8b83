import { Button } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../words/language.tsx";
import { CaseContent } from "./case-content.tsx";
import { caseWords } from "./words.ts";

/** A case beside its list, on a wide screen. */
export const CaseBeside = ({ caseId, children }: { caseId: string; children: ReactNode }): ReactElement => {
  const words = useWords(caseWords);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keyboard (WCAG 2.2, 2.1.1).
    <section className="beside-case" aria-label={words.case} tabIndex={0}>
      <CaseContent caseId={caseId} isNarrow>
        <Button component={Link} href={`/cases/${caseId}`} variant="default" size="compact-sm" mih={28}>
          {words.openCase}
        </Button>
        {children}
      </CaseContent>
    </section>
  );
};
