//! Attachments (vedlegg): how many, how large, of which type, and whether report and message agree on them
//! (domain/FACTS.md § 2.5 no. 31, standards/FACTS.md a.2). A file elsewhere is never fetched.

use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Code;
use crate::domain::InlineFile;
use crate::domain::PlainText;
use crate::rules::case::Case;
use crate::rules::case::Told;
use std::collections::HashSet;

/// The types that are taken, by what the first bytes show, with the names that senders use for them.
const ALLOWED: [(&str, &[&str]); 6] = [
    ("application/pdf", &["application/pdf", "application/x-pdf"]),
    ("image/png", &["image/png", "image/x-png"]),
    ("image/jpeg", &["image/jpeg", "image/jpg", "image/pjpeg"]),
    ("image/tiff", &["image/tiff", "image/tif", "image/x-tiff"]),
    (PlainText::Utf8.content_type(), &["text/plain"]),
    (PlainText::Latin1.content_type(), &["text/plain"]),
];

/// The first document is the main one. One that is said to be an attachment, and holds no file, is the main document
/// under the wrong name; nothing more is told about it.
pub(super) fn main_document(case: &Case<'_>, told: &mut Told) {
    if let Some(first) = case.attachments.iter().find(|it| is_main_document(it)) {
        told.tell_at_path(Code::MainDocumentMarkedAttachment, format!("{}/RefDoc/MsgType", document(first)));
    }
}

fn is_main_document(attachment: &Attachment) -> bool {
    attachment.position == 1 && attachment.content == AttachmentContent::Absent
}

pub(super) fn count(case: &Case<'_>, told: &mut Told) {
    if let Some(first_too_many) = case.attachments.get(case.rulebook.limits.attachments_max) {
        told.tell_at_path(Code::AttachmentsTooMany, document(first_too_many));
    }
}

/// One finding at most about the content of each.
pub(super) fn content(case: &Case<'_>, told: &mut Told) {
    for attachment in case.attachments.iter().filter(|it| !is_main_document(it)) {
        let inside = format!("{}/RefDoc/Content", document(attachment));
        match &attachment.content {
            AttachmentContent::External => {
                told.tell_at_path(Code::AttachmentElsewhere, format!("{}/RefDoc/FileReference", document(attachment)));
            }
            AttachmentContent::Absent => told.tell_at_path(Code::AttachmentEmpty, inside),
            AttachmentContent::Undecodable => told.tell_at_path(Code::AttachmentUndecodable, inside),
            AttachmentContent::PackingUnknown => {
                told.tell_at_path(Code::AttachmentCompressed, format!("{}/RefDoc/Compression", document(attachment)));
            }
            AttachmentContent::PackingBroken => told.tell_at_path(Code::AttachmentNotUnpackable, inside),
            AttachmentContent::UnpacksTooFar => told.tell_at_path(Code::AttachmentUnpacksTooFar, inside),
            AttachmentContent::Inline(InlineFile { bytes: 0, .. }) => told.tell_at_path(Code::AttachmentEmpty, inside),
            AttachmentContent::Inline(InlineFile { bytes, found_type, .. }) => {
                if *bytes > case.rulebook.limits.attachment_bytes_max {
                    told.tell_at_path(Code::AttachmentTooLarge, inside);
                }
                type_of(attachment, *found_type, told);
            }
        }
    }
}

/// Told where the limit is passed.
pub(super) fn together(case: &Case<'_>, told: &mut Told) {
    let mut all = 0_usize;
    for attachment in case.attachments {
        let AttachmentContent::Inline(file) = &attachment.content else { continue };
        all = all.saturating_add(file.bytes);
        if all > case.rulebook.limits.attachments_bytes_max {
            return told.tell_at_path(Code::AttachmentsTooLargeTogether, document(attachment));
        }
    }
}

/// What the bytes show decides; what the sender says is compared with it.
fn type_of(attachment: &Attachment, found: Option<&str>, told: &mut Told) {
    let Some((_, names)) = ALLOWED.iter().find(|(allowed, _)| found == Some(*allowed)) else {
        return told.tell_at_path(Code::AttachmentTypeNotAllowed, format!("{}/RefDoc/Content", document(attachment)));
    };
    let Some(declared) = &attachment.declared_type else { return };
    // `application/pdf; name=…`: parameters do not change the type.
    let declared = declared.split(';').next().unwrap_or_default().trim();
    if !names.iter().any(|it| it.eq_ignore_ascii_case(declared)) {
        told.tell_at_path(Code::AttachmentTypeDiffers, format!("{}/RefDoc/MimeType", document(attachment)));
    }
}

/// Ids are what the report refers by, so each is used once.
pub(super) fn ids(case: &Case<'_>, told: &mut Told) {
    let mut seen = HashSet::new();
    for attachment in case.attachments {
        if let Some(id) = id(attachment)
            && !seen.insert(id)
        {
            told.tell_at_path(Code::AttachmentIdRepeated, format!("{}/RefDoc/Id", document(attachment)));
        }
    }
}

/// Every reference has an attachment and every attachment has a reference. A reference to nothing is often just a
/// mistyped id, so an attachment without one is told only when there is none.
pub(super) fn references(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let there: HashSet<&str> = case.attachments.iter().filter_map(id).collect();
    let said: Vec<_> = draft.attachments.iter().filter_map(|it| it.document.as_ref()).collect();
    let dangling: Vec<_> = said.iter().filter(|it| !there.contains(it.as_str())).collect();
    if !dangling.is_empty() {
        return dangling.into_iter().for_each(|it| told.tell(Code::AttachmentReferenceToNothing, &it.at));
    }
    let referred: HashSet<&str> = said.iter().map(|it| it.as_str()).collect();
    for attachment in case.attachments.iter().filter(|it| !is_main_document(it)) {
        if !id(attachment).is_some_and(|it| referred.contains(it)) {
            told.tell_at_path(Code::AttachmentUnmentioned, document(attachment));
        }
    }
}

fn id(attachment: &Attachment) -> Option<&str> {
    attachment.id.as_deref().map(str::trim).filter(|it| !it.is_empty())
}

fn document(attachment: &Attachment) -> String {
    format!("/MsgHead/Document[{}]", attachment.position)
}
