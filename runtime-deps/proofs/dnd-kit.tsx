// proves: @dnd-kit/core, @dnd-kit/sortable, @dnd-kit/utilities, @dnd-kit/modifiers
import type { Proof } from "./harness/harness";
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { restrictToVerticalAxis } from "@dnd-kit/modifiers";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useState } from "react";

function Item({ id }: { id: string }) {
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id });
  return (
    <li
      ref={setNodeRef}
      id={id}
      style={{ transform: CSS.Transform.toString(transform), transition: transition ?? "", height: 40 }}
      {...attributes}
      {...listeners}
    >
      {id}
    </li>
  );
}

export default function App() {
  const [items, setItems] = useState(["apple", "pear", "plum"]);
  const sensors = useSensors(
    useSensor(PointerSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[restrictToVerticalAxis]}
      onDragEnd={({ active, over }) => {
        if (over)
          setItems(arrayMove(items, items.indexOf(String(active.id)), items.indexOf(String(over.id))));
      }}
    >
      <SortableContext items={items} strategy={verticalListSortingStrategy}>
        <ul>
          {items.map((id) => (
            <Item key={id} id={id} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

export async function prove(t: Proof) {
  await t.drag("#apple", "#plum");
  await t.until(() => t.text("ul") === "pear plum apple", "dragged to the end");
  await t.pause(300);
  t.find("#apple").focus();
  await t.key("Space");
  await t.until("apple was moved over droppable area apple");
  await t.key("ArrowUp");
  await t.pause(300);
  await t.key("Space");
  await t.until(() => t.text("ul") === "pear apple plum", "moved by the keyboard");
}
