// sessionStorage of the apps of one tab, in memory: it outlives an app's frame,
// not the page. The frame keeps to the limit by itself; a hostile one must not
// fill this worker's memory.

import { type Change, itemChars, type Outcome } from "../../frame/changes.ts";

interface Items {
  values: Map<string, string>;
  chars: number;
}

export class Sessions {
  readonly #apps = new Map<string, Items>();

  items(app: string): [key: string, value: string][] {
    return [...(this.#apps.get(app)?.values ?? [])];
  }

  forget(app: string): void {
    this.#apps.delete(app);
  }

  /** Keeps those of the changes that concern it, and returns which are over the limit. */
  write(app: string, changes: readonly Change[]): Outcome["refused"] {
    return changes.flatMap((change, index) => {
      if (!("area" in change) || change.area !== "session") return [];
      const items = this.#apps.get(app) ?? { values: new Map<string, string>(), chars: 0 };
      this.#apps.set(app, items);
      if (change.kind === "clearItems") {
        this.#apps.delete(app);
        return [];
      }
      const { key } = change;
      const value = change.kind === "deleteItem" ? null : change.value;
      const total = items.chars + itemChars(key, value) - itemChars(key, items.values.get(key));
      if (total > LIMITS.STORAGE_MAX_CHARS) return [{ index, reason: "quota" as const }];
      items.chars = total;
      if (value === null) items.values.delete(key);
      else items.values.set(key, value);
      return [];
    });
  }
}
