import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link, useParams } from "wouter";
import { useWords } from "../../words/language.tsx";
import { CaseContent } from "./case-content.tsx";
import { caseWords } from "./words.ts";

const CasePage = (): ReactElement => {
  const { caseId = "" } = useParams();
  const words = useWords(caseWords);
  return (
    <CaseContent key={caseId} caseId={caseId} isNarrow={false}>
      <Button
        component={Link}
        href="/"
        variant="default"
        size="compact-sm"
        mih={28}
        leftSection={<IconArrowLeft aria-hidden size={16} />}
      >
        {words.back}
      </Button>
    </CaseContent>
  );
};
export default CasePage;
