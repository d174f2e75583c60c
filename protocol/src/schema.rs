//! Schemas that the derives can't say: texts with rules of their own, and the
//! files of an app. For the document of the API; no value has these types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::limits::{MAX_FILE_BYTES, MAX_FILES, MAX_ID_BYTES, MAX_PATH_BYTES};

/// What [`crate::app::is_valid_id`] accepts.
#[derive(Debug)]
pub enum Id {}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "minLength": 1,
            "maxLength": MAX_ID_BYTES,
            "pattern": "^[a-z0-9-]+$",
        })
    }
}

/// What [`crate::provider::check_provider_id`] accepts.
#[derive(Debug)]
pub enum ProviderId {}

impl JsonSchema for ProviderId {
    fn schema_name() -> Cow<'static, str> {
        "ProviderId".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Id::json_schema(generator);
        schema.insert("not".to_owned(), json_schema!({ "const": "health" }).into());
        schema
    }
}

/// A path in a project, see [`crate::path::check_path`].
#[derive(Debug)]
pub enum FilePath {}

impl JsonSchema for FilePath {
    fn schema_name() -> Cow<'static, str> {
        "FilePath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Path in the project, with `/` between folders. At most this many bytes of UTF-8.",
            "minLength": 1,
            "maxLength": MAX_PATH_BYTES,
        })
    }
}

/// [`crate::app::Files`].
#[derive(Debug)]
pub enum Files {}

impl JsonSchema for Files {
    fn schema_name() -> Cow<'static, str> {
        "Files".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "Project path to text. A binary file is the data URL of its bytes.",
            "maxProperties": MAX_FILES,
            "propertyNames": generator.subschema_for::<FilePath>(),
            "additionalProperties": { "type": "string", "maxLength": MAX_FILE_BYTES },
        })
    }
}

/// Files of [`crate::app::ChangeFiles`].
#[derive(Debug)]
pub enum Changes {}

impl JsonSchema for Changes {
    fn schema_name() -> Cow<'static, str> {
        "Changes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "Project path to new text; `null` deletes the file.",
            "propertyNames": generator.subschema_for::<FilePath>(),
            "additionalProperties": { "type": ["string", "null"], "maxLength": MAX_FILE_BYTES },
        })
    }
}
