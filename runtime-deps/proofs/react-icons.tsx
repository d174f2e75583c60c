// proves: react-icons
import type { Proof } from "./harness/harness";
import { IconContext } from "react-icons";
import { FaGithub } from "react-icons/fa";
import { FaReact } from "react-icons/fa6";
import { MdDelete } from "react-icons/md";

export default function App() {
  return (
    <IconContext.Provider value={{ color: "rgb(0, 0, 255)", className: "icon", size: "2em" }}>
      <FaGithub />
      <FaReact title="React" />
      <MdDelete size={40} />
    </IconContext.Provider>
  );
}

export function prove(t: Proof) {
  const [github, react, bin] = t.all<SVGElement>("svg.icon");
  t.ok(github && react && bin, "three icons with the context's class");
  t.equal([github.getAttribute("width"), bin.getAttribute("width")], ["2em", "40"]);
  t.equal(getComputedStyle(github).color, "rgb(0, 0, 255)");
  t.equal(react.querySelector("title")?.textContent, "React");
}
