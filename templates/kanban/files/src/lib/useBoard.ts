import { useEffect, useState } from "react";
import { columns, labels, type Board, type Card, type LabelId } from "./board";
import { sampleBoard } from "./sample";

const KEY = "kanban.board";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isLabelId(value: unknown): value is LabelId {
  return labels.some((label) => label.id === value);
}

function isCard(value: unknown): value is Card {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.title === "string" &&
    typeof value.notes === "string" &&
    (value.label === null || isLabelId(value.label)) &&
    (value.due === null || (typeof value.due === "string" && !Number.isNaN(Date.parse(value.due))))
  );
}

function isBoard(value: unknown): value is Board {
  if (!isRecord(value)) return false;
  return columns.every(({ id }) => {
    const cards = value[id];
    return Array.isArray(cards) && cards.every(isCard);
  });
}

function load(): Board {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return isBoard(stored) ? stored : sampleBoard();
  } catch {
    return sampleBoard();
  }
}

/** The board, kept in localStorage. */
export function useBoard() {
  const [board, setBoard] = useState(load);

  useEffect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(board));
    } catch {
      // Storage is full or blocked: the board lives until the page closes.
    }
  }, [board]);

  return [board, setBoard] as const;
}
