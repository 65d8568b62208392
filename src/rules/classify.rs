//! What is a dialogue message about? No national code means "need for an individual plan or a coordinator"
//! (standards/FACTS.md c.3), so a few signs are looked at in order, and the first decides. What no sign decides is left
//! to a person; it is never rejected for that.

use crate::domain::Block;
use crate::domain::CareMessage;
use crate::domain::Classification;
use crate::domain::ClassificationRule;
use crate::domain::Coded;
use crate::domain::Dialogue;
use crate::domain::DialogueWords;
use crate::domain::Inline;
use crate::domain::NeedKind;
use crate::domain::PassagePart;

/// Type of note in a dialogue between professionals.
const THEMES: &str = ".7322";
/// Henvendelse om pasient.
const ENQUIRY: &str = "6";
/// Functions of health personnel: Koordinator Individuell plan, Koordinator (spesialisthelsetjenesteloven).
const COORDINATORS: [&str; 2] = ["8", "18"];
/// Kontakt hos mottaker, which a first message to somebody who is not known by name must have.
const CONTACT_AT_RECEIVER: &str = "24";

/// What `dialogue` is about. `has_report`: a report of need lies in the same message.
pub fn classify(dialogue: &Dialogue, has_report: bool, words: &[DialogueWords]) -> Classification {
    let titles = dialogue.titles().map(|it| it.reveal().as_str());
    let (found, needs) = words_in(titles, words);
    let rule = if has_report {
        ClassificationRule::EmbeddedReport
    } else if let Some(found) = found {
        ClassificationRule::Words(found)
    } else if roles(dialogue).any(|it| COORDINATORS.contains(&it)) {
        ClassificationRule::CoordinatorRole
    } else if is_enquiry(dialogue) && roles(dialogue).any(|it| it == CONTACT_AT_RECEIVER) {
        ClassificationRule::FirstEnquiry
    } else {
        ClassificationRule::Undecided
    };
    Classification { rule, needs }
}

/// What a nursing and care message is about. It has no titles, so that its texts are looked through.
pub fn classify_care(care: &CareMessage, has_report: bool, words: &[DialogueWords]) -> Classification {
    let mut texts = Vec::new();
    let mut coordinators = false;
    care.content.reveal().walk(&mut |passage| {
        for part in &passage.parts {
            match part {
                PassagePart::Text(it) => texts.push(it.clone()),
                PassagePart::Rich(it) => texts.extend(said(&it.blocks)),
                PassagePart::Coded(it) => {
                    let code = it.code.as_deref().unwrap_or_default();
                    coordinators |= passage.element == "RoleToPatient" && COORDINATORS.contains(&code);
                    texts.extend(it.other.clone());
                }
                PassagePart::Attribute { .. } | PassagePart::Passage(_) => {}
            }
        }
    });
    let (found, needs) = words_in(texts.iter().map(String::as_str), words);
    let rule = if has_report {
        ClassificationRule::EmbeddedReport
    } else if let Some(found) = found {
        ClassificationRule::WordsInText(found)
    } else if coordinators {
        ClassificationRule::CoordinatorRole
    } else {
        ClassificationRule::Undecided
    };
    Classification { rule, needs }
}

/// The texts of each block, one after another.
fn said(blocks: &[Block]) -> Vec<String> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) | Block::Heading(line) => {
                let mut text = String::new();
                spoken(line, &mut text);
                all.push(text);
            }
            Block::List { items, .. } => items.iter().for_each(|it| all.extend(said(it))),
            Block::Table(rows) => rows.iter().flatten().for_each(|it| all.extend(said(&it.blocks))),
            Block::Quote(inner) => all.extend(said(inner)),
        }
    }
    all
}

fn spoken(line: &[Inline], text: &mut String) {
    for it in line {
        match it {
            Inline::Text(it) => text.push_str(it),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Raised(inner)
            | Inline::Lowered(inner)
            | Inline::Struck(inner) => spoken(inner, text),
            Inline::LineBreak => text.push(' '),
        }
    }
}

fn is_enquiry(dialogue: &Dialogue) -> bool {
    let is = |it: &Coded| {
        it.code.as_deref() == Some(ENQUIRY) && it.system.as_deref().is_some_and(|system| system.ends_with(THEMES))
    };
    dialogue.notes().filter_map(|it| it.theme.as_ref()).any(|it| is(it.reveal()))
}

/// The codes of everybody's role towards the patient (9034). The list is not compared: senders mistype it.
fn roles(dialogue: &Dialogue) -> impl Iterator<Item = &str> {
    dialogue
        .roles()
        .flat_map(|it| it.to_patient.iter().chain(it.parties.iter().filter_map(|it| it.to_patient.as_ref())))
        .filter_map(|it| it.reveal().code.as_deref())
}

/// The words that stand in a text, and the needs that they name. Longer words come first, so that they are told.
fn words_in<'a>(texts: impl Iterator<Item = &'a str>, words: &[DialogueWords]) -> (Option<String>, Vec<NeedKind>) {
    let titles: Vec<String> = texts.map(folded).collect();
    let mut found: Vec<&DialogueWords> = words
        .iter()
        .filter(|it| {
            let wanted = folded(&it.words);
            !wanted.trim().is_empty() && titles.iter().any(|title| title.contains(&wanted))
        })
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.words.chars().count()));
    let mut needs: Vec<NeedKind> = Vec::new();
    for it in &found {
        if !needs.contains(&it.need) {
            needs.push(it.need);
        }
    }
    (found.first().map(|it| it.words.clone()), needs)
}

