import { describe, expect, it } from "vitest";
import { escapeHtml, html, isNothing, joined, nothing } from "../../../../gateways/pages/html.ts";

describe("HTML from templates", () => {
  it("escapes every value, in text and in attributes", () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;";
    expect(html`<p title="${hostile}">${hostile}</p>`.html).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it("takes HTML that was made so as it is, alone and in lists, and nothing for what is absent", () => {
    const inner = html`<b>${"a"}</b>`;
    expect(html`<p>${inner}${[inner, inner]}${undefined}${7}${nothing}</p>`.html).toBe(
      "<p><b>a</b><b>a</b><b>a</b>7</p>",
    );
    expect(joined([inner, nothing, inner], ", ").html).toBe("<b>a</b>, <b>a</b>");
    expect([isNothing(nothing), isNothing(inner)]).toEqual([true, false]);
  });

  it("replaces what may stand in no page: controls and halves of characters", () => {
    expect(escapeHtml("a\u0000b\u001bc\ud800d\uffffe\tf\ng😀")).toBe("a\ufffdb\ufffdc\ufffdd\ufffde\tf\ng😀");
  });
});
