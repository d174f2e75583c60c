//! Proposals out of an answer.

use protocol::ask::{DataItem, Proposal, Screen};

use super::json;
use super::text::{Line, Mark, label, label_of, lines, phrase, repeats, shortened, split_outside};

const MAX_TITLE_CHARS: usize = 60;
const MAX_TEXT_CHARS: usize = 300;
const MAX_ITEM_CHARS: usize = 120;
/// Items of one section, and fields of one kind of data. What is asked for is half of it.
const MAX_ITEMS: usize = 8;
const MAX_FIELDS: usize = 12;

/// What a line with a label begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Proposal,
    Title,
    Summary,
    Data,
    Screens,
    Interactions,
    Look,
}

impl Part {
    fn has_items(self) -> bool {
        matches!(self, Self::Data | Self::Screens | Self::Interactions)
    }
}

const PROPOSAL: [&str; 15] = [
    "proposal",
    "design proposal",
    "option",
    "alternative",
    "variant",
    "version",
    "idea",
    "concept",
    "vorschlag",
    "variante",
    "propuesta",
    "opción",
    "alternativa",
    "proposition",
    "proposta",
];
const PARTS: [(Part, &[&str]); 6] = [
    (
        Part::Title,
        &[
            "title", "name", "titel", "título", "titre", "titolo", "nombre",
        ],
    ),
    (
        Part::Summary,
        &[
            "summary",
            "description",
            "overview",
            "zusammenfassung",
            "beschreibung",
            "kurzbeschreibung",
            "resumen",
            "descripción",
            "résumé",
            "resumo",
            "riassunto",
        ],
    ),
    (
        Part::Data,
        &[
            "data",
            "data model",
            "datamodel",
            "data items",
            "entities",
            "daten",
            "datenmodell",
            "datos",
            "données",
            "dados",
            "dati",
        ],
    ),
    (
        Part::Screens,
        &[
            "screens",
            "main screens",
            "pages",
            "views",
            "bildschirme",
            "ansichten",
            "seiten",
            "pantallas",
            "vistas",
            "écrans",
            "telas",
            "schermate",
        ],
    ),
    (
        Part::Interactions,
        &[
            "interactions",
            "key interactions",
            "user interactions",
            "actions",
            "features",
            "key features",
            "interaktionen",
            "aktionen",
            "funktionen",
            "interacciones",
            "acciones",
            "funciones",
            "fonctionnalités",
            "interações",
            "interazioni",
        ],
    ),
    (
        Part::Look,
        &[
            "look",
            "look and feel",
            "look & feel",
            "design",
            "style",
            "visual style",
            "appearance",
            "aussehen",
            "stil",
            "gestaltung",
            "aspecto",
            "apariencia",
            "estilo",
            "diseño",
            "apparence",
            "aspect",
            "aparência",
            "aspetto",
        ],
    ),
];

/// Reads at most `count` proposals.
pub(super) fn read(text: &str, count: usize) -> Vec<Proposal> {
    let is_list = |key: &str| part_of(key).is_some_and(|(part, _)| part.has_items());
    let found = read_lines(&json::as_lines(&json::values(text), &is_list), count);
    if found.is_empty() {
        read_lines(text, count)
    } else {
        found
    }
}

fn read_lines(text: &str, count: usize) -> Vec<Proposal> {
    let mut reader = Reader {
        count,
        ..Reader::default()
    };
    for line in lines(text) {
        reader.line(&line);
    }
    reader.finish();
    reader.done
}

/// The part that a line begins, and what follows its label.
fn part_of(text: &str) -> Option<(Part, &str)> {
    let label = label(text)?;
    let name = label.name.as_str();
    if PROPOSAL.contains(&name) || (label.numbered && name == "design") {
        return Some((Part::Proposal, label.rest));
    }
    PARTS
        .iter()
        .find(|(_, names)| names.contains(&name))
        .map(|(part, _)| (*part, label.rest))
}

