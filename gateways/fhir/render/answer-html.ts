import type { Acknowledgement, AcknowledgementIssue } from "../../../contracts/fhir/acknowledgement.ts";
import { type Html, html, nothing } from "../../pages/html.ts";
import { codedHtml } from "./people-html.ts";
import { gridHtml, section } from "./section-html.ts";
import type { ShownMessage } from "./shown-message.ts";
import { codeHtml, linesOf, pairsHtml, type Showing, textHtml } from "./value-html.ts";
import { word } from "./words.ts";

const sentences = { ok: "taken", "transient-error": "fault", "fatal-error": "notTaken" } as const;

const issueRow = (issue: AcknowledgementIssue, showing: Showing): readonly Html[] => [
  codeHtml("severity", issue.severity, showing),
  linesOf([
    codedHtml(issue.details, showing),
    textHtml(issue.text, showing),
    issue.diagnostics === undefined ? nothing : html`<small>${issue.diagnostics}</small>`,
  ]),
  linesOf(issue.expression.map((path) => html`<code>${path}</code>`)),
  linesOf(
    [issue.code, issue.details?.code ?? ""]
      .filter((code) => code !== "")
      .map((code) => html`<code>${code}</code>`),
  ),
];

/** An answer: what it says in a sentence, of which message, and every remark in words. */
export const answerHtml = (message: Acknowledgement, showing: Showing): ShownMessage => {
  const { code, issues, about } = message;
  const said = showing.isWritten(code)
    ? html`<p><strong>${word(sentences[code], showing.language)}</strong></p>`
    : nothing;
  const told = pairsHtml(
    [
      ["status", codeHtml("response", code, showing)],
      ["aboutMessage", about === "" ? nothing : html`<code>${about}</code>`],
    ],
    showing,
  );
  const columns = ["severity", "what", "where", "code"] as const;
  const rows = issues.map((issue) => issueRow(issue, showing));
  return {
    first: section("answer", [said, told], showing),
    sections: [section("issues", gridHtml({ title: "issues", columns, rows }, showing), showing)],
  };
};
