//! Every limit that both sides enforce, in one place.

/// Largest single source file, in bytes of UTF-8.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;
/// Largest binary file, in bytes of its own: as a text in Base64, with the head
/// of a data URL, it has four thirds of that.
pub const MAX_ASSET_BYTES: usize = 767 * 1024;
/// Largest app: the sum of its files, in bytes.
pub const MAX_APP_BYTES: usize = 5 * 1024 * 1024;
/// Most files in one app.
pub const MAX_FILES: usize = 500;
/// Longest project path, in bytes.
pub const MAX_PATH_BYTES: usize = 200;
/// Longest id of an app, a message, a template or a provider, in bytes.
pub const MAX_ID_BYTES: usize = 40;
/// Longest app name, in characters.
pub const MAX_APP_NAME_CHARS: usize = 80;
/// Longest prompt, in bytes.
pub const MAX_PROMPT_BYTES: usize = 32 * 1024;
/// Longest message a conversation keeps, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 256 * 1024;
/// Pictures in one request to a model.
pub const MAX_IMAGES: usize = 4;
/// Largest picture in a request to a model: its data URL, in bytes.
pub const MAX_IMAGE_BYTES: usize = 1_500_000;
/// Times that a cut answer is continued, before the file is asked for anew.
pub const MAX_CONTINUATIONS: u32 = 2;
/// Files that are asked for by name because others import them and they weren't written.
pub const MAX_MISSING_FILES: usize = 5;
/// Largest request body that the server reads, in bytes: one whole app as
/// JSON, where escaping can add to its size.
pub const MAX_BODY_BYTES: usize = 12 * 1024 * 1024;

/// Period of the frame's heartbeat, in milliseconds.
pub const HEARTBEAT_MS: u32 = 250;
/// Silence after which a visible frame counts as not responding. The bridge
/// looks once a second, and at most 6 s may pass until the person is told.
pub const FRAME_SILENT_MS: u32 = 4_500;
/// Silence after which a visible frame is stopped without asking.
pub const FRAME_STOP_MS: u32 = 15_000;
/// Time after which a loop of an app that lets nothing else run is ended with an
/// error: before the frame counts as not responding.
pub const LOOP_MAX_MS: u32 = 3_000;
/// Time in which a preview must be ready or name a cause.
pub const READY_TIMEOUT_MS: u32 = 8_000;
/// Time after which one compile is ended together with its worker.
pub const COMPILE_TIMEOUT_MS: u32 = 10_000;

/// Arguments kept of one console call.
pub const CONSOLE_MAX_ARGS: usize = 20;
/// Bytes kept of one console argument.
pub const CONSOLE_MAX_ARG_BYTES: usize = 8 * 1024;
/// Bytes kept of one console call.
pub const CONSOLE_MAX_CALL_BYTES: usize = 64 * 1024;
/// Console entries that the studio keeps.
pub const CONSOLE_MAX_ENTRIES: usize = 1_000;
/// Messages a second that a frame may send in the long run.
pub const BRIDGE_MESSAGES_PER_SECOND: u32 = 100;
/// Messages a frame may send at once.
pub const BRIDGE_BURST: u32 = 200;
/// Largest single message from a frame, in bytes.
pub const BRIDGE_MAX_MESSAGE_BYTES: usize = 256 * 1024;

/// Version of what is spoken over a frame's port; raised when a message changes its meaning.
pub const BRIDGE_VERSION: u32 = 1;
/// Calls of an app that may wait for their answers.
pub const BRIDGE_MAX_IN_FLIGHT: usize = 64;
/// Dialogs of an app that may wait for the person.
pub const DIALOGS_MAX_WAITING: usize = 8;
/// Text of an app's dialog, in UTF-16 code units.
pub const DIALOG_MAX_CHARS: usize = 2_000;
/// Text that an app puts into the clipboard, in UTF-16 code units.
pub const CLIPBOARD_MAX_CHARS: usize = 100_000;
/// Content of all downloads that wait for the person, in bytes.
pub const DOWNLOAD_MAX_BYTES: usize = 50 * 1024 * 1024;
/// Name of a downloaded file, in UTF-16 code units.
pub const DOWNLOAD_NAME_MAX_CHARS: usize = 120;
/// Time in which the buttons of a permission dialog do nothing, in milliseconds: a click that was
/// meant for the app doesn't land on them.
pub const CONSENT_DEAD_MS: u32 = 500;
/// Address of an app in its own history, in UTF-16 code units.
pub const APP_PATH_MAX_CHARS: usize = 2_048;
/// Components, and places of elements, that a picked element is told with.
pub const PICK_MAX_COMPONENTS: usize = 8;
/// Name of one of these components, in UTF-16 code units.
pub const PICK_MAX_NAME_CHARS: usize = 100;
/// Picture of an app, in bytes of PNG.
pub const CAPTURE_MAX_BYTES: usize = 10 * 1024 * 1024;

