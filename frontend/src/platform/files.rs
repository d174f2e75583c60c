//! Files from the person's device: chosen, or dropped with the folders that
//! they lie in.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

/// Entries of dropped folders after which the rest is left: far more than an
/// app may have, for folders such as `node_modules`.
const MAX_ENTRIES: usize = 5_000;

/// A file, and where it lay.
#[derive(Clone)]
pub(crate) struct Picked {
    /// Its name, with the folders that came along: `img/logo.png`.
    pub(crate) path: String,
    file: File,
}

impl Picked {
    /// Size in bytes.
    pub(crate) fn size(&self) -> usize {
        // Sizes are whole numbers below 2^53.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is never negative, and a saturated one is too large anyway"
        )]
        let size = self.file.size() as usize;
        size
    }

    /// All of its bytes; `None` when it can't be read, as after it was deleted.
    pub(crate) async fn read(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.file.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// The files of a file input, which is empty again afterwards.
pub(crate) fn chosen(input: &HtmlInputElement) -> Vec<Picked> {
    let mut picked = Vec::new();
    if let Some(files) = input.files() {
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            let folder = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath"));
            let path = folder.ok().and_then(|path| path.as_string());
            picked.push(Picked {
                path: path.filter(|path| !path.is_empty()).unwrap_or(file.name()),
                file,
            });
        }
    }
    // The same file can be chosen again.
    input.set_value("");
    picked
}

/// Something that was dropped. The browser forgets it after the event unless
/// it is taken at once.
pub(crate) struct Dropped(Vec<Entry>);

enum Entry {
    Whole(FileSystemEntry),
    Alone(File),
}

/// Takes what was dropped.
pub(crate) fn dropped(transfer: &DataTransfer) -> Dropped {
    let items = transfer.items();
    let entries = (0..items.length()).filter_map(|index| {
        let item = items.get(index)?;
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) => Some(Entry::Whole(entry)),
            _ => item.get_as_file().ok().flatten().map(Entry::Alone),
        }
    });
    Dropped(entries.collect())
}

impl Dropped {
    /// All files, those in folders included. `passes` tells which folders are
    /// looked into, by their names.
    pub(crate) async fn files(self, passes: impl Fn(&str) -> bool) -> Vec<Picked> {
        let mut picked = Vec::new();
        let mut waiting: Vec<(Entry, String)> = self
            .0
            .into_iter()
            .map(|entry| (entry, String::new()))
            .collect();
        let mut entries = 0;
        while let Some((entry, folder)) = waiting.pop() {
            entries += 1;
            if entries > MAX_ENTRIES {
                break;
            }
            match entry {
                Entry::Alone(file) => picked.push(Picked {
                    path: file.name(),
                    file,
                }),
                Entry::Whole(entry) => {
                    let path = format!("{folder}{}", entry.name());
                    if let Some(entry) = entry.dyn_ref::<FileSystemFileEntry>() {
                        if let Some(file) = file_of(entry).await {
                            picked.push(Picked { path, file });
                        }
                    } else if let Some(entry) = entry.dyn_ref::<FileSystemDirectoryEntry>()
                        && passes(&entry.name())
                    {
                        let inner = entries_of(entry).await.into_iter();
                        waiting.extend(inner.map(|one| (Entry::Whole(one), format!("{path}/"))));
                    }
                }
            }
        }
        picked.sort_by(|a, b| a.path.cmp(&b.path));
        picked
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A reader gives a hundred entries at a time, and none at the end.
async fn entries_of(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut found = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            if reader
                .read_entries_with_callback_and_callback(&resolve, &reject)
                .is_err()
            {
                // Calling a function of a promise never throws.
                let _ = reject.call0(&JsValue::NULL);
            }
        });
        let Ok(batch) = JsFuture::from(promise).await else {
            return found;
        };
        let batch = Array::from(&batch);
        if batch.length() == 0 {
            return found;
        }
        found.extend(batch.iter().filter_map(|entry| entry.dyn_into().ok()));
    }
}
