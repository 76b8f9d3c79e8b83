import { Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useParams } from "wouter";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { useWords } from "../../words/language.tsx";
import { ChangesPart } from "./changes-part.tsx";
import { DeadLetterView } from "./dead-letter-view.tsx";
import { DeadLettersList } from "./dead-letters-list.tsx";
import { HealthPart } from "./health-part.tsx";
import { MessageView } from "./message-view.tsx";
import { MessagesList } from "./messages-list.tsx";
import { ReceiversPart } from "./receivers-part.tsx";
import { operationsWords } from "./words.ts";

const Part = ({ tab, id }: { tab: string; id: string | undefined }): ReactElement => {
  switch (tab) {
    case "receivers":
      return <ReceiversPart />;
    case "dead-letters":
      return id === undefined ? <DeadLettersList /> : <DeadLetterView key={id} id={id} />;
    case "messages":
      return id === undefined ? <MessagesList /> : <MessageView key={id} id={id} />;
    case "changes":
      return <ChangesPart />;
    default:
      return <HealthPart />;
  }
};

const OperationsPage = (): ReactElement => {
  const words = useWords(operationsWords);
  const { tab = "health", id } = useParams();
  return (
    <>
      <Title order={1} size="h2" mb="sm">
        {words.title}
      </Title>
      <PageTabs
        label={words.parts}
        base="/operations"
        here={tab}
        tabs={Object.entries(words.tabs).map(([at, name]) => ({ id: at, name }))}
      />
      <Part tab={tab} id={id} />
    </>
  );
};
export default OperationsPage;
