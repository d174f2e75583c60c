/** A row of the check list: a kind of attack and what must come of it. */
export interface Row {
  id: string;
  attack: string;
  expected: string;
  /** Why nothing of it can be tried yet, or which part can't. */
  notYet?: string;
}

const SERVER =
  "Tried on the server's router instead, with every notation of an address: server/tests/it/outside.rs.";
const SESSION = "Tried on the bridge's end of the port instead: runtime-deps/test/runtime/session.test.mjs.";

function row(id: string, attack: string, expected: string, notYet?: string): Row {
  return notYet === undefined ? { id, attack, expected } : { id, attack, expected, notYet };
}

/** Every row, in the order of the document. */
export const CHECKLIST: readonly Row[] = [
  row("E01", "The inner frame's sandbox", "exactly `allow-scripts allow-forms`"),
  row("E02", "DOM, storage and functions of the pages around", "SecurityError"),
  row("E03", "Taking the sandbox off by `frameElement`", "there is none"),
  row("E04", "Cookies and storage by the browser's own getters", "SecurityError; nothing of the studio's"),
  row("E05", "Fresh globals from a nested frame", "SecurityError, or no frame"),
  row("E06", "Code in nested frames", "doesn't run"),
  row("E07", "Text as code", "refused by the bundler where it is written plainly, by the policies otherwise"),
  row("E08", "Code from elsewhere", "refused, and nobody is asked"),
  row("E09", "Workers", "a blob worker runs, and has no more than the frame; others don't start"),
  row("E10", "New windows", "none"),
  row("E11", "Navigation of the pages around", "refused; the studio's address stays"),
  row("E12", "The shell by itself, or framed by others", "shows nothing, gives no port"),
  row("E13", "A shell whose headers were lost", "no app, and a notice that names the sandbox"),
  row(
    "E14",
    "A shell from another place: from the service worker without a server, or on an origin of its own",
    "the same policies",
  ),
  row("X01", "fetch, XMLHttpRequest, beacons", "nothing is heard"),
  row("X02", "WebSocket, server-sent events, WebTransport", "nothing is heard"),
  row("X03", "Pictures and media, by markup and styles", "nothing is heard"),
  row("X04", "Style sheets, fonts, selectors that read fields", "nothing is heard"),
  row("X05", "Prefetch, preload, prerender, speculation rules", "nothing is heard"),
  row(
    "X06",
    "Name lookups and connections in advance",
    "nothing is heard, not even by the name server",
    "The control's browser context is a private window and does neither by itself, so these aren't shown to be attacks here.",
  ),
  row("X07", "Navigation of the app's own frame", "nothing is heard"),
  row("X08", "Requests to the studio's own server", "none arrives"),
  row("X09", "Nested frames with addresses", "nothing is heard"),
  row("X10", "Forms", "nothing is heard"),
  row("X11", "Peer connections", "nothing is heard; the constructor is gone"),
  row("X12", "Ping, download, attribution, reports, XSLT", "nothing is heard; no download"),
  row("X13", "Other schemes", "nothing is heard"),
  row("X14", "Names, address, history and storage after a reload and in the next app", "empty, but for the address of an app that is reloaded"),
  row("X15", "One app to another in a second tab", "nothing is received"),
  row("X16", "Through the studio's own requests", "denied and logged"),
  row("B01", "Forged window messages", "ignored"),
  row("B02", "A handshake by somebody else's page", "ignored"),
  row("B03", "A second handshake", "ignored"),
  row("B04", "Messages sent again", "refused; who goes on is put out"),
  row("B05", "The port of a frame that is gone", "says nothing more"),
  row("B06", "Another app's data", "an app's id comes from its port alone"),
  row("B07", "Malformed messages", "refused; the studio goes on without an error"),
  row("B08", "Prototype pollution", "no prototype changes in the page, the workers, the frame"),
  row("B09", "Messages that are too large", "refused; who repeats it is put out"),
  row("B10", "Deep and cyclic messages", "refused"),
  row("B11", "Flood of the port", "put out, and runs again when asked"),
  row("B12", "Flood of window messages", "put out, and runs again when asked"),
  row("B13", "Requests without end", "bounded"),
  row("B14", "Several answers to one request of the studio", "the first counts", SESSION),
  row("B15", "Header smuggling", "stripped or refused", SERVER),
  row("B16", "The server's own network", "refused", SERVER),
  row("B17", "Storage without end", "QuotaExceededError in the app"),
  row("B18", "Console and errors: floods, getters, markup", "bounded, and shown as text"),
  row("D01", "Endless loops", "the studio goes on, says so, and runs the app again"),
  row("D02", "A loop beside another app", "the other tab goes on"),
  row("D03", "Memory without end", "the studio goes on and says that the app is gone"),
  row("D04", "Dialogs", "none shows; a question isn't answered with consent"),
  row("D05", "Focus", "no field for a secret stands beside an app"),
  row("D06", "History", "the studio's own way back works"),
  row("D07", "A false interface over the whole frame", "stays within the frame, below the studio's bar"),
  row("D08", "Reloads in the middle of a handshake", "one frame, one state"),
  row("D09", "Styles, elements and sounds without end", "the studio stays usable; no sound"),
  row("D10", "What would ask the person", "refused"),
  row("D11", "Hostile source", "an error, and the studio goes on"),
  row("D12", "Dependency files that somebody changed", "not run"),
];
