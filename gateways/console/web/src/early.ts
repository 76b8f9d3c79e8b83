/** Runs before the console itself is here: on a slow line one thing then waits for no other. */
import { askEarly } from "./api/early.ts";
import { directoryPath, firstListPath, sessionPath } from "./api/first-paths.ts";
import { keptLanguage } from "./words/kept-language.ts";

const root = document.documentElement;
root.lang = keptLanguage();

// As the component library keeps and reads it; until it is here the page waits in these colours.
const chosen = localStorage.getItem("mantine-color-scheme-value");
const isDark =
  chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
root.dataset["mantineColorScheme"] = isDark ? "dark" : "light";

askEarly(sessionPath);
askEarly(directoryPath);
if (location.pathname === "/console/" && location.search === "") askEarly(firstListPath);
