// proves: victory
import type { Proof } from "./harness/harness";
import { VictoryAxis, VictoryBar, VictoryChart, VictoryLine, VictoryPie, VictoryTheme } from "victory";

const data = [
  { quarter: 1, earnings: 13000 },
  { quarter: 2, earnings: 26000 },
];

export default function App() {
  return (
    <main style={{ width: 400 }}>
      <VictoryChart theme={VictoryTheme.material} domainPadding={20}>
        <VictoryAxis tickValues={[1, 2]} tickFormat={["Q1", "Q2"]} />
        <VictoryAxis dependentAxis />
        <VictoryBar data={data} x="quarter" y="earnings" />
        <VictoryLine data={data} x="quarter" y="earnings" />
      </VictoryChart>
      <VictoryPie
        data={[
          { x: "Cats", y: 35 },
          { x: "Dogs", y: 65 },
        ]}
      />
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until("Q2");
  const heights = t
    .all<SVGGraphicsElement>("path[role=presentation]")
    .filter(({ style }) => style.fill)
    .map((path) => path.getBBox().height);
  t.ok(heights.length >= 4, "bars and slices");
  t.ok(t.text().includes("Cats") && t.text().includes("Dogs"), "the slices' labels");
  t.ok(
    t.all("path").every((path) => !(path.getAttribute("d") ?? "").includes("NaN")),
    "no broken paths",
  );
}
