// What changed in a file since an earlier text: marks in the text, with what was
// removed above what took its place.

import { getChunks, getOriginalDoc, unifiedMergeView } from "@codemirror/merge";
import type { EditorState, Extension, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** How many lines a change adds and removes. */
export interface LineCounts {
  added: number;
  removed: number;
}

export function comparison(before: string): Extension {
  return unifiedMergeView({ original: before, mergeControls: false });
}

/** Lines that the marked changes add and remove. */
export function countLines(state: EditorState): LineCounts {
  const counts = { added: 0, removed: 0 };
  for (const chunk of chunksOf(state)) {
    counts.added += linesIn(state.doc, chunk.fromB, chunk.toB);
    counts.removed += linesIn(getOriginalDoc(state), chunk.fromA, chunk.toA);
  }
  return counts;
}

/** Puts the cursor at the next change, or the previous one, and shows it; goes round at the ends. */
export function goToChange(view: EditorView, step: 1 | -1, head = view.state.selection.main.head): void {
  // What was removed at the end of the document stood behind it.
  const starts = chunksOf(view.state).map((chunk) => Math.min(chunk.fromB, view.state.doc.length));
  const next = step > 0 ? starts.find((start) => start > head) : starts.findLast((start) => start < head);
  const anchor = next ?? starts.at(step > 0 ? 0 : -1);
  if (anchor === undefined) return;
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
}

function chunksOf(state: EditorState) {
  return getChunks(state)?.chunks ?? [];
}

/** `to` lies one past the last line's end, which can be past the document's. */
function linesIn(doc: Text, from: number, to: number): number {
  if (from === to) return 0;
  return doc.lineAt(Math.min(to - 1, doc.length)).number - doc.lineAt(from).number + 1;
}