/// Lower case, without accents, with one blank between words and around all of them, so that whole words are found.
fn folded(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + 2);
    all.push(' ');
    for sign in text.chars().flat_map(char::to_lowercase) {
        match plain(sign) {
            Some(letters) => all.push_str(letters),
            None if sign.is_alphanumeric() => all.push(sign),
            // An accent that stands by itself after its letter (decomposed text).
            None if ('\u{300}'..='\u{36f}').contains(&sign) => {}
            None if all.ends_with(' ') => {}
            None => all.push(' '),
        }
    }
    if !all.ends_with(' ') {
        all.push(' ');
    }
    all
}

/// Letters with accents as people write them without. Æ, ø and å are letters of their own, but are often written so.
const fn plain(sign: char) -> Option<&'static str> {
    Some(match sign {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'æ' => "ae",
        'ç' | 'č' => "c",
        'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' | 'ŋ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'š' => "s",
        'ŧ' => "t",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::classify;
    use crate::domain::ClassificationRule;
    use crate::domain::Coded;
    use crate::domain::Dialogue;
    use crate::domain::DialogueClass;
    use crate::domain::DialogueEntry;
    use crate::domain::DialogueNote;
    use crate::domain::DialogueRole;
    use crate::domain::DialogueVersion;
    use crate::domain::NeedKind;
    use crate::domain::Redacted;
    use crate::domain::Rulebook;

    fn dialogue(title: &str, theme: &str, role: Option<&str>) -> Dialogue {
        let code = |system: &str, code: &str| {
            Redacted::new(Coded {
                code: Some(code.to_owned()),
                system: Some(format!("2.16.578.1.12.4.1.1.{system}")),
                ..Coded::default()
            })
        };
        let role = role.map(|it| DialogueRole { to_patient: Some(code("9034", it)), ..DialogueRole::default() });
        let note = DialogueNote {
            theme: Some(code("7322", theme)),
            title: Some(Redacted::new(title.to_owned())),
            roles: role.into_iter().collect(),
            ..DialogueNote::default()
        };
        Dialogue {
            version: DialogueVersion::V1_1,
            case_kind: None,
            case_title: None,
            entries: vec![DialogueEntry::Note(Box::new(note))],
            rest: Vec::new(),
        }
    }

    fn rule(dialogue: &Dialogue, has_report: bool) -> ClassificationRule {
        classify(dialogue, has_report, &Rulebook::default().dialogue_words).rule
    }

    #[test]
    fn words_are_whole_and_blind_to_case_and_accents() {
        let words = |it: &str| ClassificationRule::Words(it.to_owned());
        for (title, found) in [
            ("Melding om behov for INDIVIDUELL PLAN", "individuell plan"),
            ("behov for individuell\n  plan/koordinator", "individuell plan"),
            ("Ønske om koordinátor", "koordinator"),
            ("IP?", "ip"),
            ("Barnekoordinator for søsken", "barnekoordinator"),
        ] {
            assert_eq!(rule(&dialogue(title, "6", None), false), words(found), "{title}");
        }
        for title in ["Skip og hus", "Forløpskoordinator kreft", "Plan for individuell trening", "", "ipad"] {
            assert_eq!(rule(&dialogue(title, "6", None), false), ClassificationRule::Undecided, "{title}");
        }
    }

    #[test]
    fn the_words_name_the_needs() {
        let all = Rulebook::default().dialogue_words;
        let it = classify(&dialogue("Individuell plan (IP) og koordinator", "6", None), false, &all);
        assert_eq!(it.needs, [NeedKind::IndividualPlan, NeedKind::Coordinator]);
    }

    #[test]
    fn a_report_of_need_beside_it_wins() {
        assert_eq!(rule(&dialogue("IP", "6", None), true), ClassificationRule::EmbeddedReport);
    }

    #[test]
    fn roles_tell_and_a_theme_alone_does_not() {
        assert_eq!(rule(&dialogue("Henvendelse", "9", Some("8")), false), ClassificationRule::CoordinatorRole);
        assert_eq!(rule(&dialogue("Henvendelse", "6", Some("18")), false), ClassificationRule::CoordinatorRole);
        assert_eq!(rule(&dialogue("Henvendelse", "6", Some("24")), false), ClassificationRule::FirstEnquiry);
        for (theme, role) in [("6", None), ("9", Some("24")), ("6", Some("6"))] {
            assert_eq!(rule(&dialogue("Henvendelse", theme, role), false), ClassificationRule::Undecided);
        }
    }

    #[test]
    fn what_is_undecided_is_for_a_person() {
        let it = classify(&dialogue("Hei", "6", None), false, &Rulebook::default().dialogue_words);
        assert_eq!((it.class(), it.needs.len()), (DialogueClass::Unclassified, 0));
    }
}
