//! What the inbox says of attachments.

use crate::domain::InlineFile;
use crate::inbox::attachment::Standing;
use crate::inbox::icon::Icon;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;

impl Words {
    pub(in crate::inbox) const fn show_attachment(self) -> &'static str {
        self.pick("Vis", "Vis", "Show")
    }

    pub(in crate::inbox) const fn fault_held_back(self) -> &'static str {
        self.pick("Vedlegget holdes igjen", "Vedlegget blir halde att", "The attachment is held back")
    }

    pub(in crate::inbox) const fn fault_held_back_text(self) -> &'static str {
        self.pick(
            "Vedlegget er ikke kontrollert for skadelig innhold ennå, eller det har skadelig innhold. Meldingen selv kan leses.",
            "Vedlegget er ikkje kontrollert for skadeleg innhald enno, eller det har skadeleg innhald. Meldinga sjølv kan lesast.",
            "The attachment has not been checked for harmful content yet, or it holds something harmful. The report itself can be read.",
        )
    }

    /// What is said beside an attachment that is not simply there.
    pub(in crate::inbox) const fn standing(self, standing: Standing) -> Option<Tag> {
        let (icon, tone, word) = match standing {
            Standing::Free => return None,
            Standing::FreeUnlooked => {
                (Icon::Warning, "warning", self.pick("Ikke kontrollert", "Ikkje kontrollert", "Not checked"))
            }
            Standing::Held => (
                Icon::Info,
                "info",
                self.pick(
                    "Holdes igjen til det er kontrollert",
                    "Blir halde att til det er kontrollert",
                    "Held back until it has been checked",
                ),
            ),
            Standing::Unscannable => (
                Icon::Warning,
                "warning",
                self.pick(
                    "Kan ikke kontrolleres, og gis ikke ut",
                    "Kan ikkje kontrollerast, og blir ikkje gitt ut",
                    "Cannot be checked, and is not given out",
                ),
            ),
            Standing::Infected => (
                Icon::Stop,
                "danger",
                self.pick(
                    "Stoppet: det har skadelig innhold",
                    "Stoppa: det har skadeleg innhald",
                    "Stopped: it holds something harmful",
                ),
            ),
        };
        Some(Tag { word, icon, tone })
    }

    /// What kind of file it is, by its own bytes.
    pub(in crate::inbox) fn file_kind(self, file: &InlineFile) -> String {
        let Some(content_type) = file.found_type else { return self.attachment_unknown_type().to_owned() };
        let kind = match content_type {
            "application/pdf" => "PDF",
            "image/png" => self.pick("PNG-bilde", "PNG-bilete", "PNG picture"),
            "image/jpeg" => self.pick("JPEG-bilde", "JPEG-bilete", "JPEG picture"),
            "image/tiff" => self.pick("TIFF-bilde", "TIFF-bilete", "TIFF picture"),
            text if text.starts_with("text/plain") => self.pick("Ren tekst", "Rein tekst", "Plain text"),
            other => other,
        };
        file.pdf_a.map_or_else(|| kind.to_owned(), |it| it.to_string())
    }
}
