import { useDroppable } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import clsx from "clsx";
import { AddCard } from "@/components/AddCard";
import { SortableCard } from "@/components/CardTile";
import type { Card, ColumnInfo } from "@/lib/board";

interface ColumnProps {
  column: ColumnInfo;
  /** The cards that pass the filter. */
  cards: Card[];
  /** Number of cards, filtered or not. */
  total: number;
  onAdd: (title: string) => void;
  onOpen: (card: Card) => void;
}

export function Column({ column, cards, total, onAdd, onOpen }: ColumnProps) {
  const { setNodeRef, isOver } = useDroppable({ id: column.id });
  const full = column.limit !== undefined && total > column.limit;

  return (
    <section
      ref={setNodeRef}
      aria-label={column.title}
      className={clsx(
        "relative flex w-[82vw] max-w-80 shrink-0 snap-start flex-col rounded-xl border p-2 transition-colors sm:w-72 lg:w-auto lg:max-w-none lg:shrink",
        isOver
          ? "border-accent/50 bg-accent/5 dark:border-accent-bright/50"
          : "border-zinc-200 bg-zinc-100/60 dark:border-zinc-800/80 dark:bg-zinc-900/40",
      )}
    >
      <header className="flex items-baseline justify-between px-2 pt-1 pb-3">
        <h2 className="text-sm font-semibold">{column.title}</h2>
        <span
          title={full ? "More cards than planned here" : undefined}
          className={clsx("text-xs tabular-nums", full ? "font-semibold text-amber-800 dark:text-amber-400" : "text-zinc-600 dark:text-zinc-400")}
        >
          {column.limit ? `${total} of ${column.limit}` : total}
          <span className="sr-only"> cards{full ? ", over the limit" : ""}</span>
        </span>
      </header>

      <SortableContext items={cards.map((card) => card.id)} strategy={verticalListSortingStrategy}>
        <ul className="flex flex-col gap-2">
          {cards.map((card) => (
            <SortableCard key={card.id} card={card} done={column.id === "done"} onOpen={() => onOpen(card)} />
          ))}
        </ul>
      </SortableContext>

      {cards.length === 0 && (
        <p className="rounded-lg border border-dashed border-zinc-300 px-3 py-6 text-center text-sm text-zinc-600 dark:border-zinc-700 dark:text-zinc-400">
          {total > 0 ? "No card matches the filter." : "Nothing here. Drop a card or add one."}
        </p>
      )}

      <div className="pt-2">
        <AddCard columnTitle={column.title} onAdd={onAdd} />
      </div>
    </section>
  );
}
