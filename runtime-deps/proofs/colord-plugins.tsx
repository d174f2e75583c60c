// proves: colord/plugins/a11y, colord/plugins/cmyk, colord/plugins/harmonies, colord/plugins/hwb, colord/plugins/lab, colord/plugins/lch, colord/plugins/minify, colord/plugins/mix, colord/plugins/names, colord/plugins/oklab, colord/plugins/oklch, colord/plugins/xyz
import type { Proof } from "./harness/harness";
import { colord, extend } from "colord";
import a11y from "colord/plugins/a11y";
import cmyk from "colord/plugins/cmyk";
import harmonies from "colord/plugins/harmonies";
import hwb from "colord/plugins/hwb";
import lab from "colord/plugins/lab";
import lch from "colord/plugins/lch";
import minify from "colord/plugins/minify";
import mix from "colord/plugins/mix";
import names from "colord/plugins/names";
import oklab from "colord/plugins/oklab";
import oklch from "colord/plugins/oklch";
import xyz from "colord/plugins/xyz";

extend([a11y, cmyk, harmonies, hwb, lab, lch, minify, mix, names, oklab, oklch, xyz]);

export default function App() {
  return (
    <ul>
      {colord("tomato")
        .harmonies("triadic")
        .map((color) => (
          <li key={color.toHex()} style={{ background: color.toHex() }}>
            {color.toHex()}
          </li>
        ))}
    </ul>
  );
}

export function prove(t: Proof) {
  t.equal(
    t.all("li").map((item) => item.innerText),
    ["#ff6347", "#47ff63", "#6347ff"],
  );
  t.equal(
    [colord("#fff").contrast("#000"), colord("#ff0000").toName(), colord("#ff0000").minify({ name: true })],
    [21, "red", "red"],
  );
  t.equal(colord("red").mix("blue").isValid(), true);
  t.equal(
    [
      colord("red").toCmyk().m,
      colord("red").toHwb().h,
      Math.round(colord("red").toLab().l),
      Math.round(colord("red").toXyz().x),
    ],
    [100, 0, 54, 44],
  );
  t.equal([Math.round(colord("red").toOklch().h), Math.round(colord("red").toOklab().l * 100)], [29, 63]);
  t.ok(colord("red").toLchString().startsWith("lch("), "LCH");
}
