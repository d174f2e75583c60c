import { X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";

interface TagInputProps {
  tags: string[];
  onChange: (tags: string[]) => void;
}

/** Enter or a comma adds a tag, Backspace in the empty field takes the last one away. */
export function TagInput({ tags, onChange }: TagInputProps) {
  const [text, setText] = useState("");

  function add() {
    const tag = text.trim().toLowerCase();
    if (tag && !tags.includes(tag)) onChange([...tags, tag]);
    setText("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && text === "") {
      onChange(tags.slice(0, -1));
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <span key={tag} className="flex items-center rounded-full bg-stone-200/70 pl-2.5 text-xs leading-6 text-stone-700 dark:bg-stone-800 dark:text-stone-300">
          {tag}
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            onClick={() => onChange(tags.filter((other) => other !== tag))}
            className="grid size-6 place-items-center rounded-full hover:text-stone-950 dark:hover:text-white"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <input
        aria-label="Add tag"
        placeholder="Add tag"
        value={text}
        maxLength={24}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        className="w-24 rounded bg-transparent px-1 text-xs leading-6 placeholder:text-stone-600 dark:placeholder:text-stone-400"
      />
    </div>
  );
}
