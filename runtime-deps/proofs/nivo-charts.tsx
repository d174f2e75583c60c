// proves: @nivo/boxplot, @nivo/bullet, @nivo/bump, @nivo/calendar, @nivo/chord, @nivo/circle-packing, @nivo/funnel, @nivo/geo, @nivo/heatmap, @nivo/icicle, @nivo/marimekko
import type { Proof } from "./harness/harness";
import { BoxPlot } from "@nivo/boxplot";
import { Bullet } from "@nivo/bullet";
import { AreaBump, Bump } from "@nivo/bump";
import { Calendar } from "@nivo/calendar";
import { Chord } from "@nivo/chord";
import { CirclePacking } from "@nivo/circle-packing";
import { Funnel } from "@nivo/funnel";
import { GeoMap } from "@nivo/geo";
import { HeatMap } from "@nivo/heatmap";
import { Icicle } from "@nivo/icicle";
import { Marimekko } from "@nivo/marimekko";

const size = {
  width: 300,
  height: 150,
  animate: false,
  margin: { top: 10, right: 10, bottom: 10, left: 10 },
};
const tree = {
  id: "all",
  children: [
    { id: "a", value: 3 },
    { id: "b", value: 1 },
  ],
};
const ranks = ["x", "y"].map((id, at) => ({
  id,
  data: [
    { x: 1, y: at + 1 },
    { x: 2, y: 2 - at },
  ],
}));
const square = {
  type: "Feature",
  id: "S",
  properties: { name: "Square" },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [0, 40],
        [40, 40],
        [40, 0],
        [0, 0],
      ],
    ],
  },
};

const CHARTS: Record<string, React.ReactNode> = {
  boxplot: (
    <BoxPlot {...size} data={[1, 2, 3, 4, 9].map((value) => ({ group: "a", value }))} groups={["a"]} />
  ),
  bullet: <Bullet {...size} data={[{ id: "speed", ranges: [20, 40, 60], measures: [30], markers: [50] }]} />,
  bump: <Bump {...size} data={ranks} />,
  areabump: <AreaBump {...size} data={ranks} />,
  calendar: <Calendar {...size} from="2024-01-01" to="2024-12-30" data={[{ day: "2024-02-28", value: 5 }]} />,
  chord: (
    <Chord
      {...size}
      keys={["a", "b"]}
      data={[
        [0, 5],
        [3, 0],
      ]}
    />
  ),
  circles: <CirclePacking {...size} data={tree} />,
  funnel: (
    <Funnel
      {...size}
      data={[
        { id: "seen", value: 100, label: "Seen" },
        { id: "bought", value: 20, label: "Bought" },
      ]}
    />
  ),
  geo: <GeoMap {...size} features={[square] as never} projectionScale={60} />,
  heatmap: (
    <HeatMap
      {...size}
      data={[
        {
          id: "row",
          data: [
            { x: "a", y: 1 },
            { x: "b", y: 9 },
          ],
        },
      ]}
    />
  ),
  icicle: <Icicle {...size} data={tree} />,
  marimekko: (
    <Marimekko
      {...size}
      id="name"
      value="share"
      dimensions={[
        { id: "Yes", value: "yes" },
        { id: "No", value: "no" },
      ]}
      data={[{ name: "q1", share: 3, yes: 1, no: 2 }]}
    />
  ),
};

export default function App() {
  return Object.entries(CHARTS).map(([name, chart]) => (
    <section key={name} id={name}>
      {chart}
    </section>
  ));
}

const SHAPES = "svg path, svg rect, svg circle, svg line";
/** Shapes that each must have at the least. */
const EXPECTED = {
  boxplot: 4,
  bullet: 4,
  bump: 2,
  areabump: 2,
  calendar: 366,
  chord: 3,
  circles: 3,
  funnel: 2,
  geo: 1,
  heatmap: 2,
  icicle: 3,
  marimekko: 2,
};

export async function prove(t: Proof) {
  for (const [name, count] of Object.entries(EXPECTED)) {
    await t.until(() => t.all(`#${name} :is(${SHAPES})`).length >= count, `${count} shapes in ${name}`);
    for (const shape of t.all(`#${name} :is(${SHAPES})`))
      t.ok(!/NaN|undefined/.test(shape.outerHTML), `${name} is drawn whole: ${shape.outerHTML}`);
  }
  t.ok(t.text("#calendar").includes("Feb"), "the months of the calendar");
}
