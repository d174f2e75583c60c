// The document of the project's index.html, put in place before its first
// module runs. Scripts in it don't run: those of the project are modules.

import type { Page } from "./messages.ts";

export function showPage({ title, html, body, markup }: Page): void {
  if (title) document.title = title;
  setAttributes(document.documentElement, html);
  setAttributes(document.body, body);
  if (markup) document.body.innerHTML = markup;
  // Markup sets attributes past the methods that know what `<use>` can load.
  for (const use of document.querySelectorAll("use")) {
    for (const name of ["href", "xlink:href"]) {
      const value = use.getAttribute(name);
      if (value !== null) use.setAttribute(name, value);
    }
  }
}

/** Classes join those that are there: the theme is one of them. */
function setAttributes(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.classList.add(...value.split(/\s+/).filter(Boolean));
    else setAttribute(element, name, value);
  }
}

/** A name that HTML reads but no script may set is left out. */
function setAttribute(element: Element, name: string, value: string): void {
  try {
    element.setAttribute(name, value);
  } catch (error) {
    console.warn(`index.html: ${error instanceof Error ? error.message : String(error)}`);
  }
}
