// Completion while typing, as TypeScript proposes it, imports included.

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  insertCompletionText,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import type * as messages from "../types/messages.ts";
import { description } from "./description.ts";
import type { Types } from "./types.ts";

const WORD = /^[\w$]*$/;

/** Longest name that is looked at to tell it from a number. */
const MAX_NAME = 80;

export function completionSource(path: string, types: Types): CompletionSource {
  return async (context) => {
    if (!context.explicit && !isWorthAsking(context)) return null;
    const question = types.ask({ kind: "complete", path, offset: context.pos });
    context.addEventListener("abort", question.cancel);
    const found = await question.answer;
    if (!found || found.list.length === 0) return null;
    const options = found.list.map((item) => option(item, context.pos, path, types));
    const result: CompletionResult = { from: found.from, options };
    const typed = context.state.sliceDoc(found.from, context.pos);
    return !found.isCut && WORD.test(typed) ? { ...result, validFor: WORD } : result;
  };
}

/** Whether what stands before the cursor is likely to go on: a name, a member, a tag, a path. */
function isWorthAsking({ state, pos }: CompletionContext): boolean {
  const before = state.sliceDoc(Math.max(0, pos - MAX_NAME), pos);
  const word = /[\w$]+$/.exec(before)?.[0];
  if (word !== undefined) return !/^\d/.test(word);
  if (/[.<@]$/.test(before)) return true;
  return /["'/-]$/.test(before) && syntaxTree(state).resolveInner(pos, -1).name === "String";
}

function option(item: messages.Completion, offset: number, path: string, types: Types): Completion {
  const completion: Completion = {
    label: item.name,
    type: item.type,
    sortText: item.sort + item.name,
    // Names of the file before all that the browser and other modules have.
    boost: 4 * (15 - (Number.parseInt(item.sort, 10) || 15)),
    info: async () => {
      const detail = await types.ask({ kind: "detail", path, offset, ...wanted(item) }).answer;
      return detail ? description(detail) : null;
    },
  };
  if (item.module !== undefined) completion.detail = item.module;
  if (item.module !== undefined || item.insert !== undefined || item.from !== undefined) {
    completion.apply = (view, picked, from, to) => {
      const text = item.insert ?? item.name;
      const start = item.from ?? from;
      view.dispatch({
        ...insertCompletionText(view.state, text, start, to),
        annotations: pickedCompletion.of(picked),
      });
      if (item.module !== undefined) void addImport(view, item, start + text.length, path, types);
    };
  }
  return completion;
}

function wanted({ name, source, data }: messages.Completion) {
  return { name, ...(source === undefined ? {} : { source, data }) };
}

/** Adds the import that a name needs, unless typing went on before it is known. */
async function addImport(
  view: EditorView,
  item: messages.Completion,
  offset: number,
  path: string,
  types: Types,
): Promise<void> {
  const { doc } = view.state;
  const detail = await types.ask({ kind: "detail", path, offset, ...wanted(item) }).answer;
  if (!detail || !view.state.doc.eq(doc)) return;
  view.dispatch({ changes: detail.edits, userEvent: "input.complete" });
}
