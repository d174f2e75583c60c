// Watches for the first visible content. By timers and mutations, not by
// animation frames: those stand still in a hidden tab.

const POLL_MS = 250;

export type Content = "visible" | "empty" | "sizeless";

/** What can be seen of the app, in #root or beside it (portals). */
export function lookAtContent(): Content {
  const root = document.getElementById("root");
  const others = [...document.body.children].filter(
    (element) => element !== root && !/^(SCRIPT|STYLE|TEMPLATE)$/.test(element.tagName),
  );
  const places: Node[] = root ? [root, ...others] : others;
  if (!places.some((node) => (node === root ? hasContent(node) : true))) return "empty";
  // A frame that is itself hidden gives every element size zero.
  if (window.innerWidth === 0 || window.innerHeight === 0) return "visible";
  for (const node of places) {
    const range = document.createRange();
    if (node === root) range.selectNodeContents(node);
    else range.selectNode(node);
    const { width, height } = range.getBoundingClientRect();
    if (width > 0 && height > 0) return "visible";
  }
  return "sizeless";
}

function hasContent(node: Node): boolean {
  return [...node.childNodes].some(
    (child) => child instanceof Element || (child instanceof Text && child.data.trim() !== ""),
  );
}

/** One wait for visible content; a new one ends the last. */
export class ContentWatch {
  #stop: () => void = () => {};

  /**
   * Calls `onVisible` once, at once if it can. `onNothing` is called when nothing is visible after
   * the limit; should something appear later, `onVisible` follows.
   */
  start(onVisible: () => void, onNothing: (content: Content) => void): void {
    this.#stop();
    let waiting = true;
    const check = () => {
      if (!waiting || lookAtContent() !== "visible") return;
      stop();
      onVisible();
    };
    const stop = () => {
      waiting = false;
      observer.disconnect();
      clearInterval(poll);
      clearTimeout(deadline);
    };
    const observer = new MutationObserver(check);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    });
    const poll = setInterval(check, POLL_MS);
    const deadline = setTimeout(() => {
      check();
      if (waiting) onNothing(lookAtContent());
    }, LIMITS.NOTHING_RENDERED_MS);
    this.#stop = stop;
    check();
  }

  stop(): void {
    this.#stop();
  }
}
