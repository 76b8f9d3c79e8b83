import { createContext, type ReactElement, type ReactNode, use, useEffect, useState } from "react";
import type { Both, Language } from "./both.ts";

type Chosen = { language: Language; choose: (language: Language) => void };
const kept = "sektorbro-language";

const Context = createContext<Chosen>({ language: "da", choose: () => undefined });

const first = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "da");

export const LanguageProvider = ({ children }: { children: ReactNode }): ReactElement => {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language): void => {
    localStorage.setItem(kept, chosen);
    setLanguage(chosen);
  };
  return <Context value={{ language, choose }}>{children}</Context>;
};

export const useLanguage = (): Language => use(Context).language;
export const useLanguageChoice = (): Chosen => use(Context);
/** The texts of a page in the language that was chosen. */
export const useWords = <T,>(words: Both<T>): T => words[use(Context).language];
