// proves: wouter, wouter/use-hash-location, wouter/use-browser-location, wouter/memory-location
// sandbox: The address bar belongs to the page around the app. Hash and memory locations work as usual; with browser locations, pushState changes an in-memory history of the preview, so that location.pathname stays what it is: use useHashLocation.
import type { Proof } from "./harness/harness";
import { Link, Route, Router, Switch, useLocation, useParams } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { navigate } from "wouter/use-browser-location";
import { useHashLocation } from "wouter/use-hash-location";

function Person() {
  return <p id="page">Person {useParams().id}</p>;
}

function Where() {
  const [location, go] = useLocation();
  return <button onClick={() => go("/people/2")}>{location}</button>;
}

const memory = memoryLocation({ path: "/start" });

export default function App() {
  return (
    <main>
      <Router hook={useHashLocation}>
        <Where />
        <Link href="/people/1">One</Link>
        <Switch>
          <Route path="/people/:id" component={Person} />
          <Route>
            <p id="page">Home</p>
          </Route>
        </Switch>
      </Router>
      <Router hook={memory.hook}>
        <Route path="/start">
          <i>memory</i>
        </Route>
      </Router>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("#page", "Home");
  t.equal(t.text("i"), "memory");
  await t.press("text=One");
  await t.shows("#page", "Person 1");
  t.equal(location.hash, "#/people/1");
  await t.press("button");
  await t.shows("#page", "Person 2");
  memory.navigate("/elsewhere");
  await t.gone("i");
  const { pathname } = location;
  navigate("/somewhere");
  t.equal(location.pathname, pathname, "the path");
}
