// What the JavaScript engine itself says of a text.

import vm from "node:vm";

/** The engine's objection to a classic script; `null` when there is none. */
export function scriptError(text) {
  return objection(() => new vm.Script(text));
}

/** The engine's objection to a module; `null` when there is none. */
export function moduleError(text) {
  return objection(() => new vm.SourceTextModule(text));
}

function objection(parse) {
  try {
    parse();
    return null;
  } catch (error) {
    return String(error);
  }
}

/**
 * What a file is to the engine: `module`, `script` (valid, but as a script
 * only), `invalid`, or `unknown` when it holds what engines don't read.
 */
export function kindOf(file) {
  if (!file.isCase) return "unknown";
  if (moduleError(file.text) === null) return "module";
  return scriptError(file.text) === null ? "script" : "invalid";
}
