// While the model writes, the end of the text stays in view, for as long as the
// person wants it to.

import type { EditorView } from "@codemirror/view";

/** Room left below the last line, in pixels: two lines. */
const ROOM = 42;

/** What rounding moves, in pixels. */
const SLACK = 2;

export class Follower {
  /** Scrolls along with the text. */
  isOn = false;
  readonly #view: EditorView;
  #top = 0;

  /** `onMove` hears when the person scrolls away from the end, or back to it. */
  constructor(view: EditorView, onMove: (isAtEnd: boolean) => void) {
    this.#view = view;
    const { scrollDOM } = view;
    scrollDOM.addEventListener(
      "scroll",
      () => {
        // Text that grows doesn't move what stands above it: only the person goes up.
        const isUp = scrollDOM.scrollTop < this.#top - SLACK;
        this.#top = scrollDOM.scrollTop;
        const isAtEnd = this.#top >= this.#end() - SLACK;
        if (this.isOn ? isAtEnd || !isUp : isUp || !isAtEnd) return;
        // At the first step up, which the next text would take back.
        if (!isAtEnd) this.isOn = false;
        onMove(isAtEnd);
      },
      { passive: true },
    );
  }

  /** The text grew, or its lines turned out to be higher than was thought: goes along. */
  toEnd(): void {
    if (!this.isOn) return;
    this.#view.requestMeasure({
      key: this,
      read: ({ scrollDOM }) => {
        const end = this.#end();
        // One who has just scrolled up, of which the event is still to come, isn't pulled
        // back; one who looks further down stays there.
        const goesAlong = this.isOn && scrollDOM.scrollTop >= this.#top && end > scrollDOM.scrollTop;
        return goesAlong ? end : undefined;
      },
      write: (end) => {
        if (end !== undefined) this.scrollTo(end);
      },
    });
  }

  /** Scrolls without being asked by the person. */
  scrollTo(top: number): void {
    const { scrollDOM } = this.#view;
    scrollDOM.scrollTop = top;
    this.#top = scrollDOM.scrollTop;
  }

  /** How far down the last line stands at the bottom. */
  #end(): number {
    const { contentHeight, documentPadding, scrollDOM } = this.#view;
    return contentHeight - documentPadding.bottom + ROOM - scrollDOM.clientHeight;
  }
}
