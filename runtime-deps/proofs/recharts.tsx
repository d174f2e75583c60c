// proves: recharts
import type { Proof } from "./harness/harness";
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  Line,
  LineChart,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

const data = [
  { day: "Mon", pears: 2, plums: 5 },
  { day: "Tue", pears: 3, plums: 1 },
  { day: "Wed", pears: 7, plums: 4 },
];

export default function App() {
  return (
    <main style={{ width: 400 }}>
      <ResponsiveContainer width="100%" height={200}>
        <BarChart data={data}>
          <CartesianGrid />
          <XAxis dataKey="day" />
          <YAxis />
          <Tooltip isAnimationActive={false} />
          <Legend />
          <Bar dataKey="pears" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
      <LineChart width={300} height={100} data={data}>
        <Line dataKey="plums" isAnimationActive={false} />
      </LineChart>
      <AreaChart width={300} height={100} data={data}>
        <Area dataKey="plums" isAnimationActive={false} />
      </AreaChart>
      <PieChart width={200} height={200}>
        <Pie data={data} dataKey="pears" nameKey="day" isAnimationActive={false}>
          {data.map(({ day }) => (
            <Cell key={day} fill="teal" />
          ))}
        </Pie>
      </PieChart>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until(() => t.all(".recharts-bar-rectangle path").length === 3, "three bars");
  const heights = t
    .all<SVGGraphicsElement>(".recharts-bar-rectangle path")
    .map((bar) => bar.getBBox().height);
  t.equal(
    heights.map((height) => Math.round((height / (heights[0] ?? 1)) * 2)),
    [2, 3, 7],
  );
  t.equal(t.find(".recharts-responsive-container").offsetWidth, 400);
  t.ok(/^M[\d.,]+L/.test(t.find(".recharts-line-curve").getAttribute("d") ?? ""), "a line");
  t.ok(t.find(".recharts-area-area").getAttribute("d"), "an area");
  t.equal(t.all(".recharts-pie-sector").length, 3);
  await t.hover(".recharts-bar-rectangle:nth-child(3) path");
  await t.until(() => t.text(".recharts-tooltip-wrapper").includes("pears : 7"), "the tooltip");
}
