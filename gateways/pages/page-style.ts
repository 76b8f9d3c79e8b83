/**
 * The style of a page, inline so that it stands alone. Every pair of colours has a contrast of at least 4.5 to 1, in
 * light and in dark (WCAG 2.2, 1.4.3), and nothing is told by colour alone.
 */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #16202a; --dim: #51606d; --paper: #fff; --ground: #f2f4f6; --line: #c9d1d9;
  --link: #0a5c7a; --blue: #0a5c7a; --blue-paper: #e8f2f6; --amber: #7a4b00; --amber-paper: #fff4dd; --red: #9c1c1c; --red-paper: #fdeaea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --dim: #a6b4c0; --paper: #1a2128; --ground: #11161b; --line: #3a4651;
  --link: #7cc7e0; --blue: #7cc7e0; --blue-paper: #15303b; --amber: #f2c36b; --amber-paper: #35290f; --red: #f3a3a3; --red-paper: #3d1a1a; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
article, .whole { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem; margin: 0 0 1.25rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h1, header h2 { font-size: 1.6rem; }
h2 { font-size: 1.1rem; }
h3, h4, h5, h6 { font-size: 1rem; margin: 1rem 0 .2rem; }
section > :first-child:is(h2, h3) { font-size: 1.1rem; color: var(--blue); margin: 0 0 .5rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0 0; margin: 1rem 0 0; }
.whole > section { border: 0; padding: 0; margin: 0; }
header { margin-bottom: 1rem; }
header:last-child { margin-bottom: 0; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: .2rem solid var(--link); outline-offset: .15rem; }
.subject { font-size: 1.2rem; font-weight: 600; }
.dim, small { color: var(--dim); }
small { font-size: .875rem; font-weight: 400; }
.name { font-weight: 650; }
.patient .name { font-size: 1.25rem; }
.who { display: flex; flex-wrap: wrap; gap: .15rem 1rem; align-items: baseline; }
.cpr, data, time { font-variant-numeric: tabular-nums; }
.cpr data { white-space: nowrap; font-weight: 650; }
.name, data, dd, td { unicode-bidi: isolate; }
.chip { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .9rem; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.cards .card { border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem; margin: 0; }
.cards .card > :first-child:is(h3, h4) { margin: 0 0 .2rem; font-size: .9rem; font-weight: 600; color: var(--dim); }
.card + .card { margin-top: .75rem; }
.cards .card + .card { margin-top: 0; }
.numbers { font-size: .875rem; margin-top: .5rem; }
.card .numbers dl > div { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
dl { margin: .25rem 0; display: grid; gap: .1rem 1.25rem; }
dl > div { display: grid; grid-template-columns: minmax(7rem, 13rem) 1fr; gap: 0 .75rem; }
.card dl > div { grid-template-columns: minmax(5.5rem, auto) 1fr; justify-content: start; }
dd dl > div { grid-template-columns: fit-content(10rem) 1fr; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 42rem; }
.right, .center { display: block; text-align: right; }
.center { text-align: center; }
pre { font: .95em/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; margin: .25rem 0; overflow-x: auto; }
code { font: .875em ui-monospace, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
.clinical + .clinical { border-top: 1px dashed var(--line); margin-top: .75rem; padding-top: .75rem; }
.signed { margin-top: .5rem; }
.status, .cave, .important, .receipt { border: 1px solid; border-left-width: .35rem; border-radius: .3rem; padding: .6rem .9rem; margin: .75rem 0 0; }
.status { font-weight: 600; }
.status p { font-weight: 400; }
.important, .receipt { color: var(--ink); border-color: var(--blue); background: var(--blue-paper); margin-top: 1rem; padding-bottom: .75rem; }
.corrected, .urgent { border-color: var(--amber); background: var(--amber-paper); }
.corrected, .urgent > :first-child:is(h2, h3) { color: var(--amber); }
.urgent dd { font-weight: 650; }
.cancelled, .refused, .cave { border-color: var(--red); background: var(--red-paper); }
.cancelled, .refused strong, .cave > :is(h3, h4) { color: var(--red); }
.cave { margin: .25rem 0 .75rem; }
.cave > :is(h3, h4) { margin: 0; }
.group { border-left: 2px solid var(--line); padding-left: .9rem; margin: .6rem 0; }
.wide { overflow-x: auto; margin: .4rem 0; }
table { border-collapse: collapse; min-width: min(100%, 30rem); font-size: .95rem; }
caption { text-align: left; color: var(--dim); font-size: .9rem; padding: .15rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
td { overflow-wrap: break-word; min-width: 4rem; }
th { font-weight: 600; }
thead th { color: var(--dim); font-size: .875rem; white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .75rem; font-size: .95rem; }
summary { cursor: pointer; color: var(--dim); font-weight: 600; }
footer { color: var(--dim); font-size: .875rem; padding: 0 .25rem 1.5rem; }
nav ol { margin: .25rem 0 1rem; padding-left: 1.5rem; }
@media (max-width: 34rem) {
  main { padding: 0; }
  footer { padding: 0 1rem 1.5rem; }
  article, .whole { border-width: 0 0 1px; border-radius: 0; padding: 1rem; }
  dl > div { grid-template-columns: 1fr; padding-bottom: .25rem; }
  .card dl > div { grid-template-columns: minmax(6.5rem, max-content) 1fr; }
  h1, header h2 { font-size: 1.35rem; hyphens: auto; }
  td > div { min-width: 0; overflow-wrap: anywhere; }
  table, tbody, tr, td, tbody th { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td, tbody th { border: 0; padding: .05rem 0; }
  td[data-label] { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .75rem; }
  td[data-label]::before { content: attr(data-label); color: var(--dim); }
  td.none { display: none; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --dim: #333; --paper: #fff; --ground: #fff; --link: #000; --blue: #000; --blue-paper: #fff;
    --amber: #000; --amber-paper: #fff; --red: #000; --red-paper: #fff; --line: #888; }
  main { max-width: none; padding: 0; }
  article, .whole { border: 0; padding: 0; }
  section, .card, tr { break-inside: avoid; }
  section.clinical { break-inside: auto; }
  h2, h3, h4 { break-after: avoid; }
  nav, .refused a { display: none; }
}
`;
