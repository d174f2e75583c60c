import type { KeyboardCoordinateGetter } from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { columns } from "./board";

/** Inner edge of a column, in pixels, so that the card lands on its cards. */
const INSET = 9;

/** Up and down go from card to card, left and right from column to column at the same height. */
export const boardCoordinates: KeyboardCoordinateGetter = (event, args) => {
  const step = event.code === "ArrowLeft" ? -1 : event.code === "ArrowRight" ? 1 : 0;
  const { collisionRect, droppableRects } = args.context;
  if (step === 0 || !collisionRect) return sortableKeyboardCoordinates(event, args);

  event.preventDefault();
  const rects = columns.map(({ id }) => droppableRects.get(id)).filter((rect) => rect !== undefined);
  const center = collisionRect.left + collisionRect.width / 2;
  const from = rects.findIndex((rect) => center >= rect.left && center <= rect.right);
  const target = rects[from + step];
  return from < 0 || !target ? undefined : { x: target.left + INSET, y: collisionRect.top };
};
