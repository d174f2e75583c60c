//! What the browser has for the time without a network: the studio itself, by
//! the service worker, and files of packages.

use std::collections::BTreeSet;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, ServiceWorkerContainer, ServiceWorkerRegistration};

/// Where the bridge worker keeps them (`runtime-deps/src/workers/kept.ts`).
const PACKAGES: &str = "cumulet-deps-1";

/// Whether a whole copy of the studio is here.
pub(crate) async fn has_studio() -> bool {
    let Some(container) = container() else {
        return false;
    };
    JsFuture::from(container.get_registration())
        .await
        .ok()
        .and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok())
        .is_some_and(|registration| registration.active().is_some())
}

/// Waits until there is one; for ever where the browser keeps none.
pub(crate) async fn studio_kept() {
    match container().and_then(|container| container.ready().ok()) {
        Some(ready) => {
            // Never refused, by the standard.
            let _ = JsFuture::from(ready).await;
        }
        None => std::future::pending().await,
    }
}

/// Names of the files of packages that are here.
pub(crate) async fn kept_packages() -> BTreeSet<String> {
    let requests = async {
        let caches = web_sys::window()?.caches().ok()?;
        let cache = JsFuture::from(caches.open(PACKAGES)).await.ok()?;
        let cache: web_sys::Cache = cache.dyn_into().ok()?;
        let requests = JsFuture::from(cache.keys()).await.ok()?;
        requests.dyn_into::<Array>().ok()
    };
    let names = |request: JsValue| {
        let url = request.dyn_into::<Request>().ok()?.url();
        Some(url.rsplit_once('/')?.1.to_owned())
    };
    let found = requests.await.unwrap_or_default();
    found.iter().filter_map(names).collect()
}

/// Missing without https and in some private windows, whatever the declarations say.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.dyn_into().ok()
}
