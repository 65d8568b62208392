//! Every word that the journal has is of a sort that somebody has chosen: what an auditor asks for leaves nothing out.

use crate::domain::ActKind;
use crate::domain::JournalKind;
use crate::domain::Language;
use crate::inbox::texts::Words;
use std::collections::BTreeSet;
use std::path::Path;

/// All but acts of casework, which the compiler looks after.
const SORTS: [(JournalKind, &[&str]); 10] = [
    (JournalKind::Refused, &["refused", "access_denied", "sign_in_failed", "second_factor_failed", "password_wrong"]),
    (
        JournalKind::Read,
        &[
            "viewed",
            "downloaded",
            "attachment_viewed",
            "minutes_read",
            "questions_read",
            "experience_viewed",
            "second_asked",
            "second_agreed",
            "second_refused",
        ],
    ),
    (JournalKind::Listed, &["listed", "searched"]),
    (JournalKind::TakenOut, &["printed", "exported", "overview_exported"]),
    (JournalKind::PassedOn, &[]),
    (
        JournalKind::Worked,
        &[
            "agenda_put",
            "agenda_taken_off",
            "minutes_written",
            "task_given",
            "task_done",
            "question_asked",
            "question_answered",
            "outbound_queued",
            "outbound_cancelled",
            "outbound_sent",
            "outbound_acknowledged",
            "outbound_rejected",
            "outbound_abandoned",
            "outbound_late",
            "outbound_requeued",
            "outbound_closed",
            "content_removed",
            "content_outlived",
            "forms_outlived",
            "traces_outlived",
            "form_invited",
            "directory_taken_into_use",
            "alarm_closed",
            "api_client_added",
            "api_client_renewed",
            "api_client_revoked",
            "api_hook_set",
            "api_hook_removed",
            "api_hook_requeued",
            "api_hook_abandoned",
            "meeting_called",
            "meeting_moved",
            "meeting_cancelled",
            "coordinator_contacted",
            "unreadable",
            "backed_up",
            "restored",
        ],
    ),
    (
        JournalKind::Received,
        &[
            "accepted",
            "rejected",
            "stuck",
            "message_requeued",
            "registered",
            "sent_by_form",
            "notified",
            "notice_abandoned",
            "notice_requeued",
            "reminded",
            "attachments_checked",
            "attachment_stopped",
            "not_received",
        ],
    ),
    (
        JournalKind::SignedIn,
        &[
            "signed_in",
            "signed_out",
            "proved_again",
            "sessions_ended",
            "password_set",
            "password_removed",
            "link_used",
            "recovery_code_used",
            "second_factor_set",
            "second_factor_removed",
            "second_factor_reset",
            "identity_tied",
            "identity_untied",
        ],
    ),
    (JournalKind::Access, &["user_added", "user_link_made", "user_ended", "role_given", "role_ended"]),
    (JournalKind::JournalRead, &["journal_read", "access_log_read"]),
];

#[test]
fn every_word_of_the_journal_is_of_the_sort_that_was_chosen_for_it() {
    let mut chosen = BTreeSet::new();
    for (kind, words) in SORTS {
        for word in words {
            assert_eq!(JournalKind::of(word), kind, "{word}");
            assert!(chosen.insert((*word).to_owned()), "{word} is there twice");
        }
    }
    let mut written = BTreeSet::new();
    gather(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut written);
    assert!(written.len() > 60, "the code is there: {written:?}");
    let unchosen: Vec<_> = written.difference(&chosen).collect();
    assert!(unchosen.is_empty(), "choose a sort for each of these: {unchosen:?}");
}

/// The words of the code, tests apart, that the journal has words for, or that stand where a line is made.
fn gather(folder: &Path, written: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "tests" {
            gather(&path, written);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let pieces: Vec<&str> = text.split('"').collect();
            for pair in pieces.windows(2) {
                let [before, word] = pair else { continue };
                let is_word = !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
                let is_action = before.ends_with("action: ");
                let is_told = Words(Language::Nb).journal_action(word).is_some();
                if is_word && (is_action || is_told) && ActKind::from_label(word).is_none() {
                    written.insert((*word).to_owned());
                }
            }
        }
    }
}
