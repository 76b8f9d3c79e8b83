import type { FrontAnswer } from "../../contracts/answers.ts";
import type { Language } from "./negotiation.ts";

const words = {
  da: {
    title: "Sektorbro",
    lead: "Her rækkes patienten videre mellem almen praksis, kommuner og sygehuse.",
    promise: "Intet, der er modtaget, går tabt. Ingen venter ubemærket. Alle beholder deres eget system.",
    speaks: "Den taler MedComs breve (OIOXML), MedComs FHIR-meddelelser (XML og JSON) og sin egen JSON.",
    docs: "Sådan bruges den: alle adresser, med skemaer",
    health: "Hvordan har den det lige nu",
    unsafe: "Denne hub er startet uden løftet om disken: et strømsvigt kan miste det, den har sagt ja til.",
    start:
      "Skal dit system tilsluttes, så begynd med adresserne. Et kald kræver et adgangstoken for din organisation.",
  },
  en: {
    title: "Sektorbro",
    lead: "Here a patient is handed over between general practice, municipalities and hospitals in Denmark.",
    promise: "Nothing accepted is lost. Nobody waits unnoticed. Everyone keeps their own system.",
    speaks: "It speaks MedCom's letters (OIOXML), MedCom's FHIR messages (XML and JSON) and JSON of its own.",
    docs: "How to use it: every address, with schemas",
    health: "How it is doing right now",
    unsafe:
      "This hub was started without the promise about the disk: a power cut can lose what it said yes to.",
    start:
      "To connect your system, begin with the addresses. A call needs a bearer token for your organisation.",
  },
} as const satisfies Record<Language, Record<string, string>>;

/** What the page tells of the hub. */
export type FrontFacts = { version: string; durability: "safe" | "unsafe" };

/** What the hub is, for a program that asked for JSON. */
export const frontAnswer = (language: Language, { version, durability }: FrontFacts): FrontAnswer => ({
  name: words[language].title,
  version,
  durability,
  about: words[language].lead,
  docs: "/docs",
  openapi: "/docs/json",
  health: "/health",
});

/** What the hub is, for a person with a browser. No script, nothing fetched from elsewhere. */
export const frontPage = (language: Language, { version, durability }: FrontFacts): string => {
  const text = words[language];
  // The promise is not made where it is not kept.
  const promise = durability === "safe" ? text.promise : text.unsafe;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.25rem; }
h1 { font-size: 2rem; margin: 0 0 .25rem; }
a { color: light-dark(#0a5c7a, #7cc7e0); }
small { opacity: .7; }
</style>
</head>
<body>
<h1>${text.title}</h1>
<p>${text.lead}</p>
<p><strong>${promise}</strong></p>
<p>${text.speaks}</p>
<ul>
<li><a href="/docs">${text.docs}</a></li>
<li><a href="/health">${text.health}</a></li>
</ul>
<p>${text.start}</p>
<p><small>${version}</small></p>
</body>
</html>
`;
};
