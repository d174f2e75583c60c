// Lets the person pick an element: the one under the pointer is framed and
// named, the keyboard moves among its relatives, and the app hears nothing of
// the click.

import { originOf } from "./fibers.ts";
import type { Send } from "./messages.ts";

const STYLE = `
  .frame { position: fixed; box-sizing: border-box; border: 2px solid #0b76d1; background: #0b76d122; border-radius: 2px; pointer-events: none; }
  .label { position: fixed; max-inline-size: calc(100vw - 8px); padding: 3px 6px; border-radius: 4px; background: #0b5cab; color: #fff; font: 12px/16px system-ui, sans-serif; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; pointer-events: none; }
`;

/** What the app doesn't hear of while an element is picked. */
const KEPT_BACK = [
  ...["dblclick", "auxclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup"],
  ...["touchstart", "touchend", "keyup", "keypress", "mouseover", "mouseout", "pointerover", "pointerout"],
];

const EDGE_PX = 4;

export class Picker {
  readonly #send: Send;
  #files: ReadonlySet<string> = new Set();
  #overlay: Overlay | undefined;
  #element: Element | undefined;
  #listening = new AbortController();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Begins, or ends without an element. */
  set({ active, files }: { active: boolean; files: string[] }): void {
    this.#end();
    if (!active) return;
    this.#files = new Set(files);
    this.#overlay = new Overlay();
    this.#listening = new AbortController();
    const options = { capture: true, signal: this.#listening.signal };
    for (const type of KEPT_BACK) window.addEventListener(type, keepBack, options);
    window.addEventListener("pointermove", (event) => this.#follow(event), options);
    window.addEventListener("click", (event) => this.#onClick(event), options);
    window.addEventListener("keydown", (event) => this.#onKey(event), options);
    for (const type of ["scroll", "resize"]) window.addEventListener(type, () => this.#draw(), options);
    // The keys are for this frame now.
    window.focus();
    this.#aim(document.body.firstElementChild ?? document.body);
  }

  #end(): void {
    this.#listening.abort();
    this.#overlay?.remove();
    this.#overlay = undefined;
    this.#element = undefined;
  }

  #follow(event: PointerEvent): void {
    keepBack(event);
    const [target] = event.composedPath();
    if (target instanceof Element) this.#aim(target);
  }

  #onClick(event: MouseEvent): void {
    keepBack(event);
    this.#pick();
  }

  #onKey(event: KeyboardEvent): void {
    const element = this.#element;
    keepBack(event);
    switch (event.key) {
      case "Escape":
        this.#end();
        this.#send({ type: "pickEnded" });
        return;
      case "Enter":
        this.#pick();
        return;
      case "ArrowUp":
        this.#aim(element?.parentElement);
        return;
      case "ArrowDown":
        this.#aim(element?.firstElementChild);
        return;
      case "ArrowLeft":
        this.#aim(element?.previousElementSibling);
        return;
      case "ArrowRight":
        this.#aim(element?.nextElementSibling);
        return;
    }
  }

  /** Only what is in the body is the app's; the overlay lies beside it. */
  #aim(element: Element | null | undefined): void {
    if (!element || !document.body.contains(element)) return;
    this.#element = element;
    this.#draw();
  }

  #draw(): void {
    if (!this.#element) return;
    const { components, places } = originOf(this.#element, this.#files);
    const [place] = places;
    const name = components[0] ?? this.#element.localName;
    // The head of a compiled module is one line.
    const where = place ? `${place.file}:${place.line - 1}` : "not in the project";
    this.#overlay?.show(this.#element.getBoundingClientRect(), `${name} · ${where}`);
  }

  #pick(): void {
    const element = this.#element;
    if (!element) return;
    const { components, places } = originOf(element, this.#files);
    this.#end();
    this.#send({ type: "picked", components, places });
  }
}

function keepBack(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The frame around an element and its name; outside of the body, where apps look and draw. */
class Overlay {
  readonly #host = document.createElement("cumulet-picker");
  readonly #frame = document.createElement("div");
  readonly #label = document.createElement("div");

  constructor() {
    // Above the app's own dialogs, which lie above every z-index.
    this.#host.popover = "manual";
    this.#host.style.cssText =
      "all: initial; position: fixed; inset: 0; inline-size: auto; block-size: auto; margin: 0; border: 0; padding: 0; background: none; pointer-events: none; z-index: 2147483647; overflow: visible";
    this.#frame.className = "frame";
    this.#label.className = "label";
    this.#label.setAttribute("role", "status");
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.#host.attachShadow({ mode: "closed" }).append(style, this.#frame, this.#label);
    document.documentElement.append(this.#host);
    if ("showPopover" in this.#host) this.#host.showPopover();
  }

  show(at: DOMRect, text: string): void {
    place(this.#frame, at.left, at.top);
    Object.assign(this.#frame.style, { width: `${at.width}px`, height: `${at.height}px` });
    this.#label.textContent = text;
    const { width, height } = this.#label.getBoundingClientRect();
    const above = at.top - height - EDGE_PX;
    const top = above >= EDGE_PX ? above : Math.min(at.bottom + EDGE_PX, innerHeight - height - EDGE_PX);
    place(this.#label, Math.max(EDGE_PX, Math.min(at.left, innerWidth - width - EDGE_PX)), top);
  }

  remove(): void {
    this.#host.remove();
  }
}

function place(element: HTMLElement, left: number, top: number): void {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
