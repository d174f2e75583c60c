//! IndexedDB: text by key in a handful of object stores.
//!
//! Values are JSON text, so that a record of an older version of the page is
//! read by the same serde rules as an answer of the server.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures::channel::oneshot;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const NAME: &str = "cumulet";
const VERSION: u32 = 2;

/// The object stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StoreName {
    /// App id → app record without files.
    Apps,
    /// `APP/PATH` → text of a file.
    Files,
    /// `APP/MESSAGE` → message.
    Messages,
    /// App id → the turn that is being streamed.
    Streams,
    /// App id → what the person lets the app do.
    Permissions,
}

const ALL: [StoreName; 5] = [
    StoreName::Apps,
    StoreName::Files,
    StoreName::Messages,
    StoreName::Streams,
    StoreName::Permissions,
];

impl StoreName {
    fn text(self) -> &'static str {
        match self {
            Self::Apps => "apps",
            Self::Files => "files",
            Self::Messages => "messages",
            Self::Streams => "streams",
            Self::Permissions => "permissions",
        }
    }
}

/// One write of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Write {
    /// Put a value under a key.
    Put(StoreName, String, String),
    /// Remove a key.
    Delete(StoreName, String),
    /// Remove every key that begins with `APP/`.
    DeletePrefix(StoreName, String),
}

/// Why the browser's database didn't do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Error {
    /// The browser has none, or refuses it (private window, blocked storage).
    Unavailable,
    /// No room left.
    Full,
    /// Anything else, in the browser's words.
    Failed(String),
}

/// An open database.
#[derive(Debug, Clone)]
pub(crate) struct Database(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Browser(IdbDatabase),
    /// Where the browser refuses its own: gone with the page.
    Memory(Rc<RefCell<BTreeMap<(StoreName, String), String>>>),
}

impl Database {
    /// Opens the database, makes its stores the first time.
    pub(crate) async fn open() -> Result<Self, Error> {
        let factory = web_sys::window()
            .and_then(|window| window.indexed_db().ok().flatten())
            .ok_or(Error::Unavailable)?;
        let request = factory
            .open_with_u32(NAME, VERSION)
            .map_err(|_| Error::Unavailable)?;
        let upgrade = upgrade_handler(&request);
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let result = finish(&request).await;
        request.set_onupgradeneeded(None);
        let database: IdbDatabase = result?.dyn_into().map_err(|_| Error::Unavailable)?;
        // A newer version of the page would wait without end for this one to let go.
        let closing = database.clone();
        let close = Closure::<dyn Fn()>::new(move || closing.close()).into_js_value();
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self(Kind::Browser(database)))
    }

    /// A database that is gone with the page.
    pub(crate) fn memory() -> Self {
        Self(Kind::Memory(Rc::default()))
    }

    /// Whether it outlives the page.
    pub(crate) fn is_persistent(&self) -> bool {
        matches!(self.0, Kind::Browser(_))
    }

    /// The value of a key.
    pub(crate) async fn get(&self, store: StoreName, key: &str) -> Result<Option<String>, Error> {
        let database = match &self.0 {
            Kind::Browser(database) => database,
            Kind::Memory(rows) => return Ok(rows.borrow().get(&(store, key.to_owned())).cloned()),
        };
        let request = read(database, store)?
            .get(&JsValue::from_str(key))
            .map_err(|error| from_js(&error))?;
        Ok(finish(&request).await?.as_string())
    }

    /// Every value of a store.
    pub(crate) async fn all(&self, store: StoreName) -> Result<Vec<String>, Error> {
        let database = match &self.0 {
            Kind::Browser(database) => database,
            Kind::Memory(rows) => {
                let rows = rows.borrow();
                let all = rows.iter().filter(|((name, _), _)| *name == store);
                return Ok(all.map(|(_, value)| value.clone()).collect());
            }
        };
        let request = read(database, store)?
            .get_all()
            .map_err(|error| from_js(&error))?;
        Ok(texts(&finish(&request).await?))
    }

    /// Keys (without the prefix) and values below `prefix/`.
    pub(crate) async fn below(
        &self,
        store: StoreName,
        prefix: &str,
    ) -> Result<Vec<(String, String)>, Error> {
        let start = prefix.len() + 1;
        let database = match &self.0 {
            Kind::Browser(database) => database,
            Kind::Memory(rows) => {
                let rows = rows.borrow();
                let rows = rows
                    .iter()
                    .filter(|((name, key), _)| *name == store && is_below(key, prefix));
                return Ok(rows
                    .filter_map(|((_, key), value)| {
                        Some((key.get(start..)?.to_owned(), value.clone()))
                    })
                    .collect());
            }
        };
        let objects = read(database, store)?;
        let range = prefix_range(prefix)?;
        let keys = objects
            .get_all_keys_with_key(&range)
            .map_err(|error| from_js(&error))?;
        let values = objects
            .get_all_with_key(&range)
            .map_err(|error| from_js(&error))?;
        // Both are asked for before the first is awaited: one transaction, one state.
        let (keys, values) = futures::join!(finish(&keys), finish(&values));
        Ok(texts(&keys?)
            .into_iter()
            .filter_map(|key| key.get(start..).map(str::to_owned))
            .zip(texts(&values?))
            .collect())
    }

    /// Does all writes or none; resolves when they are on disk.
    pub(crate) async fn write(&self, writes: Vec<Write>) -> Result<(), Error> {
        if writes.is_empty() {
            return Ok(());
        }
        let database = match &self.0 {
            Kind::Browser(database) => database,
            Kind::Memory(rows) => {
                let mut rows = rows.borrow_mut();
                for write in writes {
                    remember(&mut rows, write);
                }
                return Ok(());
            }
        };
        let names = js_sys::Array::new();
        for store in ALL {
            names.push(&JsValue::from_str(store.text()));
        }
        let transaction = database
            .transaction_with_str_sequence_and_mode(&names, IdbTransactionMode::Readwrite)
            .map_err(|error| from_js(&error))?;
        for write in writes {
            apply(&transaction, &write).map_err(|error| from_js(&error))?;
        }
        commit(&transaction).await
    }
}

