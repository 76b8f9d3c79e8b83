import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactElement, type ReactNode, use, useEffect, useRef, useState } from "react";

/** `live`: changes come as they happen. `lost` since when they do not. */
type Live = { state: "connecting" | "live" | "lost"; since: number };

const Context = createContext<Live>({ state: "connecting", since: 0 });
export const useLive = (): Live => use(Context);

/** Changes that come together are one reading of the lists. */
const togetherMs = 250;

/** Every query whose key begins with this word shows what changes; the second part is a case id where it is of one. */
export const liveKeys = { lists: "lists", case: "case" } as const;

/** An event is JSON on one line with the id of its case in it; whatever is not, is of another release. */
const caseIn = (text: string): string | undefined => /"caseId":"([0-9a-f-]{36})"/.exec(text)?.[1];

/** Hears what changes for as long as somebody is signed in. The browser comes back by itself, and all is read again at its hello. */
export const LiveProvider = ({ children }: { children: ReactNode }): ReactElement => {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>({ state: "connecting", since: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const source = new EventSource("/v1/events");
    const changed = new Set<string>();
    let desks = false;
    const readAgain = (): void => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: [liveKeys.lists] });
      if (desks) void client.invalidateQueries({ queryKey: [liveKeys.case] });
      desks = false;
      for (const caseId of changed) void client.invalidateQueries({ queryKey: [liveKeys.case, caseId] });
      changed.clear();
    };
    const hear = ({ data }: MessageEvent<string>): void => {
      const caseId = caseIn(data);
      if (caseId !== undefined) changed.add(caseId);
      // A desk is a case of its own, about another that the event does not name.
      if (data.includes('"family":"desk"')) desks = true;
      timer.current ??= setTimeout(readAgain, togetherMs);
    };
    let isBack = false;
    source.addEventListener("hello", () => {
      setLive({ state: "live", since: Date.now() });
      // At first, what may have changed since it was read a moment ago; after a silence, everything.
      if (isBack) void client.invalidateQueries();
      else for (const key of Object.values(liveKeys)) void client.invalidateQueries({ queryKey: [key] });
      isBack = true;
    });
    source.addEventListener("case", hear);
    source.addEventListener("delivery", hear);
    source.addEventListener("error", () => {
      setLive((before) => (before.state === "lost" ? before : { state: "lost", since: Date.now() }));
    });
    return () => {
      source.close();
      clearTimeout(timer.current);
    };
  }, [client]);
  return <Context value={live}>{children}</Context>;
};
