// proves: @hello-pangea/dnd
import type { Proof } from "./harness/harness";
import { DragDropContext, Draggable, Droppable } from "@hello-pangea/dnd";
import { useState } from "react";

export default function App() {
  const [items, setItems] = useState(["apple", "pear", "plum"]);
  return (
    <DragDropContext
      onDragEnd={({ source, destination }) => {
        const next = [...items];
        if (destination) next.splice(destination.index, 0, ...next.splice(source.index, 1));
        setItems(next);
      }}
    >
      <Droppable droppableId="fruit">
        {({ innerRef, droppableProps, placeholder }) => (
          <ul ref={innerRef} {...droppableProps}>
            {items.map((id, index) => (
              <Draggable key={id} draggableId={id} index={index}>
                {(item) => (
                  <li ref={item.innerRef} id={id} {...item.draggableProps} {...item.dragHandleProps}>
                    {id}
                  </li>
                )}
              </Draggable>
            ))}
            {placeholder}
          </ul>
        )}
      </Droppable>
    </DragDropContext>
  );
}

export async function prove(t: Proof) {
  await t.drag("#apple", "#plum");
  await t.until(() => t.text("ul") === "pear plum apple", "dragged to the end");
  await t.pause(400);
  t.find("#apple").focus();
  await t.key("Space");
  await t.key("ArrowUp");
  await t.pause(100);
  await t.key("Space");
  await t.until(() => t.text("ul") === "pear apple plum", "moved by the keyboard");
}
