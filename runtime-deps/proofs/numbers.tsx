// proves: numeral, big.js, accounting
import type { Proof } from "./harness/harness";
import accounting from "accounting";
import Big from "big.js";
import numeral from "numeral";

export default function App() {
  const sum = new Big("0.1").plus("0.2").times(3);
  return (
    <ul>
      <li>{sum.toString()}</li>
      <li>{numeral(1234567.891).format("0,0.00")}</li>
      <li>{accounting.formatMoney(4999.99, "€", 2, ".", ",")}</li>
    </ul>
  );
}

export function prove(t: Proof) {
  t.equal(
    t.all("li").map((item) => item.innerText),
    ["0.9", "1,234,567.89", "€4.999,99"],
  );
  t.equal(new Big(1).div(3).toFixed(5), "0.33333");
  t.equal(
    [numeral(0.974).format("0.0%"), numeral("1.5k").value(), numeral(2048).format("0 b")],
    ["97.4%", 1500, "2 KB"],
  );
  t.equal(accounting.unformat("£ 12,345.67"), 12345.67);
}