/// The section that lines go to.
struct Section {
    part: Part,
    /// Where its label stood.
    indent: usize,
    mark: Mark,
    /// Whether its content followed the label in the same line.
    inline: bool,
    /// Columns before its first item, and the mark of it.
    item: Option<(usize, Mark)>,
}

#[derive(Default)]
struct Reader {
    count: usize,
    done: Vec<Proposal>,
    proposal: Proposal,
    /// Depth and mark of the heading that named the proposal.
    title_level: usize,
    title_mark: Mark,
    section: Option<Section>,
}

impl Reader {
    fn line(&mut self, line: &Line) {
        if self.done.len() >= self.count {
            return;
        }
        if line.text.is_empty() {
            // A text that has begun ends with its paragraph.
            let text = match self.section.as_ref().map(|section| section.part) {
                Some(Part::Summary) => &self.proposal.summary,
                Some(Part::Look) => &self.proposal.look,
                _ => return,
            };
            if !text.is_empty() {
                self.section = None;
            }
            return;
        }
        if let Some((part, rest)) = part_of(&line.text).filter(|_| !self.is_item(line)) {
            self.begin(part, rest, line);
        } else if self.is_title(line) {
            self.begin(Part::Proposal, &line.text, line);
        } else if line.level > 0 && line.mark == Mark::None {
            // A section that isn't known: palette, notes.
            self.section = None;
        } else {
            self.body(line);
        }
    }

    /// Whether a marked line belongs to the section above it, whatever it begins with.
    fn is_item(&self, line: &Line) -> bool {
        line.mark != Mark::None
            && self.section.as_ref().is_some_and(|section| {
                section.part.has_items()
                    && !section.inline
                    && (section.mark == Mark::None || line.indent > section.indent)
                    && section
                        .item
                        .is_none_or(|(indent, mark)| mark == line.mark || line.indent > indent)
            })
    }

    /// Whether a line without a label names the next proposal.
    fn is_title(&self, line: &Line) -> bool {
        let first = !has_content(&self.proposal);
        match line.mark {
            Mark::None => line.level > 0 && (first || line.level <= self.title_level),
            Mark::Number => !self.is_item(line) && (first || self.title_mark == Mark::Number),
            _ => false,
        }
    }

    fn begin(&mut self, part: Part, rest: &str, line: &Line) {
        let proposal = &self.proposal;
        let next = match part {
            Part::Proposal => true,
            Part::Title => !proposal.title.is_empty(),
            Part::Summary => has_content(proposal) && !proposal.summary.is_empty(),
            _ => false,
        };
        if next {
            self.finish();
        }
        if part == Part::Proposal {
            self.title_level = line.level;
            self.title_mark = line.mark;
        }
        self.section = Some(Section {
            part,
            indent: line.indent,
            mark: line.mark,
            inline: !rest.is_empty(),
            item: None,
        });
        if !rest.is_empty() {
            self.take(part, rest);
        }
    }

    /// Takes what stands behind the label of a section.
    fn take(&mut self, part: Part, rest: &str) {
        if !part.has_items() {
            self.text(part, rest, " ");
            return;
        }
        let mut items = split_outside(rest, ';');
        if items.len() == 1 && (part == Part::Interactions || !rest.contains(':')) {
            items = split_outside(rest, ',');
        }
        for item in items {
            self.item(part, item);
        }
    }

    fn body(&mut self, line: &Line) {
        let Some(section) = &mut self.section else {
            return;
        };
        let part = section.part;
        if !part.has_items() {
            let mark = if line.mark == Mark::None { " " } else { ", " };
            self.text(part, &line.text, mark);
        } else if line.mark == Mark::None {
            // Prose after a list ends it; a list without marks is read.
            if section.item.is_some() || section.inline {
                self.section = None;
            } else {
                self.item(part, &line.text);
            }
        } else {
            let (indent, _) = *section.item.get_or_insert((line.indent, line.mark));
            if line.indent > indent + 1 {
                self.detail(part, &line.text);
            } else {
                self.item(part, &line.text);
            }
        }
    }

