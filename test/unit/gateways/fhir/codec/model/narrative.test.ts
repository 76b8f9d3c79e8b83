import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  narrativeOfText,
  parsedNarrative,
} from "../../../../../../gateways/fhir/codec/model/narrative-text.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { json, patientXml, resourceIn } from "../../../../../support/fhir-model.ts";

const open = '<div xmlns="http://www.w3.org/1999/xhtml">';
const inner = (content: string): string => `${open}${content}</div>`;
const code = (content: string): string => {
  const narrative = narrativeOfText(inner(content));
  return narrative.ok ? narrative.xhtml : narrative.code;
};

describe("a narrative", () => {
  it("is one string whichever format it came in", () => {
    const status = '<status value="generated"/>';
    const xml = (div: string) => resourceIn(readFhir(patientXml(`<text>${status}${div}</text>`)));
    const text = (div: string) =>
      resourceIn(readFhir(json({ resourceType: "Patient", text: { status: "generated", div } })));
    const expected = inner('<p class="a&quot;">x &lt; y &amp; <b>z</b><br/></p><td></td>');
    const forms = [
      inner("<p class='a\"'>x &lt; y &amp; <b >z</b ><br></br></p><td/>"),
      '<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p class="a&#34;">x <![CDATA[<]]> y &#38; <h:b>z</h:b><h:br/></h:p><!-- x --><h:td/></h:div>',
    ];
    for (const form of forms)
      expect([xml(form)["text"], text(form)["text"]]).toEqual([
        { status: "generated", div: expected },
        { status: "generated", div: expected },
      ]);
  });

  it("keeps its blanks, its breaks and what is beyond ASCII", () => {
    const content = "<pre>a  b\n\tc</pre> <i>æ\u00a0😀</i>";
    expect(code(content)).toBe(inner(content));
  });

  it.each([
    ...[
      "<script>x</script>",
      "<style>x</style>",
      '<link href="a"/>',
      "<iframe/>",
      "<object/>",
      "<form/>",
      "<input/>",
    ],
    ...[
      '<p onclick="x">a</p>',
      '<a href="javascript:x">a</a>',
      '<a href=" java\tscript:x">a</a>',
      "<svg>a</svg>",
    ],
    ...['<a href="vbscript:x">a</a>', '<a href="data:text/html,x">a</a>', '<a href="&#1;javascript:x">a</a>'],
    ...[
      '<img src="http://x/a.png"/>',
      '<img src="//x/a.png"/>',
      '<img src="data:image/svg+xml,x"/>',
      '<img src="\\\\x"/>',
    ],
    ...[
      '<p style="background: url(http://x)">a</p>',
      '<p style="width: expression(x)">a</p>',
      '<p style="a: u\\72l(x)">a</p>',
    ],
    ...[
      '<p style="a: u/**/rl(x)">a</p>',
      '<p xmlns="urn:x">a</p>',
      '<p xmlns:x="urn:x" x:y="a">a</p>',
      '<p xlink="a">a</p>',
    ],
  ])("has no %s in it", (content) => {
    expect(code(content)).toMatch(/^narrative-(forbidden|malformed)$/);
  });

  it.each([
    ...[
      '<a href="https://medcomfhir.dk/x?a=1&amp;b=2">a</a>',
      '<a href="#x">a</a>',
      '<a name="x"> </a><p>a</p>',
    ],
    ...[
      '<a href="mailto:a@b.dk">a</a>',
      '<a href="Patient/a">a</a>',
      '<img src="#image" alt="a"/>',
      '<p id="a:b">x</p>',
    ],
    ...[
      '<img src="data:image/png;base64,AAAA"/>',
      '<img src="Binary/a"/>',
      '<p style="color: #d9e0e7; padding: 6px">a</p>',
    ],
    ...['<p xml:lang="da" lang="da">a</p>', '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'],
  ])("may have %s in it", (content) => {
    expect(code(content)).toBe(inner(content));
  });

  it("says something: text, or an image", () => {
    expect([" ", "<p> \n</p>", "<br/>"].map(code)).toEqual(Array(3).fill("narrative-empty"));
    expect(code('<img src="#a"/>')).toBe(inner('<img src="#a"/>'));
  });

  it.each([
    ...["", "text", "<p>a</p>", "<div>a</div>", `${open}a`, `${inner("a")}x`, `${inner("a")}${inner("b")}`],
    ...[`<?xml version="1.0"?>${inner("a")}`, inner("&nbsp;"), inner("<p>"), `<!DOCTYPE div>${inner("a")}`],
  ])("is one div and nothing else, not %s", (text) => {
    expect(narrativeOfText(text)).toEqual({ ok: false, code: "narrative-malformed" });
  });

  it("is the same whether it is scanned or parsed, however it is written", () => {
    const tag = fc.constantFrom(
      ...[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br/>",
        "<br />",
        "<br>",
        "</br>",
        "<p/>",
        "<td />",
        "<img src='#a'/>",
        "<i  >",
      ],
      ...[
        '<p class="a">',
        '<p class="a" class="b">',
        '<a href="java&amp;script:x">',
        "</a>",
        '<a name="x"/>',
        "<u>",
        "</u>",
      ],
      ...[
        '<p title="a&quot;b">',
        '<p title="a&#xA;b">',
        '<p onclick="x">',
        '<p xml:lang="da">',
        '<p xml:base="a">',
        "</p >",
      ],
      ...[
        "&amp;",
        "&quot;",
        "&gt;",
        ">",
        "&nbsp;",
        "]]>",
        "<!-- a -->",
        "<![CDATA[<]]>",
        "\r",
        "\n",
        "æ",
        " ",
        "a",
        '"',
      ],
      ...[
        '<img src="http://x"/>',
        '<p style="a:url(x)">',
        '<p xmlns="http://www.w3.org/1999/xhtml">',
        '<p xmlns="u">',
        "</div>",
      ],
    );
    const content = fc.oneof(
      fc.array(tag, { maxLength: 8 }),
      fc.array(tag, { maxLength: 3 }).map((tags) => ["<p>", ...tags, "</p>"]),
    );
    const start = fc.constantFrom(
      open,
      '<div xmlns="http://www.w3.org/1999/xhtml" class="a">',
      "<div>",
      `${open} `,
    );
    let scanned = 0;
    fc.assert(
      fc.property(start, content, fc.constantFrom("</div>", "</div> ", ""), (before, tags, after) => {
        const text = before + tags.join("") + after;
        expect(narrativeOfText(text)).toEqual(parsedNarrative(text));
        if (parsedNarrative(text).ok) scanned += 1;
      }),
      { numRuns: 4000 },
    );
    expect(scanned).toBeGreaterThan(100);
  });
});
