// Which language a file is written in, by its name.

import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import type { Extension } from "@codemirror/state";

/** Highlighting, folding, indentation and completion; nothing for a kind of file that we don't know. */
export function languageOf(path: string): Extension {
  switch (path.slice(path.lastIndexOf(".") + 1).toLowerCase()) {
    case "tsx":
      return javascript({ jsx: true, typescript: true });
    case "ts":
    case "mts":
      return javascript({ typescript: true });
    case "jsx":
    case "js":
    case "mjs":
      return javascript({ jsx: true });
    case "css":
      return css();
    case "json":
      return json();
    case "html":
    case "svg":
      return html();
    case "md":
      return markdown();
    default:
      return [];
  }
}
