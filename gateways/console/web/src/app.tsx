import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense } from "react";
import { Router } from "wouter";
import { isWorthAnotherTry } from "./api/client.ts";
import { LiveProvider } from "./api/live.tsx";
import { pageNonce } from "./shell/nonce.ts";
import { SessionGate } from "./shell/session-gate.tsx";
import { Shell } from "./shell/shell.tsx";
import { theme } from "./shell/theme.ts";
import { whenIdle } from "./shell/when-idle.ts";
import { LanguageProvider } from "./words/language.tsx";

/** Nothing is told before something was done: it comes after what is to be done. */
const Notifications = lazy(async () => {
  await whenIdle();
  const [{ Notifications }] = await Promise.all([
    import("@mantine/notifications"),
    import("./shell/more-styles.ts"),
  ]);
  return { default: Notifications };
});

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (times, error) => times < 2 && isWorthAnotherTry(error) },
    // Nothing is sent twice by itself: a person decides, and the same key makes it the same command.
    mutations: { retry: false },
  },
});

export const App = (): ReactElement => (
  <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={pageNonce}>
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <Suspense fallback={null}>
          <Notifications position="top-right" />
        </Suspense>
        <Router base="/console">
          <SessionGate>
            <LiveProvider>
              <Shell />
            </LiveProvider>
          </SessionGate>
        </Router>
      </LanguageProvider>
    </QueryClientProvider>
  </MantineProvider>
);