    fn text(&mut self, part: Part, text: &str, mark: &str) {
        let proposal = &mut self.proposal;
        let (target, max) = match part {
            Part::Look => (&mut proposal.look, MAX_TEXT_CHARS),
            Part::Proposal | Part::Title if proposal.title.is_empty() => {
                (&mut proposal.title, MAX_TITLE_CHARS)
            }
            _ => (&mut proposal.summary, MAX_TEXT_CHARS),
        };
        if target.chars().count() < max {
            if !target.is_empty() {
                target.push_str(mark);
            }
            target.push_str(text.trim_matches(['"', '“', '”', '„']));
            *target = shortened(target, max);
        }
    }

    fn item(&mut self, part: Part, text: &str) {
        let (name, rest) = named(text);
        let name = phrase(name, MAX_TITLE_CHARS);
        let proposal = &mut self.proposal;
        match part {
            _ if name.is_empty() => {}
            Part::Data if proposal.data.len() < MAX_ITEMS => {
                proposal.data.push(DataItem {
                    name,
                    fields: Vec::new(),
                });
                self.detail(part, rest);
            }
            Part::Screens if proposal.screens.len() < MAX_ITEMS => {
                proposal.screens.push(Screen {
                    name,
                    purpose: phrase(rest, MAX_ITEM_CHARS),
                });
            }
            Part::Interactions if proposal.interactions.len() < MAX_ITEMS => {
                let text = phrase(text, MAX_ITEM_CHARS);
                if !repeats(proposal.interactions.iter(), &text) {
                    proposal.interactions.push(text);
                }
            }
            _ => {}
        }
    }

    /// Takes what belongs to the last item: fields, a purpose.
    fn detail(&mut self, part: Part, text: &str) {
        match part {
            Part::Data => {
                let Some(item) = self.proposal.data.last_mut() else {
                    return;
                };
                let text = match label_of(text, &["fields", "felder", "campos"]) {
                    Some(fields) => fields.rest,
                    None => text,
                };
                for field in split_outside(text, ',') {
                    // `due: date` tells a type.
                    let field =
                        phrase(field.split(':').next().unwrap_or_default(), MAX_TITLE_CHARS);
                    if !field.is_empty()
                        && item.fields.len() < MAX_FIELDS
                        && !repeats(item.fields.iter(), &field)
                    {
                        item.fields.push(field);
                    }
                }
            }
            Part::Screens => {
                if let Some(screen) = self.proposal.screens.last_mut()
                    && screen.purpose.is_empty()
                {
                    screen.purpose = phrase(text, MAX_ITEM_CHARS);
                }
            }
            _ => self.item(part, text),
        }
    }

    fn finish(&mut self) {
        let mut proposal = std::mem::take(&mut self.proposal);
        self.section = None;
        if proposal.title.is_empty() {
            proposal.title = shortened(&proposal.summary, MAX_TITLE_CHARS);
        }
        proposal.title = phrase(&proposal.title, MAX_TITLE_CHARS);
        let earlier = self.done.iter().map(|other| &other.title);
        if has_content(&proposal)
            && !proposal.title.is_empty()
            && !repeats(earlier, &proposal.title)
        {
            self.done.push(proposal);
        }
    }
}

fn has_content(proposal: &Proposal) -> bool {
    !(proposal.data.is_empty() && proposal.screens.is_empty() && proposal.interactions.is_empty())
}

/// `Task: title, done`, `Task – title`, `Task (title, done)`.
fn named(text: &str) -> (&str, &str) {
    let found = [": ", "：", " – ", " — ", " - ", " ("]
        .into_iter()
        .filter_map(|mark| Some((text.find(mark)?, mark)))
        .min_by_key(|(at, _)| *at);
    match found.and_then(|(_, mark)| Some((mark, text.split_once(mark)?))) {
        Some((" (", (name, rest))) => (name, rest.trim_end().trim_end_matches(')')),
        Some((_, (name, rest))) => (name, rest),
        None => (text, ""),
    }
}
