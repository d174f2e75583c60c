// How the editor looks: only the page's design tokens, which hold in both
// themes by themselves.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const styles = {
  "&": {
    height: "100%",
    color: "var(--text)",
    backgroundColor: "var(--surface-raised)",
    fontSize: "var(--size-13)",
  },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused:has(.cm-content:focus-visible)": { boxShadow: "inset 0 0 0 1px var(--accent)" },
  ".cm-scroller": {
    fontFamily: "var(--font-code)",
    fontVariantLigatures: "none",
    lineHeight: "1.6",
    overscrollBehavior: "contain",
  },
  ".cm-content": { padding: "8px 0 40vh", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor, .cm-dropCursor": { borderLeft: "2px solid var(--accent)", marginLeft: "-1px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--code-selection)",
  },
  ".cm-activeLine": { backgroundColor: "var(--code-line)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface-raised)",
    color: "var(--text-muted)",
    border: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": {
    minWidth: "36px",
    padding: "0 4px 0 8px",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 0 0 3px" },
  ".cm-lint-marker": {
    width: "8px",
    height: "8px",
    marginTop: "6px",
    borderRadius: "50%",
    content: '""',
    backgroundColor: "var(--danger)",
  },
  ".cm-lint-marker-warning": { borderRadius: "1px", backgroundColor: "var(--warning)" },
  ".cm-lint-marker-info": {
    borderRadius: "1px",
    backgroundColor: "transparent",
    boxShadow: "inset 0 0 0 2px var(--accent)",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--danger) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warning) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-info": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--accent) 2px",
    textUnderlineOffset: "3px",
  },
  ".cm-diagnostic": {
    maxWidth: "56ch",
    padding: "6px 10px",
    borderLeft: "none",
    fontFamily: "var(--font-ui)",
    whiteSpace: "pre-wrap",
  },
  ".cm-diagnostic-error": { borderLeft: "2px solid var(--danger)" },
  ".cm-diagnostic-warning": { borderLeft: "2px solid var(--warning)" },
  ".cm-diagnostic-info": { borderLeft: "2px solid var(--accent)" },
  ".cm-diagnosticSource": {
    paddingTop: "2px",
    color: "var(--text-muted)",
    fontSize: "var(--size-12)",
    opacity: "1",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--surface-pressed)",
    color: "inherit",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { color: "var(--danger)" },
  ".cm-selectionMatch": { backgroundColor: "var(--surface-pressed)" },
  ".cm-searchMatch": { backgroundColor: "var(--warning-soft)", outline: "1px solid var(--warning)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 4px 0 2px", cursor: "pointer" },
  ".cm-foldPlaceholder": {
    padding: "0 6px",
    border: "none",
    borderRadius: "4px",
    backgroundColor: "var(--surface-pressed)",
    color: "var(--text-muted)",
  },
  ".cm-tooltip": {
    overflow: "hidden",
    border: "none",
    borderRadius: "var(--radius-control)",
    backgroundColor: "var(--surface-raised)",
    color: "var(--text)",
    boxShadow: "var(--shadow-float)",
    fontSize: "var(--size-13)",
  },
  // What is known of the chosen name stands beside the list, not in it.
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip .cm-tooltip-section:not(:first-child)": { borderTop: "1px solid var(--border)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-code)", maxHeight: "240px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent-text)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--text-muted)", fontStyle: "normal" },
  ".cm-completionInfo": { boxShadow: "var(--shadow-float)" },
  ".cm-tooltip.cm-completionInfo": { maxWidth: "min(52ch, 60vw)", padding: "0" },
  ".cm-types": {
    maxWidth: "min(72ch, 80vw)",
    maxHeight: "min(320px, 50vh)",
    overflow: "auto",
    fontSize: "var(--size-12)",
    lineHeight: "1.5",
  },
  ".cm-types > code": {
    display: "block",
    padding: "6px 10px",
    fontFamily: "var(--font-code)",
    fontVariantLigatures: "none",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  ".cm-types > p": {
    margin: "0",
    padding: "6px 10px",
    borderTop: "1px solid var(--border)",
    color: "var(--text-muted)",
    fontFamily: "var(--font-ui)",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  "&.cm-merge-b .cm-changedLine": { backgroundColor: "var(--positive-soft)" },
  "&.cm-merge-b .cm-changedText": {
    background: "linear-gradient(var(--positive), var(--positive)) bottom/100% 1px no-repeat",
  },
  "& .cm-deletedChunk": { padding: "0 16px 0 8px", backgroundColor: "var(--danger-soft)" },
  "& .cm-deletedChunk .cm-deletedText": {
    background: "linear-gradient(var(--danger), var(--danger)) bottom/100% 1px no-repeat",
  },
  // Within a line only: one that is new or gone as a whole shows that by its ground.
  "&.cm-merge-b .cm-insertedLine > .cm-changedText:only-child": { background: "none" },
  "& .cm-deletedChunk del:not(:has(> :not(.cm-deletedText))) > .cm-deletedText": { background: "none" },
  ".cm-gutter.cm-changeGutter": { width: "14px", paddingLeft: "0", textAlign: "center" },
  // Not by colour alone.
  "& .cm-changedLineGutter::before": { content: '"+"', color: "var(--positive)" },
  "& .cm-deletedLineGutter::before": { content: '"−"', color: "var(--danger)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--positive-soft)" },
  "& .cm-deletedLineGutter": { background: "var(--danger-soft)" },
  ".cm-panels": { backgroundColor: "var(--surface-raised)", color: "var(--text)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--border)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px",
    padding: "8px 32px 8px 8px",
    fontFamily: "var(--font-ui)",
    fontSize: "var(--size-12)",
  },
  ".cm-panel.cm-search label": {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    fontSize: "inherit",
  },
  ".cm-textfield": {
    height: "28px",
    margin: "0",
    padding: "0 8px",
    border: "1px solid var(--border-strong)",
    borderRadius: "var(--radius-control)",
    backgroundColor: "var(--surface)",
    fontFamily: "var(--font-code)",
    fontSize: "var(--size-12)",
  },
  ".cm-button": {
    height: "28px",
    margin: "0",
    padding: "0 10px",
    border: "1px solid var(--border-strong)",
    borderRadius: "var(--radius-control)",
    backgroundColor: "var(--surface-raised)",
    backgroundImage: "none",
    color: "var(--text)",
    fontSize: "var(--size-12)",
  },
  ".cm-button:hover": { backgroundColor: "var(--surface-sunken)" },
  ".cm-button:active": { backgroundImage: "none" },
  ".cm-panel.cm-search [name=close]": {
    top: "8px",
    right: "8px",
    width: "28px",
    height: "28px",
    borderRadius: "var(--radius-control)",
    color: "var(--text-muted)",
    fontSize: "18px",
  },
  ".cm-textfield:focus-visible, .cm-button:focus-visible, [name=close]:focus-visible": {
    outline: "2px solid var(--accent)",
    outlineOffset: "1px",
  },
};

const light = EditorView.theme(styles, { dark: false });
const dark = EditorView.theme(styles, { dark: true });

/** The theme; `isDark` only tells CodeMirror's own styles, ours follow the page. */
export function themeOf(isDark: boolean): Extension {
  return isDark ? dark : light;
}

/** Colours of the code. */
export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.comment, tags.meta], color: "var(--code-comment)" },
    {
      tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword, tags.moduleKeyword],
      color: "var(--code-keyword)",
    },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
    {
      tag: [tags.number, tags.bool, tags.null, tags.atom, tags.color, tags.unit],
      color: "var(--code-number)",
    },
    {
      tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.labelName],
      color: "var(--code-function)",
    },
    { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--code-type)" },
    { tag: tags.tagName, color: "var(--code-tag)" },
    { tag: tags.attributeName, color: "var(--code-function)" },
    { tag: tags.attributeValue, color: "var(--code-string)" },
    { tag: tags.heading, fontWeight: "600" },
    { tag: tags.strong, fontWeight: "700" },
    { tag: tags.emphasis, fontStyle: "italic" },
    { tag: [tags.link, tags.url], color: "var(--code-function)", textDecoration: "underline" },
    { tag: tags.strikethrough, textDecoration: "line-through" },
    { tag: [tags.punctuation, tags.separator, tags.angleBracket], color: "var(--text-muted)" },
    { tag: tags.invalid, color: "var(--danger)" },
  ]),
);