fn read(database: &IdbDatabase, store: StoreName) -> Result<IdbObjectStore, Error> {
    database
        .transaction_with_str_and_mode(store.text(), IdbTransactionMode::Readonly)
        .and_then(|transaction| transaction.object_store(store.text()))
        .map_err(|error| from_js(&error))
}

fn is_below(key: &str, prefix: &str) -> bool {
    key.strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('/'))
}

fn remember(rows: &mut BTreeMap<(StoreName, String), String>, write: Write) {
    match write {
        Write::Put(store, key, value) => {
            rows.insert((store, key), value);
        }
        Write::Delete(store, key) => {
            rows.remove(&(store, key));
        }
        Write::DeletePrefix(store, prefix) => {
            rows.retain(|(name, key), _| *name != store || !is_below(key, &prefix));
        }
    }
}

fn apply(transaction: &IdbTransaction, write: &Write) -> Result<(), JsValue> {
    match write {
        Write::Put(store, key, value) => {
            transaction
                .object_store(store.text())?
                .put_with_key(&JsValue::from_str(value), &JsValue::from_str(key))?;
        }
        Write::Delete(store, key) => {
            transaction
                .object_store(store.text())?
                .delete(&JsValue::from_str(key))?;
        }
        Write::DeletePrefix(store, prefix) => {
            let range = prefix_range(prefix).map_err(|_| JsValue::NULL)?;
            transaction.object_store(store.text())?.delete(&range)?;
        }
    }
    Ok(())
}

fn upgrade_handler(request: &IdbOpenDbRequest) -> Closure<dyn FnMut()> {
    let request = request.clone();
    Closure::new(move || {
        let Some(database) = request
            .result()
            .ok()
            .and_then(|value| value.dyn_into::<IdbDatabase>().ok())
        else {
            return;
        };
        let existing = database.object_store_names();
        for store in ALL {
            if !existing.contains(store.text()) {
                // A store that can't be made shows as a failed transaction later.
                let _ = database.create_object_store(store.text());
            }
        }
    })
}

/// Keys from `prefix/` to before `prefix0` (`0` follows `/` in ASCII).
fn prefix_range(prefix: &str) -> Result<IdbKeyRange, Error> {
    let lower = JsValue::from_str(&format!("{prefix}/"));
    let upper = JsValue::from_str(&format!("{prefix}0"));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&lower, &upper, true, true)
        .map_err(|error| from_js(&error))
}

fn texts(value: &JsValue) -> Vec<String> {
    js_sys::Array::from(value)
        .iter()
        .filter_map(|value| value.as_string())
        .collect()
}

fn from_js(error: &JsValue) -> Error {
    match error.dyn_ref::<web_sys::DomException>() {
        Some(error) if error.name() == "QuotaExceededError" => Error::Full,
        Some(error) => Error::Failed(error.message()),
        None => Error::Failed("unknown failure".to_owned()),
    }
}

type Sender = Rc<RefCell<Option<oneshot::Sender<Result<JsValue, Error>>>>>;

fn answer(sender: &Sender, result: Result<JsValue, Error>) {
    if let Some(sender) = sender.borrow_mut().take() {
        // The receiver is gone when nobody waits any more.
        let _ = sender.send(result);
    }
}

async fn finish(request: &IdbRequest) -> Result<JsValue, Error> {
    let (sender, receiver) = oneshot::channel();
    let sender: Sender = Rc::new(RefCell::new(Some(sender)));
    let success = {
        let (sender, request) = (Rc::clone(&sender), request.clone());
        Closure::<dyn FnMut()>::new(move || {
            answer(&sender, request.result().map_err(|error| from_js(&error)));
        })
    };
    let failure = {
        let request = request.clone();
        Closure::<dyn FnMut()>::new(move || {
            let error = request.error().ok().flatten();
            answer(&sender, Err(exception(error)));
        })
    };
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(failure.as_ref().unchecked_ref()));
    let result = receiver.await.unwrap_or(Err(Error::Unavailable));
    request.set_onsuccess(None);
    request.set_onerror(None);
    result
}

async fn commit(transaction: &IdbTransaction) -> Result<(), Error> {
    let (sender, receiver) = oneshot::channel();
    let sender: Sender = Rc::new(RefCell::new(Some(sender)));
    let complete = {
        let sender = Rc::clone(&sender);
        Closure::<dyn FnMut()>::new(move || answer(&sender, Ok(JsValue::UNDEFINED)))
    };
    let abort = {
        let transaction = transaction.clone();
        Closure::<dyn FnMut()>::new(move || answer(&sender, Err(exception(transaction.error()))))
    };
    transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
    transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
    let result = receiver.await.unwrap_or(Err(Error::Unavailable));
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    result.map(|_| ())
}

fn exception(error: Option<web_sys::DomException>) -> Error {
    match error {
        Some(error) if error.name() == "QuotaExceededError" => Error::Full,
        Some(error) => Error::Failed(error.message()),
        None => Error::Failed("the browser gave no reason".to_owned()),
    }
}
