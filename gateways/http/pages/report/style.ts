import { type Language, say } from "../../../pages/words.ts";
import { monthText } from "./numbers.ts";
import { words } from "./words.ts";

/**
 * Made for A4 in black and white first. Every pair of colours has a contrast of at least 4.5 to 1, of lines and bars 3 to 1
 * (WCAG 2.2, 1.4.3 and 1.4.11); nothing is told by colour alone.
 */
const sheet = `
:root { color-scheme: light; --ink: #14202b; --dim: #4a5865; --line: #b9c3cc; --soft: #f1f4f6; --bar: #2f4a63; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #e7ebee; color: var(--ink); font: 10.5pt/1.45 "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif; }
main { max-width: 210mm; margin: 0 auto; padding: 14mm 16mm; background: #fff; }
h1 { font-size: 22pt; line-height: 1.15; margin: 0 0 1mm; }
h2 { font-size: 14pt; line-height: 1.2; margin: 0 0 2.5mm; padding-bottom: 1.2mm; border-bottom: .6mm solid var(--ink); }
h3 { font-size: 11pt; margin: 4mm 0 1mm; }
p { margin: 0 0 2mm; max-width: 165mm; overflow-wrap: anywhere; }
.kicker { font-weight: 600; color: var(--dim); margin: 0 0 1mm; }
.dim, caption, .legend, .note { color: var(--dim); font-size: 9pt; }
.note { margin-top: 1.5mm; }
section { margin: 8mm 0 0; }
section.together { break-inside: avoid; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; margin: 4mm 0; padding: 0; list-style: none; }
.tiles li { border: .3mm solid var(--ink); padding: 2.5mm 3mm; break-inside: avoid; }
.tiles b { display: block; font-size: 19pt; line-height: 1.2; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tiles span { display: block; font-size: 8.5pt; line-height: 1.3; color: var(--dim); }
.tiles span:first-child { font-size: 9pt; font-weight: 600; color: var(--ink); }
.look { border-left: 1.2mm solid var(--ink); padding: .5mm 0 .5mm 4mm; margin: 4mm 0; break-inside: avoid; }
.look h3 { margin-top: 0; }
.look ul, .defs { margin: 0; padding-left: 5mm; }
.look li { margin: 0 0 1mm; }
svg { display: block; width: 100%; height: auto; font: 10.5px "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif; break-inside: avoid; }
figure { margin: 2mm 0 3mm; break-inside: avoid; }
.legend { display: flex; flex-wrap: wrap; gap: .5mm 5mm; margin: 1.5mm 0 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: 1.5mm; }
.legend svg { display: inline-block; width: 22px; height: 14px; flex: none; }
.label, .value { fill: var(--ink); }
.value { font-weight: 600; }
.value.small { font-weight: 400; font-size: 10px; }
.tick { fill: var(--dim); font-size: 9.5px; }
.grid { stroke: var(--line); stroke-width: .75; }
.bar { fill: var(--bar); }
.missed { stroke: var(--bar); stroke-width: 1; }
.paper { fill: #fff; }
.hatch { stroke: var(--bar); stroke-width: 4; }
.halo { stroke: #fff; stroke-width: 4; }
.target { stroke: #000; stroke-width: 1.5; stroke-dasharray: 3 2; }
.mark { fill: #000; }
.before { fill: #fff; stroke: #000; stroke-width: 1.25; }
.span { fill: #fff; stroke: var(--bar); stroke-width: 1.25; }
.end { stroke: var(--bar); stroke-width: 2.5; }
.dot { fill: var(--bar); }
.line { fill: none; stroke: var(--bar); stroke-width: 1.75; }
.many { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2mm 4mm; margin: 4mm 0 3mm; padding: 0; list-style: none; }
.many li { break-inside: avoid; border-top: .3mm solid var(--line); padding-top: 1mm; }
.many p { margin: 0; display: flex; justify-content: space-between; gap: 1.5mm; font-size: 8pt; line-height: 1.2; min-height: 2.4em; align-items: flex-start; }
.many b { white-space: nowrap; }
.wide { overflow-x: auto; break-inside: avoid; }
.wide.long { break-inside: auto; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.25; }
caption { text-align: left; padding: 0 0 1mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: right; vertical-align: top; padding: .65mm 0 .65mm 2mm; border-bottom: .2mm solid var(--line); font-variant-numeric: tabular-nums; }
th { font-weight: 600; }
thead th { vertical-align: bottom; border-bottom: .4mm solid var(--ink); font-size: 8pt; line-height: 1.2; }
th:first-child { text-align: left; padding-left: 0; overflow-wrap: anywhere; }
.texts th, .texts td { text-align: left; }
.texts td { padding-left: 4mm; white-space: normal; overflow-wrap: anywhere; }
tbody th { font-weight: 400; min-width: 40mm; }
tr.whole th, tr.whole td { font-weight: 600; border-top: .4mm solid var(--ink); }
td.hid { color: var(--dim); font-style: italic; }
td { white-space: nowrap; }
td svg { width: 20mm; height: 3mm; margin: .6mm 0 0 auto; }
.months th, .months td { padding-left: 1mm; font-size: 7.5pt; white-space: nowrap; }
.months th:first-child { white-space: normal; font-size: 8.5pt; min-width: 36mm; }
dl { margin: 0; }
dt { font-weight: 600; break-after: avoid; }
dd { margin: 0 0 1.8mm; max-width: 165mm; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media screen and (max-width: 48rem) { main { padding: 5vw; } .tiles, .many { grid-template-columns: repeat(2, 1fr); } }
@media print {
  body { background: #fff; }
  main { max-width: none; margin: 0; padding: 0; }
  section.new { break-before: page; margin-top: 0; }
  h2, h3, caption, thead, .legend { break-after: avoid; }
  .wide { overflow: visible; }
}
`;

/** Only words of this program and digits go in: what a sender wrote never becomes style. */
const pageFrame = (month: string, language: Language): string => {
  const head = `${say(words.title, language)} · ${monthText(month, language)}`;
  const [page, of] = [say(words.page, language), say(words.pageOf, language)];
  const margin = "font: 8pt sans-serif; color: #4a5865;";
  return `@page { size: A4; margin: 18mm 16mm 17mm;
  @top-left { content: "Sektorbro"; ${margin} font-weight: 600; }
  @top-right { content: "${head}"; ${margin} }
  @bottom-right { content: "${page} " counter(page) " ${of} " counter(pages); ${margin} } }
`;
};

/** `month`: `yyyy-mm`. */
export const reportStyle = (month: string, language: Language): string => pageFrame(month, language) + sheet;
