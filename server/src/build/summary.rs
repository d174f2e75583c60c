//! What a build made, for a terminal and as JSON.

use std::fmt::{self, Display, Formatter};
use std::io::Write as _;
use std::path::Path;

use protocol::manifest::Manifest;
use publish::Site;
use serde::Serialize;

use super::Made;
use crate::check::{BOLD, DIM, GOOD, Printable, Report};

/// Everything that `--json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Built {
    #[serde(flatten)]
    pub(super) report: Report,
    /// Absent when the app has errors.
    #[serde(flatten)]
    pub(super) summary: Option<Summary>,
}

impl Display for Built {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Some(summary) = &self.summary else {
            return write!(out, "{}", self.report);
        };
        if self.report.warnings > 0 || self.report.notices().next().is_some() {
            writeln!(out, "{}", self.report)?;
        }
        write!(out, "{summary}")
    }
}

/// The files of a site.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    /// The folder.
    out: String,
    /// By path.
    output_files: Vec<OutputFile>,
    /// Of all files together.
    total: Sizes,
}

#[derive(Debug, Serialize)]
struct OutputFile {
    file: String,
    #[serde(flatten)]
    sizes: Sizes,
}

/// Bytes of a file as it is, and as hosts send it.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Sizes {
    bytes: u64,
    gzip: u64,
    brotli: u64,
}

impl Summary {
    /// Measures files. Those of packages were measured when they were made.
    ///
    /// # Errors
    /// A sentence for a person.
    pub(super) fn new(out: &Path, files: &[Made], manifest: &Manifest) -> Result<Self, String> {
        let mut output_files = Vec::new();
        let mut total = Sizes::default();
        for (path, content) in files {
            let name = path.strip_prefix(Site::FOLDER);
            let sizes = match name.and_then(|name| manifest.files.get(name)) {
                Some(file) => Sizes {
                    bytes: file.bytes,
                    gzip: file.gzip,
                    brotli: file.brotli,
                },
                None => measured(content).map_err(|error| format!("{path}: {error}"))?,
            };
            total.bytes += sizes.bytes;
            total.gzip += sizes.gzip;
            total.brotli += sizes.brotli;
            output_files.push(OutputFile {
                file: path.clone(),
                sizes,
            });
        }
        Ok(Self {
            out: out.display().to_string(),
            output_files,
            total,
        })
    }
}

/// Sizes of a file. Hosts don't compress what isn't text.
fn measured(content: &[u8]) -> std::io::Result<Sizes> {
    let bytes = content.len() as u64;
    if std::str::from_utf8(content).is_err() {
        return Ok(Sizes {
            bytes,
            gzip: bytes,
            brotli: bytes,
        });
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    let gzip = gzip.finish()?.len() as u64;
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 22).write_all(content)?;
    Ok(Sizes {
        bytes,
        gzip,
        brotli: packed.len() as u64,
    })
}

impl Display for Summary {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{DIM}{:>10} {:>10} {:>10}{DIM:#}",
            "bytes", "gzip", "Brotli"
        )?;
        for OutputFile { file, sizes } in &self.output_files {
            writeln!(out, "{sizes} {}", Printable(file))?;
        }
        writeln!(out, "{} {BOLD}in all{BOLD:#}\n", self.total)?;
        let count = self.output_files.len();
        writeln!(
            out,
            "{GOOD}Built{GOOD:#} {count} files into {}",
            Printable(&self.out)
        )
    }
}

impl Display for Sizes {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{:>10} {:>10} {:>10} ",
            self.bytes, self.gzip, self.brotli
        )
    }
}
