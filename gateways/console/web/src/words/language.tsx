import { createContext, type ReactElement, type ReactNode, use, useEffect, useState } from "react";
import type { Both, Language } from "./both.ts";
import { keepLanguage, keptLanguage } from "./kept-language.ts";

type Chosen = { language: Language; choose: (language: Language) => void };

const Context = createContext<Chosen>({ language: "da", choose: () => undefined });

export const LanguageProvider = ({ children }: { children: ReactNode }): ReactElement => {
  const [language, setLanguage] = useState(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language): void => {
    keepLanguage(chosen);
    setLanguage(chosen);
  };
  return <Context value={{ language, choose }}>{children}</Context>;
};

export const useLanguage = (): Language => use(Context).language;
export const useLanguageChoice = (): Chosen => use(Context);
/** The texts of a page in the language that was chosen. */
export const useWords = <T,>(words: Both<T>): T => words[use(Context).language];
