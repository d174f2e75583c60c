// proves: d3-array, d3-color, d3-dsv, d3-ease, d3-format, d3-interpolate, d3-random, d3-scale, d3-scale-chromatic, d3-time, d3-time-format, d3-polygon, d3-quadtree, d3-dispatch
import type { Proof } from "./harness/harness";
import { bin, group, mean, rollup } from "d3-array";
import { hsl, rgb } from "d3-color";
import { dispatch } from "d3-dispatch";
import { csvFormat, csvParse } from "d3-dsv";
import { easeCubicInOut } from "d3-ease";
import { format } from "d3-format";
import { interpolateNumber, interpolateRgb } from "d3-interpolate";
import { polygonArea, polygonContains } from "d3-polygon";
import { quadtree } from "d3-quadtree";
import { randomLcg, randomNormal } from "d3-random";
import { scaleBand, scaleLinear, scaleOrdinal } from "d3-scale";
import { interpolateViridis, schemeCategory10 } from "d3-scale-chromatic";
import { timeMonday, utcDay } from "d3-time";
import { timeParse, utcFormat } from "d3-time-format";

const rows = csvParse("city,year,count\nBerlin,2023,10\nBerlin,2024,20\nParis,2024,5");

export default function App() {
  const color = scaleOrdinal(schemeCategory10);
  return (
    <ul>
      {[
        ...rollup(
          rows,
          (list) => mean(list, ({ count }) => Number(count)),
          ({ city }) => city,
        ),
      ].map(([city, count]) => (
        <li key={city} style={{ color: color(String(city)) }}>{`${city}: ${format(".1f")(count ?? 0)}`}</li>
      ))}
    </ul>
  );
}

export function prove(t: Proof) {
  t.equal(
    t.all("li").map((item) => item.innerText),
    ["Berlin: 15.0", "Paris: 5.0"],
  );
  t.equal(getComputedStyle(t.find("li")).color, rgb(schemeCategory10[0] ?? "").toString());
  t.equal(group(rows, ({ year }) => year).get("2024")?.length, 2);
  t.equal(csvFormat([{ a: 1, b: "x,y" }]), 'a,b\n1,"x,y"');
  t.equal(
    bin()([1, 2, 2, 9]).reduce((sum, list) => sum + list.length, 0),
    4,
  );
  t.equal([scaleLinear([0, 10], [0, 100])(5), scaleBand(["a", "b"], [0, 100]).bandwidth()], [50, 50]);
  t.equal(
    [interpolateNumber(0, 10)(0.5), interpolateRgb("red", "blue")(0.5), easeCubicInOut(0.5)],
    [5, "rgb(128, 0, 128)", 0.5],
  );
  t.equal([hsl("#f00").h, interpolateViridis(0)], [0, "#440154"]);
  t.equal([format(",.2f")(1234.5), format(".0%")(0.123), format("~s")(1500)], ["1,234.50", "12%", "1.5k"]);
  t.equal(utcFormat("%Y-%m-%d")(utcDay.offset(new Date("2024-02-28"), 2)), "2024-03-01");
  t.equal(timeMonday.count(new Date(2024, 0, 1), new Date(2024, 0, 29)), 4);
  t.equal(timeParse("%d.%m.%Y")("03.02.2021")?.getMonth(), 1);
  t.equal(
    [
      polygonArea([
        [0, 0],
        [0, 2],
        [2, 2],
        [2, 0],
      ]),
      polygonContains(
        [
          [0, 0],
          [0, 2],
          [2, 2],
        ],
        [0.5, 1],
      ),
    ],
    [4, true],
  );
  t.equal(
    quadtree([
      [1, 1],
      [9, 9],
    ]).find(8, 8),
    [9, 9],
  );
  t.equal(randomNormal.source(randomLcg(1))(0, 1)(), randomNormal.source(randomLcg(1))(0, 1)());
  const events = dispatch("change");
  let heard = 0;
  events.on("change", (value: number) => {
    heard = value;
  });
  events.call("change", undefined, 7);
  t.equal(heard, 7);
}
