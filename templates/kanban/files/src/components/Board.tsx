import {
  closestCorners,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
  type DragOverEvent,
  type UniqueIdentifier,
} from "@dnd-kit/core";
import { useRef, useState } from "react";
import { CardTile } from "@/components/CardTile";
import { Column } from "@/components/Column";
import { columnOf, columns, findCard, moveCard, type Board as BoardData, type Card, type ColumnId } from "@/lib/board";
import { boardCoordinates } from "@/lib/coordinates";

interface BoardProps {
  board: BoardData;
  isVisible: (card: Card) => boolean;
  onChange: (board: BoardData) => void;
  onAdd: (column: ColumnId, title: string) => void;
  onOpen: (card: Card) => void;
}

const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export function Board({ board, isVisible, onChange, onAdd, onOpen }: BoardProps) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const beforeDrag = useRef(board);
  const activeCard = activeId ? findCard(board, activeId) : null;

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // The delay leaves swipes to scrolling.
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: boardCoordinates }),
  );

  // Between columns the card moves at once, so that the target makes room for it.
  function onDragOver({ active, over }: DragOverEvent) {
    if (!over) return;
    const from = columnOf(board, String(active.id));
    const to = columnOf(board, String(over.id));
    if (from && to && from !== to) onChange(moveCard(board, String(active.id), String(over.id)));
  }

  function onDragEnd({ active, over }: DragEndEvent) {
    if (over) onChange(moveCard(board, String(active.id), String(over.id)));
    setActiveId(null);
  }

  function onDragCancel() {
    onChange(beforeDrag.current);
    setActiveId(null);
  }

  const title = (id: UniqueIdentifier) => findCard(board, String(id))?.title ?? "Card";
  const place = (id: UniqueIdentifier) => {
    const column = columns.find((candidate) => candidate.id === columnOf(board, String(id)));
    if (!column) return "no column";
    const index = board[column.id].findIndex((card) => card.id === id);
    return index < 0 ? `column ${column.title}` : `column ${column.title}, position ${index + 1} of ${board[column.id].length}`;
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => `Picked up ${title(active.id)}, ${place(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${title(active.id)} is over ${place(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) => (over ? `Dropped ${title(active.id)} in ${place(over.id)}.` : `Dropped ${title(active.id)}.`),
    onDragCancel: ({ active }) => `Cancelled. ${title(active.id)} is back where it was.`,
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={{
        announcements,
        screenReaderInstructions: {
          draggable: "Press Space to pick up the card, arrow keys to move it, Space to drop it, Escape to cancel.",
        },
      }}
      onDragStart={({ active }) => {
        beforeDrag.current = board;
        setActiveId(String(active.id));
      }}
      onDragOver={onDragOver}
      onDragEnd={onDragEnd}
      onDragCancel={onDragCancel}
    >
      <div className="flex snap-x scroll-px-4 items-start gap-3 overflow-x-auto px-4 pb-6 sm:scroll-px-6 sm:px-6 lg:grid lg:grid-cols-4 lg:overflow-visible">
        {columns.map((column) => (
          <Column
            key={column.id}
            column={column}
            cards={board[column.id].filter(isVisible)}
            total={board[column.id].length}
            onAdd={(text) => onAdd(column.id, text)}
            onOpen={onOpen}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={reducedMotion() ? null : undefined}>
        {activeCard && <CardTile card={activeCard} done={false} lifted />}
      </DragOverlay>
    </DndContext>
  );
}
