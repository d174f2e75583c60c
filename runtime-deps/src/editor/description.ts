// A name's type and comment as elements.

/** Longest type that is shown; what follows helps nobody. */
const MAX_SIGNATURE = 1_200;

export function description({ signature, docs }: { signature: string; docs: string }): HTMLElement {
  const element = document.createElement("div");
  element.className = "cm-types";
  const code = document.createElement("code");
  code.textContent = signature.length > MAX_SIGNATURE ? `${signature.slice(0, MAX_SIGNATURE)}…` : signature;
  element.append(code);
  if (docs !== "") {
    const words = document.createElement("p");
    words.textContent = docs;
    element.append(words);
  }
  return element;
}