/// Body of an app's request to the outside, in bytes.
pub const FETCH_MAX_REQUEST_BYTES: usize = 128 * 1024;
/// Body of the answer, in bytes.
pub const FETCH_MAX_RESPONSE_BYTES: usize = 2 * 1024 * 1024;
/// Time for the whole request, redirects included, in milliseconds.
pub const FETCH_TIMEOUT_MS: u32 = 10_000;
/// Redirects that are followed.
pub const FETCH_MAX_REDIRECTS: usize = 5;
/// Requests to the outside of one app in a minute.
pub const FETCH_PER_MINUTE: usize = 100;
/// Picture that an app shows of another host, in bytes.
pub const PICTURE_MAX_BYTES: usize = 5 * 1024 * 1024;
/// Such pictures of one app in a minute: a page with sixty of them, started anew five times.
pub const PICTURES_PER_MINUTE: usize = 300;
/// Headers of one request or answer.
pub const FETCH_MAX_HEADERS: usize = 64;
/// Name and value of one header, in bytes.
pub const FETCH_MAX_HEADER_BYTES: usize = 8 * 1024;
/// Longest address that an app may ask for, in UTF-16 code units.
pub const FETCH_MAX_URL_CHARS: usize = 4_096;
/// Different requests that a frame tells at once of those that the policies stopped.
pub const BLOCKED_MAX_ATTEMPTS: usize = 50;
/// Largest side of a page that an app prints, in CSS pixels: some eighty sheets.
pub const PRINT_MAX_PX: u32 = 100_000;
/// Requests that the studio's log keeps of an app.
pub const OUTSIDE_LOG_MAX_ENTRIES: usize = 500;

/// Nesting shown of one console argument, which itself is at 0.
pub const CONSOLE_MAX_DEPTH: u32 = 6;
/// Values shown of one console call, nested ones included.
pub const CONSOLE_MAX_NODES: u32 = 250;
/// Name of a value inside another, in UTF-16 code units.
pub const CONSOLE_MAX_KEY_CHARS: usize = 200;
/// `console.group`s one in the other.
pub const CONSOLE_MAX_GROUPS: u32 = 20;
/// Bytes kept of one error's message.
pub const ERROR_MAX_BYTES: usize = 8 * 1024;
/// Time after which an app without visible content is said to have rendered
/// nothing, in milliseconds.
pub const NOTHING_RENDERED_MS: u32 = 1_500;
/// Largest `localStorage` of an app: keys and values, in UTF-16 code units, as
/// browsers count it, and [`STORAGE_ITEM_CHARS`] for each item.
pub const STORAGE_MAX_CHARS: usize = 5 * 1024 * 1024;
/// What an item of a storage counts beside its key and value. Each is a record
/// that is read before the app starts: hundreds of thousands of tiny ones would
/// hold it up for seconds.
pub const STORAGE_ITEM_CHARS: usize = 64;
/// Longest time that a change of the app's data waits in the frame before it
/// goes to the bridge, in milliseconds.
pub const DATA_BATCH_MS: u32 = 50;
/// Size of one batch of such changes, in bytes; one transaction of IndexedDB
/// that is larger goes as several.
pub const DATA_MAX_BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Changes in one batch.
pub const DATA_MAX_BATCH_CHANGES: usize = 20_000;
/// Batches that a frame may have on the way: one, and what it flushes when it goes.
pub const DATA_MAX_UNACKNOWLEDGED: usize = 4;
/// Most that one app keeps in databases and collections together, in bytes.
pub const DATA_MAX_BYTES: usize = 50 * 1024 * 1024;
/// Largest key of a database's record, in bytes.
pub const DATA_MAX_KEY_BYTES: usize = 1024;
/// Largest value of a database's record, in bytes.
pub const DATA_MAX_VALUE_BYTES: usize = 1024 * 1024;
/// Longest name of a database, object store, index or collection, in characters.
pub const DATA_MAX_NAME_CHARS: usize = 200;
/// Databases of one app, and object stores in one of them.
pub const DATA_MAX_STORES: usize = 100;
/// Largest document of a collection: its JSON, in UTF-16 code units.
pub const DOCUMENT_MAX_CHARS: usize = 64 * 1024;
/// Nesting of a document.
pub const DOCUMENT_MAX_DEPTH: usize = 16;
/// Longest id of a document, in characters.
pub const DOCUMENT_MAX_ID_CHARS: usize = 200;
/// Documents of one collection.
pub const COLLECTION_MAX_DOCUMENTS: usize = 10_000;
/// Collections of one app.
pub const APP_MAX_COLLECTIONS: usize = 50;
/// Documents that go to the server or come from it at once.
pub const EXCHANGE_MAX_DOCUMENTS: usize = 500;
/// Their JSON together, in UTF-16 code units; one document goes whatever its size.
pub const EXCHANGE_MAX_CHARS: usize = 2 * 1024 * 1024;
