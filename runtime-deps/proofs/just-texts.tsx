// proves: just-camel-case, just-capitalize, just-kebab-case, just-pascal-case, just-snake-case, just-template, just-truncate, just-clamp, just-mean, just-modulo, just-percentile, just-random-integer, just-standard-deviation, just-compose, just-curry-it, just-pipe
import type { Proof } from "./harness/harness";
import camelCase from "just-camel-case";
import capitalize from "just-capitalize";
import clamp from "just-clamp";
import compose from "just-compose";
import curry from "just-curry-it";
import kebabCase from "just-kebab-case";
import mean from "just-mean";
import modulo from "just-modulo";
import pascalCase from "just-pascal-case";
import percentile from "just-percentile";
// @ts-expect-error: its exports leave its declarations out
import pipe from "just-pipe";
import randomInteger from "just-random-integer";
import snakeCase from "just-snake-case";
import standardDeviation from "just-standard-deviation";
import template from "just-template";
import truncate from "just-truncate";

const shout = (text: string) => `${text}!`;

export default function App() {
  return (
    <p>{template("{{name}} is {{age}}", { name: capitalize("ada"), age: String(clamp(0, 200, 99)) })}</p>
  );
}

export function prove(t: Proof) {
  t.equal(t.text("p"), "Ada is 99");
  const text = "to do list";
  t.equal(
    [camelCase(text), kebabCase(text), pascalCase(text), snakeCase(text)],
    ["toDoList", "to-do-list", "ToDoList", "to_do_list"],
  );
  t.equal(truncate("when shall we meet", 9), "when s...");
  t.equal(
    [mean([1, 2, 3]), modulo(-1, 5), percentile([1, 2, 3], 0.5), standardDeviation([1, 2, 3])],
    [2, 4, 2, 1],
  );
  t.equal([pipe("a", shout, shout), compose(shout, capitalize)("ada")], ["a!!", "Ada!"]);
  t.equal(curry((a: number, b: number) => a + b)(1)(2), 3);
  t.ok([4, 5].includes(randomInteger(4, 5)), "between 4 and 5");
}
