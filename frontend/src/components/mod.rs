//! Reusable views without application state: values come in as signals,
//! events go out through callbacks. The toasts alone read their store.

pub(crate) mod button;
pub(crate) mod dialog;
pub(crate) mod empty_state;
pub(crate) mod field;
pub(crate) mod file_input;
pub(crate) mod icon;
pub(crate) mod logo;
pub(crate) mod menu;
pub(crate) mod notice;
pub(crate) mod segmented;
pub(crate) mod skeleton;
pub(crate) mod split_pane;
pub(crate) mod status_pill;
pub(crate) mod tabs;
pub(crate) mod text_area;
pub(crate) mod toast_view;
