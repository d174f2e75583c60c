// proves: @nivo/bar, @nivo/line, @nivo/pie, @nivo/core
import type { Proof } from "./harness/harness";
import { ResponsiveBar } from "@nivo/bar";
import { ResponsiveWrapper, useDimensions } from "@nivo/core";
import { Line } from "@nivo/line";
import { Pie } from "@nivo/pie";
import { useState } from "react";

const data = [
  { day: "Mon", pears: 2 },
  { day: "Tue", pears: 6 },
];

export default function App() {
  const [chosen, setChosen] = useState("");
  const { innerWidth } = useDimensions(300, 100, { left: 10, right: 10 });
  return (
    <main>
      <div id="bar" style={{ width: 300, height: 200 }}>
        <ResponsiveBar
          data={data}
          keys={["pears"]}
          indexBy="day"
          animate={false}
          onClick={({ indexValue }) => setChosen(String(indexValue))}
        />
      </div>
      <div id="line">
        <Line
          width={300}
          height={200}
          margin={{ left: 40, bottom: 30, top: 10 }}
          animate={false}
          data={[{ id: "pears", data: data.map(({ day, pears }) => ({ x: day, y: pears })) }]}
          axisBottom={{ tickSize: 5 }}
        />
      </div>
      <div id="pie">
        <Pie
          width={200}
          height={200}
          animate={false}
          data={data.map(({ day, pears }) => ({ id: day, value: pears }))}
        />
      </div>
      <div id="wrapper" style={{ width: 120, height: 50 }}>
        <ResponsiveWrapper>{({ width }) => <i>{width}</i>}</ResponsiveWrapper>
      </div>
      <output>{`${chosen} ${innerWidth}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until(() => t.all("#bar svg rect[focusable]").length === 2, "two bars");
  const [low, high] = t
    .all<SVGGraphicsElement>("#bar svg rect[focusable]")
    .map((bar) => bar.getBBox().height);
  t.equal(Math.round(((high ?? 0) / (low ?? 1)) * 10), 30);
  await t.press("#bar svg g:has(> rect[focusable]) >> nth=1");
  await t.until(() => t.text("output") === "Tue 280", "a press on the second bar");
  t.ok(
    t.all("#line svg path").some((path) => /^M[\d.,]+L/.test(path.getAttribute("d") ?? "")),
    "a line",
  );
  t.ok(t.text("#line").includes("Tue"), "its axis");
  t.ok(t.all("#pie svg path").filter((path) => path.getAttribute("d")?.includes("A")).length >= 2, "slices");
  await t.shows("#wrapper", "120");
}
