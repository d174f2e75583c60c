// proves: react-beautiful-dnd
import type { Proof } from "./harness/harness";
import { DragDropContext, Draggable, Droppable, type DropResult } from "react-beautiful-dnd";
import { useState } from "react";

const COLUMNS = ["todo", "done"];

export default function App() {
  const [place, setPlace] = useState<Record<string, string>>({ write: "todo", test: "todo" });
  const end = ({ destination, draggableId }: DropResult) => {
    if (destination) setPlace({ ...place, [draggableId]: destination.droppableId });
  };
  return (
    <DragDropContext onDragEnd={end}>
      {COLUMNS.map((column) => (
        <Droppable key={column} droppableId={column}>
          {(provided) => (
            <ul
              id={column}
              ref={provided.innerRef}
              {...provided.droppableProps}
              style={{ width: 200, minHeight: 100 }}
            >
              {Object.keys(place)
                .filter((id) => place[id] === column)
                .map((id, index) => (
                  <Draggable key={id} draggableId={id} index={index}>
                    {(item) => (
                      <li ref={item.innerRef} id={id} {...item.draggableProps} {...item.dragHandleProps}>
                        {id}
                      </li>
                    )}
                  </Draggable>
                ))}
              {provided.placeholder}
            </ul>
          )}
        </Droppable>
      ))}
    </DragDropContext>
  );
}

export async function prove(t: Proof) {
  t.equal(t.text("#todo"), "write test");
  await t.drag("#write", "#done");
  await t.until(() => t.text("#done") === "write", "in the other column");
  t.equal(t.text("#todo"), "test");
}
