import type { TopicId } from "./questions";

const KEY = "quiz.best";

/** Best share of right answers per topic, from 0 to 100. */
export type Best = Partial<Record<TopicId, number>>;

export function loadBest(): Best {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof stored !== "object" || stored === null) return {};
    const { geography, science, words } = stored as Partial<Record<TopicId, unknown>>;
    const percent = (value: unknown) => (typeof value === "number" && value >= 0 && value <= 100 ? value : undefined);
    return { geography: percent(geography), science: percent(science), words: percent(words) };
  } catch {
    return {};
  }
}

export function saveBest(best: Best) {
  try {
    localStorage.setItem(KEY, JSON.stringify(best));
  } catch {
    // Storage is full or blocked: the scores live until the page closes.
  }
}
