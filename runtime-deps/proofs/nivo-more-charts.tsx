// proves: @nivo/network, @nivo/parallel-coordinates, @nivo/polar-bar, @nivo/radar, @nivo/radial-bar, @nivo/sankey, @nivo/scatterplot, @nivo/stream, @nivo/sunburst, @nivo/swarmplot, @nivo/tree, @nivo/treemap, @nivo/voronoi, @nivo/waffle, @nivo/generators
import type { Proof } from "./harness/harness";
import { generateNetworkData, generateSwarmPlotData } from "@nivo/generators";
import { Network } from "@nivo/network";
// @ts-expect-error: it comes without declarations
import { ParallelCoordinates } from "@nivo/parallel-coordinates";
import { PolarBar } from "@nivo/polar-bar";
import { Radar } from "@nivo/radar";
import { RadialBar } from "@nivo/radial-bar";
import { Sankey } from "@nivo/sankey";
import { ScatterPlot } from "@nivo/scatterplot";
import { Stream } from "@nivo/stream";
import { Sunburst } from "@nivo/sunburst";
import { SwarmPlot } from "@nivo/swarmplot";
import { Tree } from "@nivo/tree";
import { TreeMap } from "@nivo/treemap";
import { Voronoi } from "@nivo/voronoi";
import { Waffle } from "@nivo/waffle";

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
const fruit = [
  { taste: "sweet", pear: 5, plum: 3 },
  { taste: "sour", pear: 1, plum: 4 },
  { taste: "dry", pear: 2, plum: 2 },
];
const { nodes, links } = generateNetworkData({});
const swarm = generateSwarmPlotData(["a", "b"], { min: 5, max: 8 });

const CHARTS: Record<string, React.ReactNode> = {
  network: <Network {...size} data={{ nodes, links }} />,
  parallel: (
    <ParallelCoordinates
      {...size}
      data={[
        { id: "x", a: 1, b: 2 },
        { id: "y", a: 2, b: 1 },
      ]}
      variables={[
        { id: "a", value: "a" },
        { id: "b", value: "b" },
      ]}
    />
  ),
  polar: <PolarBar {...size} data={fruit} indexBy="taste" keys={["pear", "plum"]} />,
  radar: <Radar {...size} data={fruit} keys={["pear", "plum"]} indexBy="taste" />,
  radial: (
    <RadialBar
      {...size}
      data={[
        { id: "a", data: [{ x: "x", y: 3 }] },
        { id: "b", data: [{ x: "x", y: 2 }] },
      ]}
    />
  ),
  sankey: (
    <Sankey
      {...size}
      data={{ nodes: [{ id: "a" }, { id: "b" }], links: [{ source: "a", target: "b", value: 2 }] }}
    />
  ),
  scatter: (
    <ScatterPlot
      {...size}
      data={[
        {
          id: "s",
          data: [
            { x: 1, y: 2 },
            { x: 3, y: 4 },
          ],
        },
      ]}
    />
  ),
  stream: (
    <Stream
      {...size}
      data={[
        { a: 1, b: 2 },
        { a: 2, b: 1 },
      ]}
      keys={["a", "b"]}
    />
  ),
  sunburst: <Sunburst {...size} data={tree} />,
  swarm: (
    <SwarmPlot
      {...size}
      data={swarm.data}
      groups={["a", "b"]}
      value="price"
      valueScale={{ type: "linear", min: 0, max: 500 }}
      size={4}
    />
  ),
  tree: <Tree {...size} data={tree} identity="id" />,
  treemap: <TreeMap {...size} data={tree} />,
  voronoi: (
    <Voronoi
      {...size}
      data={[
        { id: "a", x: 0.2, y: 0.5 },
        { id: "b", x: 0.8, y: 0.5 },
      ]}
    />
  ),
  waffle: <Waffle {...size} data={[{ id: "a", label: "A", value: 30 }]} total={100} rows={5} columns={10} />,
};

export default function App() {
  return Object.entries(CHARTS).map(([name, chart]) => (
    <section key={name} id={name}>
      {chart}
    </section>
  ));
}

const SHAPES = "svg path, svg rect, svg circle, svg line, svg polygon";
/** Shapes that each must have at the least. */
const EXPECTED = {
  network: nodes.length,
  parallel: 2,
  polar: 6,
  radar: 2,
  radial: 2,
  sankey: 3,
  scatter: 2,
  stream: 2,
  sunburst: 2,
  swarm: 10,
  tree: 5,
  treemap: 2,
  voronoi: 1,
  waffle: 50,
};

export async function prove(t: Proof) {
  for (const [name, count] of Object.entries(EXPECTED)) {
    await t.until(() => t.all(`#${name} :is(${SHAPES})`).length >= count, `${count} shapes in ${name}`);
    for (const shape of t.all(`#${name} :is(${SHAPES})`))
      t.ok(!/NaN|undefined/.test(shape.outerHTML), `${name} is drawn whole: ${shape.outerHTML}`);
  }
}
