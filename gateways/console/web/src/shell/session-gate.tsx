import { Center, Loader } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";
import { SessionContext, useCurrentSession } from "../api/session.ts";
import { useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { Trouble } from "./trouble.tsx";

/** Shows the console to whoever is signed in, and the way in to everybody else. */
export const SessionGate = ({ children }: { children: ReactNode }): ReactElement => {
  const words = useWords(shellWords);
  const { data: session, error, refetch } = useCurrentSession();
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  if (session === undefined)
    return (
      <Center h="60vh">
        <Loader aria-label={words.loading} />
      </Center>
    );
  if (session === null) return <SignInPage />;
  return <SessionContext value={session}>{children}</SessionContext>;
};
