import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import clsx from "clsx";
import { differenceInCalendarDays, format, parseISO } from "date-fns";
import { CalendarDays, GripVertical } from "lucide-react";
import type { ReactNode } from "react";
import { labels, type Card } from "@/lib/board";

function Due({ due, done }: { due: string; done: boolean }) {
  const days = differenceInCalendarDays(parseISO(due), new Date());
  const late = days < 0 && !done;
  const text = days === 0 ? "Today" : days === 1 ? "Tomorrow" : format(parseISO(due), "d MMM");
  return (
    <span className={clsx("flex items-center gap-1", late && "font-medium text-red-700 dark:text-red-400")}>
      <CalendarDays aria-hidden className="size-3.5" />
      {late ? `Overdue, ${text}` : text}
    </span>
  );
}

interface CardTileProps {
  card: Card;
  done: boolean;
  lifted?: boolean;
  onOpen?: () => void;
  handle?: ReactNode;
}

/** How a card looks, in its column and under the pointer. */
export function CardTile({ card, done, lifted = false, onOpen, handle }: CardTileProps) {
  const label = labels.find(({ id }) => id === card.label);
  return (
    <article
      className={clsx(
        "group rounded-lg border bg-white p-3 dark:bg-zinc-900",
        lifted
          ? "rotate-1 border-accent shadow-xl dark:border-accent-bright"
          : "border-zinc-200 transition-colors hover:border-zinc-400 dark:border-zinc-800 dark:hover:border-zinc-600",
      )}
    >
      <div className="flex items-start gap-1">
        <h3 className="min-w-0 flex-1 text-sm leading-snug font-medium">
          <button type="button" onClick={onOpen} className="w-full rounded text-left wrap-break-word">
            {card.title}
          </button>
        </h3>
        {handle}
      </div>
      {card.notes && <p className="mt-1 line-clamp-2 text-[13px] leading-5 text-zinc-600 dark:text-zinc-400">{card.notes}</p>}
      {(label || card.due) && (
        <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-zinc-600 dark:text-zinc-400">
          {label && (
            <span className="flex items-center gap-1.5">
              <span aria-hidden className={clsx("size-2 rounded-full", label.dot)} />
              {label.name}
            </span>
          )}
          {card.due && <Due due={card.due} done={done} />}
        </div>
      )}
    </article>
  );
}

interface SortableCardProps {
  card: Card;
  done: boolean;
  onOpen: () => void;
}

export function SortableCard({ card, done, onOpen }: SortableCardProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: card.id });

  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={clsx("touch-manipulation", isDragging && "opacity-40")}
      {...listeners}
    >
      <CardTile
        card={card}
        done={done}
        onOpen={onOpen}
        handle={
          <button
            type="button"
            ref={setActivatorNodeRef}
            {...attributes}
            aria-label={`Move ${card.title}`}
            className="-mt-1 -mr-1.5 shrink-0 cursor-grab rounded p-1 text-zinc-400 hover:text-zinc-700 dark:text-zinc-600 dark:hover:text-zinc-300"
          >
            <GripVertical aria-hidden className="size-4" />
          </button>
        }
      />
    </li>
  );
}
