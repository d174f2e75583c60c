// Type and comment of a name: of what is pointed at, and by Ctrl-K Ctrl-I (Cmd
// on a Mac) of what the cursor is in.

import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { Hover } from "../types/messages.ts";
import { description } from "./description.ts";
import type { Types } from "./types.ts";

/** Time that a pointer rests on a name, in milliseconds. */
const REST_MS = 400;

export function hover(path: string, types: Types): Extension {
  const ask = (offset: number) => types.ask({ kind: "hover", path, offset }).answer;
  const show = (view: EditorView): boolean => {
    const { state } = view;
    void ask(state.selection.main.head).then((found) => {
      if (!found || view.state !== state) return;
      view.dispatch({
        effects: [setShown.of(tooltip(found, state)), EditorView.announce.of(found.signature)],
      });
    });
    return true;
  };
  const hide = (view: EditorView): boolean => {
    if (!view.state.field(shown, false)) return false;
    view.dispatch({ effects: setShown.of(null) });
    return true;
  };
  return [
    hoverTooltip(
      async (view, offset) => {
        const { state } = view;
        const found = await ask(offset);
        return found && view.state.doc === state.doc ? tooltip(found, state) : null;
      },
      { hoverTime: REST_MS },
    ),
    shown,
    keymap.of([
      { key: "Mod-k Mod-i", run: show, preventDefault: true },
      { key: "Escape", run: hide },
    ]),
  ];
}

const setShown = StateEffect.define<Tooltip | null>();

/** What the keys asked for; gone as soon as the cursor moves. */
const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setShown)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

function tooltip(found: Hover, { doc }: EditorState): Tooltip {
  return {
    pos: Math.min(found.from, doc.length),
    end: Math.min(found.to, doc.length),
    above: true,
    create: () => ({ dom: description(found) }),
  };
}
