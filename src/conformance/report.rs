//! The report for machines and for a terminal.

use crate::conformance::case::Case;
use crate::conformance::case::Duty;
use crate::conformance::progress;
use crate::conformance::progress::Progress;
use crate::conformance::seen::Seen;
use crate::domain::Timestamp;
use serde_json::json;

/// What is done and what is missing, at a moment.
#[derive(Clone, Debug)]
pub struct Report {
    pub made_at: Timestamp,
    pub cases: Vec<Progress>,
}

impl Report {
    pub fn new(seen: &[Seen], made_at: Timestamp) -> Self {
        Self { made_at, cases: progress::progress(seen) }
    }

    /// Whether every obligatory case is done.
    pub fn is_complete(&self) -> bool {
        self.count(Duty::Obligatory).0 == self.count(Duty::Obligatory).1
    }

    /// How many are done, and of how many.
    pub fn count(&self, duty: Duty) -> (usize, usize) {
        let of_duty = || self.cases.iter().filter(|it| it.case.duty() == duty);
        (of_duty().filter(|it| it.is_done()).count(), of_duty().count())
    }

    /// One JSON object. Its keys are stable.
    pub fn json(&self) -> serde_json::Value {
        let cases = self.cases.iter().map(|it| {
            let (title, task) = (it.case.title(), it.case.task());
            json!({
                "number": it.case.number(), "name": it.case.name(), "obligatory": it.case.duty() == Duty::Obligatory,
                "done": it.is_done(), "done_at": it.done_at.map(|it| it.to_string()), "message_id": it.message_id,
                "title": { "nb": title.nb, "en": title.en }, "task": { "nb": task.nb, "en": task.en },
                "why": { "nb": it.why.nb, "en": it.why.en },
            })
        });
        let ((obligatory_done, obligatory), (voluntary_done, voluntary)) =
            (self.count(Duty::Obligatory), self.count(Duty::Voluntary));
        json!({
            "meldeport": env!("CARGO_PKG_VERSION"), "made_at": self.made_at.to_string(), "complete": self.is_complete(),
            "obligatory": { "done": obligatory_done, "of": obligatory },
            "voluntary": { "done": voluntary_done, "of": voluntary },
            "cases": cases.collect::<Vec<_>>(),
        })
    }

    /// Lines for a terminal.
    pub fn text(&self, language: &str) -> String {
        let mut lines = Vec::new();
        for it in &self.cases {
            let mark = match (it.is_done(), it.case.duty()) {
                (true, Duty::Obligatory | Duty::Voluntary) => "✓",
                (false, Duty::Obligatory) => "✗",
                (false, Duty::Voluntary) => "·",
            };
            lines.push(format!("{mark} {:>2}  {}", it.case.number(), it.case.title().in_language(language)));
            lines.push(format!("       {}", it.why.in_language(language)));
        }
        let (done, of) = self.count(Duty::Obligatory);
        let (more, of_more) = self.count(Duty::Voluntary);
        lines.push(if language == "en" {
            format!("{done} of {of} obligatory cases are done, and {more} of {of_more} voluntary ones.")
        } else {
            format!("{done} av {of} obligatoriske tilfeller er gjort, og {more} av {of_more} frivillige.")
        });
        lines.join("\n") + "\n"
    }

    /// The progress of one case.
    pub fn of(&self, case: Case) -> &Progress {
        self.cases.iter().find(|it| it.case == case).expect("every case has its progress")
    }
}
