//! Files from the person's device: chosen, or dropped with the folders that
//! they lie in.

use js_sys::{Array, Function, Promise, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, DragEvent, File, FileSystemDirectoryEntry,
    FileSystemEntry, FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Url,
};

/// Entries of dropped folders after which the rest is left: far more than an
/// app may have, for folders such as `node_modules`.
pub(crate) const MAX_ENTRIES: usize = 5_000;

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

    /// What the browser can make a picture of.
    pub(super) fn blob(&self) -> &Blob {
        &self.file
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

/// The files in what was pasted or dropped, without folders.
pub(crate) fn carried(transfer: &DataTransfer) -> Vec<Picked> {
    let files = transfer.files();
    (0..files.as_ref().map_or(0, web_sys::FileList::length))
        .filter_map(|index| files.as_ref()?.get(index))
        .map(|file| Picked {
            path: file.name(),
            file,
        })
        .collect()
}

/// Whether files are dragged, rather than a text or a link.
pub(crate) fn has_files(event: &DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
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

/// What was found in what was dropped.
#[derive(Default)]
pub(crate) struct Found {
    /// The files, sorted by their paths.
    pub(crate) picked: Vec<Picked>,
    /// Paths of files and folders that can't be read.
    pub(crate) unread: Vec<String>,
    /// There are more than [`MAX_ENTRIES`], which weren't all looked at.
    pub(crate) is_cut: bool,
}

impl Dropped {
    /// All files, those in folders included. `passes` tells which folders are
    /// looked into, by their names.
    pub(crate) async fn files(self, passes: impl Fn(&str) -> bool) -> Found {
        let mut found = Found::default();
        let mut waiting: Vec<(Entry, String)> = self
            .0
            .into_iter()
            .map(|entry| (entry, String::new()))
            .collect();
        let mut entries = 0;
        while let Some((entry, folder)) = waiting.pop() {
            entries += 1;
            if entries > MAX_ENTRIES {
                found.is_cut = true;
                break;
            }
            match entry {
                Entry::Alone(file) => found.picked.push(Picked {
                    path: file.name(),
                    file,
                }),
                Entry::Whole(entry) => {
                    let path = format!("{folder}{}", entry.name());
                    if let Some(entry) = entry.dyn_ref::<FileSystemFileEntry>() {
                        match file_of(entry).await {
                            Some(file) => found.picked.push(Picked { path, file }),
                            None => found.unread.push(path),
                        }
                    } else if let Some(entry) = entry.dyn_ref::<FileSystemDirectoryEntry>()
                        && passes(&entry.name())
                    {
                        match entries_of(entry).await {
                            Some(inner) => {
                                let inner = inner.into_iter();
                                waiting.extend(
                                    inner.map(|one| (Entry::Whole(one), format!("{path}/"))),
                                );
                            }
                            None => found.unread.push(path),
                        }
                    }
                }
            }
        }
        found.picked.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A reader gives a hundred entries at a time, and none at the end.
async fn entries_of(folder: &FileSystemDirectoryEntry) -> Option<Vec<FileSystemEntry>> {
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
        let batch = Array::from(&JsFuture::from(promise).await.ok()?);
        if batch.length() == 0 {
            return Some(found);
        }
        found.extend(batch.iter().filter_map(|entry| entry.dyn_into().ok()));
    }
}

/// Gives the person a file, as the browser does with any download.
///
/// # Errors
/// The browser can't hold a text of this size.
pub(crate) fn save(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link = document()
        .create_element("a")?
        .dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has its own hold on the content by now.
    Url::revoke_object_url(&address)
}
