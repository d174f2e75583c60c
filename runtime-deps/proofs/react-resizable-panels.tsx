// proves: react-resizable-panels
import type { Proof } from "./harness/harness";
import { Group, Panel, Separator } from "react-resizable-panels";

export default function App() {
  return (
    <Group orientation="horizontal" style={{ width: 600, height: 200 }}>
      <Panel id="left" defaultSize="30%" minSize="10%">
        left
      </Panel>
      <Separator id="handle" style={{ width: 10, background: "gray" }} />
      <Panel id="right">
        <b>right</b>
      </Panel>
    </Group>
  );
}

export async function prove(t: Proof) {
  const width = () => t.find("#left").offsetWidth;
  await t.until(() => Math.abs(width() - 177) < 6, "30 percent");
  await t.drag("#handle", "b");
  await t.until(() => width() > 200, "wider");
  const before = width();
  t.find("[role=separator]").focus();
  await t.key("ArrowLeft");
  await t.until(() => width() < before, "narrower by the keyboard");
}
