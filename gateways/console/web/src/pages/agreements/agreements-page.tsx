import { Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useParams } from "wouter";
import { useWords } from "../../words/language.tsx";
import { AgreementView } from "./agreement-view.tsx";
import { AgreementsList } from "./agreements-list.tsx";
import { ExplainClock } from "./explain-clock.tsx";
import { agreementWords } from "./words.ts";

const AgreementsPage = (): ReactElement => {
  const words = useWords(agreementWords);
  const { id } = useParams();
  if (id !== undefined) return <AgreementView key={id} id={id} />;
  return (
    <>
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <Text mb="md">{words.lead}</Text>
      <AgreementsList />
      <ExplainClock />
    </>
  );
};
export default AgreementsPage;
