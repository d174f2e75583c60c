// proves: chart.js, react-chartjs-2
import type { Proof } from "./harness/harness";
import { BarElement, CategoryScale, Chart, Legend, LinearScale, Title, Tooltip } from "chart.js";
import { useRef, useState } from "react";
import { Bar, getElementAtEvent } from "react-chartjs-2";

Chart.register(CategoryScale, LinearScale, BarElement, Title, Tooltip, Legend);

export default function App() {
  const chart = useRef<Chart<"bar">>(null);
  const [chosen, setChosen] = useState(-1);
  return (
    <main style={{ width: 400 }}>
      <Bar
        ref={chart}
        options={{ animation: false, plugins: { legend: { display: false } } }}
        data={{ labels: ["a", "b"], datasets: [{ data: [1, 10], backgroundColor: "rgb(255, 0, 0)" }] }}
        onClick={(event) =>
          chart.current && setChosen(getElementAtEvent(chart.current, event)[0]?.index ?? -1)
        }
      />
      <output>{chosen}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  const canvas = await t.element<HTMLCanvasElement>("canvas");
  await t.until(() => canvas.width > 300, "it has the size of its container");
  const pixels = () =>
    canvas.getContext("2d")?.getImageData(canvas.width * 0.75, 0, 1, canvas.height).data ?? [];
  await t.until(() => [...pixels()].some((value, index) => index % 4 === 0 && value === 255), "a red bar");
  await t.press("canvas", { position: { x: 300, y: 120 } });
  await t.shows("output", "1");
}
