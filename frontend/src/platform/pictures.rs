//! Pictures for language models: any that the browser can show, in a size that
//! models look at and a form that every provider takes.

use js_sys::{Function, Reflect};
use protocol::limits::MAX_IMAGE_BYTES;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use super::files::Picked;

/// Longest side that is sent: what Anthropic and `OpenAI` scale larger ones down to.
const MAX_SIDE: f64 = 1_568.0;
/// Qualities of JPEG that are tried, until the picture is small enough.
const QUALITIES: [f64; 3] = [0.85, 0.7, 0.5];

/// The picture as the data URL of a JPEG on white; `None` when the browser
/// can't read it as one, or it doesn't get small enough.
pub(crate) async fn for_model(picked: &Picked) -> Option<String> {
    let window = web_sys::window()?;
    // Called by its name: the typed binding takes no file.
    let create: Function = Reflect::get(&window, &JsValue::from_str("createImageBitmap"))
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: js_sys::Promise = create.call1(&window, picked.blob()).ok()?.dyn_into().ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (MAX_SIDE / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).max(1.0), (height * scale).max(1.0));

    let document = window.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both sides lie between 1 and the longest one"
    )]
    {
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
        .ok()?;
    bitmap.close();
    QUALITIES
        .iter()
        .filter_map(|quality| {
            let quality = JsValue::from_f64(*quality);
            canvas
                .to_data_url_with_type_and_encoder_options("image/jpeg", &quality)
                .ok()
        })
        .find(|url| url.len() <= MAX_IMAGE_BYTES && url.starts_with("data:image/jpeg"))
}
