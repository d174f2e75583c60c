//! What the person lets the open app do.
//!
//! Decisions belong to this browser and this app: somebody else's app starts
//! with none, and a copy does too.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::Handle;
use super::disk::Disk;
use crate::platform::clock::new_id;
use crate::platform::idb::StoreName;
use crate::platform::records::{Permission, PermissionsRecord, put};

/// A decision as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    /// About what.
    pub(crate) permission: Permission,
    /// Yes or no.
    pub(crate) is_allowed: bool,
    /// It holds until it is revoked, rather than until the app starts anew.
    pub(crate) is_kept: bool,
}

/// Handle to the open app's permissions.
pub(crate) type Permissions = Handle<PermissionsStore>;

/// What stands behind [`Permissions`].
pub(crate) struct PermissionsStore {
    app_id: StoredValue<String>,
    record: RwSignal<PermissionsRecord>,
    /// Decisions for as long as the app runs.
    passing: RwSignal<BTreeMap<Permission, bool>>,
    disk: Disk,
}

impl Permissions {
    pub(super) fn new() -> Self {
        Handle::keep(PermissionsStore {
            app_id: StoredValue::new(String::new()),
            record: RwSignal::new(PermissionsRecord::default()),
            passing: RwSignal::new(BTreeMap::new()),
            disk: Disk::expect(),
        })
    }

    /// The page's permissions.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// All decisions, those that are kept first.
    pub(crate) fn decisions(self) -> Vec<Decision> {
        let kept = self.record.with(|record| {
            let allowed = record.allowed.iter().cloned();
            allowed
                .map(|permission| Decision {
                    permission,
                    is_allowed: true,
                    is_kept: true,
                })
                .collect::<Vec<_>>()
        });
        let passing = self.passing.with(|passing| {
            let decisions = passing.iter();
            decisions
                .map(|(permission, is_allowed)| Decision {
                    permission: permission.clone(),
                    is_allowed: *is_allowed,
                    is_kept: false,
                })
                .collect::<Vec<_>>()
        });
        kept.into_iter().chain(passing).collect()
    }

    /// The app has to ask again.
    pub(crate) fn revoke(self, permission: &Permission) {
        self.passing.update(|passing| {
            passing.remove(permission);
        });
        self.record.update(|record| {
            record.allowed.remove(permission);
        });
        self.save();
    }

    /// Another app.
    pub(super) fn open(self, app_id: &str, mut record: PermissionsRecord) {
        app_id.clone_into(&mut self.app_id.write_value());
        self.forget_passing();
        let is_new = record.viewer.is_empty();
        if is_new {
            record.viewer = new_id();
        }
        self.record.set(record);
        if is_new {
            self.save();
        }
    }

    /// The app ended.
    pub(super) fn forget_passing(self) {
        if !self.passing.with_untracked(BTreeMap::is_empty) {
            self.passing.update(BTreeMap::clear);
        }
    }

    pub(super) fn app_id(self) -> String {
        self.app_id.get_value()
    }

    /// What the app knows of the person.
    pub(super) fn viewer(self) -> String {
        self.record.with_untracked(|record| record.viewer.clone())
    }

    /// What was decided; `None` when the person has to be asked.
    pub(super) fn decided(self, permission: &Permission) -> Option<bool> {
        let is_kept = self
            .record
            .with_untracked(|record| record.allowed.contains(permission));
        if is_kept {
            return Some(true);
        }
        self.passing
            .with_untracked(|passing| passing.get(permission).copied())
    }

    /// Keeps a yes.
    pub(super) fn allow(self, permission: Permission) {
        self.record.update(|record| {
            record.allowed.insert(permission);
        });
        self.save();
    }

    /// Keeps a decision for as long as the app runs.
    pub(super) fn decide_passing(self, permission: Permission, is_allowed: bool) {
        self.passing.update(|passing| {
            passing.insert(permission, is_allowed);
        });
    }

    /// Hosts that the app may reach, or those that it may show pictures of.
    pub(super) fn hosts(self, for_pictures: bool) -> Vec<String> {
        let allowed = self.decisions_untracked();
        allowed
            .into_iter()
            .filter_map(|permission| match permission {
                Permission::Host { host } => Some(host),
                Permission::Pictures { host } if for_pictures => Some(host),
                _ => None,
            })
            .collect()
    }

    fn decisions_untracked(self) -> Vec<Permission> {
        let mut allowed: Vec<Permission> = self
            .record
            .with_untracked(|record| record.allowed.iter().cloned().collect());
        self.passing.with_untracked(|passing| {
            let yes = passing.iter().filter(|(_, is_allowed)| **is_allowed);
            allowed.extend(yes.map(|(permission, _)| permission.clone()));
        });
        allowed
    }

    fn save(self) {
        let app_id = self.app_id.get_value();
        if !app_id.is_empty() {
            let write = self
                .record
                .with_untracked(|record| put(StoreName::Permissions, app_id, record));
            self.disk.queue([write]);
        }
    }
}
