// A browser that moves the focus to another document forgets which element of
// this one had it. When the studio gives it back, as after a dialog, it goes on there.

/** A press this long before means that the person chose another place, in milliseconds. */
const PRESS_MS = 200;

export function keepFocus(): void {
  let last: HTMLElement | undefined;
  let pressed = Number.NEGATIVE_INFINITY;
  addEventListener(
    "pointerdown",
    ({ timeStamp }) => {
      pressed = timeStamp;
    },
    true,
  );
  addEventListener(
    "focusin",
    ({ target }) => {
      last = target instanceof HTMLElement ? target : undefined;
    },
    true,
  );
  addEventListener(
    "focusout",
    () => {
      // Left for nothing in a document that has the focus: the app's own will.
      setTimeout(() => {
        if (document.hasFocus() && document.activeElement === document.body) last = undefined;
      });
    },
    true,
  );
  addEventListener("focus", ({ target, timeStamp }) => {
    if (target !== window || timeStamp - pressed < PRESS_MS) return;
    setTimeout(() => {
      if (document.activeElement === document.body) last?.focus({ preventScroll: true });
    });
  });
}
