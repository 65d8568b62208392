//! What was sent, as JSON: the fields of a report of need with the standard's own codes, and every field of any report as a
//! letter in words. Absent fields are absent.

use crate::domain::Contact;
use crate::domain::ExistingEntry;
use crate::domain::Guardian;
use crate::domain::Language;
use crate::domain::Need;
use crate::domain::NeedReport;
use crate::domain::Redacted;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::Representative;
use crate::domain::Service;
use crate::domain::Timestamp;
use crate::inbox::api::PATH;
use crate::inbox::letter;
use crate::inbox::port::Names;
use crate::inbox::port::ReadMessage;
use crate::storage::InboxRow;
use serde_json::Map;
use serde_json::Value;
use serde_json::json as value;

/// The report of an item.
pub(super) fn json(read: &ReadMessage, row: &InboxRow, names: &dyn Names, now: Timestamp, language: Language) -> Value {
    let mut told = content(read, &format!("{PATH}/items/{}", row.id), names, now, language);
    told["id"] = row.id.to_string().into();
    told["reference"] = row.reference.as_str().into();
    told["received_at"] = row.received_at.to_string().into();
    told["kind"] = row.kind.as_str().into();
    told
}

/// What stands in a message. `path`: where it is, its attachments are under it.
pub(super) fn content(read: &ReadMessage, path: &str, names: &dyn Names, now: Timestamp, language: Language) -> Value {
    let sections = letter::sections(read, names, now, language);
    let letter: Vec<Value> = sections
        .iter()
        .map(|section| {
            let entries: Vec<Value> = section
                .entries
                .iter()
                .map(|it| {
                    let mut entry = Fields::default();
                    entry.put("label", Some(&it.label));
                    entry.set("lines", value!(it.lines));
                    entry.put("html", it.rich.as_ref().map(ToString::to_string));
                    entry.into()
                })
                .collect();
            value!({ "heading": section.heading, "entries": entries })
        })
        .collect();
    let attachments: Vec<Value> = read
        .attachments
        .iter()
        .map(|it| {
            let mut file = Fields::default();
            file.set("position", value!(it.position));
            file.secret("description", it.description.as_ref());
            file.put("declared_type", it.declared_type.as_ref());
            file.set("href", value!(format!("{path}/attachments/{}", it.position)));
            file.into()
        })
        .collect();
    value!({
        "sender": read.head.sender.display_name(),
        "sender_message_id": read.head.message_id,
        "report": read.report.need().map(need),
        "letter": { "language": language.tag(), "sections": letter },
        "attachments": attachments,
    })
}

/// An object in which nothing is null.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn put<T: ToString>(&mut self, name: &str, field: Option<T>) {
        if let Some(field) = field {
            self.set(name, Value::from(field.to_string()));
        }
    }

    fn flag(&mut self, name: &str, field: Option<bool>) {
        if let Some(field) = field {
            self.set(name, Value::from(field));
        }
    }

    fn secret(&mut self, name: &str, field: Option<&Redacted<String>>) {
        self.put(name, field.map(Redacted::reveal));
    }

    fn list<T>(&mut self, name: &str, items: &[T], of: impl Fn(&T) -> Value) {
        if !items.is_empty() {
            self.set(name, items.iter().map(of).collect());
        }
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}

fn need(report: &NeedReport) -> Value {
    let mut fields = Fields::default();
    fields.put("report_id", Some(&report.report_id));
    fields.put("created", Some(report.created));
    fields.put("language", report.language.as_ref());
    fields.put("concerns", report.concerns.as_ref());
    fields.put("kind", Some(report.kind.code()));
    let mut receiver = Fields::default();
    receiver.put("municipality", Some(&report.receiver.municipality));
    receiver.put("district", report.receiver.district.as_ref());
    receiver.put("level", Some(report.receiver.level.code()));
    receiver.put("organisation", report.receiver.organisation.as_ref());
    fields.set("receiver", receiver.into());
    if let Some(it) = &report.patient {
        fields.set("person", person(it));
    }
    fields.list("guardians", &report.guardians, guardian);
    if let Some(it) = &report.no_guardian {
        let mut why = Fields::default();
        why.put("reason", Some(&it.reason));
        why.secret("text", it.text.as_ref());
        fields.set("no_guardian", why.into());
    }
    fields.list("representatives", &report.representatives, representative);
    fields.set("consent", consent(report));
    fields.set("reporter", reporter(&report.reporter));
    if let Some(it) = &report.original_reporter {
        fields.set("original_reporter", reporter(it));
    }
    fields.list("needs", &report.needs, |it: &Need| {
        let mut need = Fields::default();
        need.put("kind", Some(it.kind.code()));
        need.list("dimensions", &it.dimensions, |it| Value::from(it.code()));
        need.into()
    });
    fields.secret("description", report.description.as_ref());
    fields.secret("what_matters", report.what_matters.as_ref());
    fields.secret("goals", report.goals.as_ref());
    fields.put("duration", report.duration.map(|it| it.code()));
    fields.list("services", &report.services, service);
    fields.list("existing", &report.existing.entries, existing);
    if let Some(it) = &report.coordinator_wish {
        let mut wish = Fields::default();
        wish.put("wish", Some(&it.wish));
        wish.secret("who", it.who.as_ref());
        fields.set("coordinator_wish", wish.into());
    }
    let mut urgency = Fields::default();
    urgency.put("level", Some(report.urgency.level.code()));
    urgency.put("reason", report.urgency.reason.as_ref());
    fields.set("urgency", urgency.into());
    if let Some(it) = &report.admission {
        let mut admission = Fields::default();
        admission.put("hospital", it.hospital.as_ref());
        admission.secret("ward", it.ward.as_ref());
        admission.put("planned_discharge", it.planned_discharge);
        fields.set("admission", admission.into());
    }
    fields.list("transitions", &report.transitions, |it| Value::from(it.as_str()));
    if let Some(it) = &report.new_municipality {
        let mut moving = Fields::default();
        moving.put("municipality", Some(&it.municipality));
        moving.put("from", it.from);
        fields.set("new_municipality", moving.into());
    }
    fields.secret("family_link", report.family_link.as_ref());
    fields.into()
}

/// Telephone and address are left out by the rules when the address is graded; what is not there is not here either.
fn person(it: &ReportPatient) -> Value {
    let mut fields = Fields::default();
    fields.put("id_kind", Some(&it.id.kind));
    fields.secret("id", it.id.number.as_ref());
    fields.put("id_missing_reason", it.id.reason.as_ref());
    if let Some(name) = &it.name {
        fields.secret("given_name", name.given.as_ref());
        fields.secret("middle_name", name.middle.as_ref());
        fields.secret("family_name", name.family.as_ref());
    }
    fields.put("date_of_birth", it.date_of_birth.as_ref().map(Redacted::reveal));
    if let Some(due) = &it.unborn {
        fields.set("unborn", Value::from(true));
        fields.put("due", *due.reveal());
    }
    fields.secret("telephone", it.telephone.as_ref());
    fields.secret("email", it.email.as_ref());
    fields.secret("address", it.address.as_ref());
    fields.put("address_grading", Some(it.grading.code()));
    fields.secret("language", it.language.as_ref());
    fields.flag("needs_interpreter", it.needs_interpreter);
    fields.list("contact_ways", &it.contact_ways, |it| Value::from(it.code()));
    fields.into()
}

fn guardian(it: &Guardian) -> Value {
    let mut fields = Fields::default();
    fields.put("relation", it.relation.as_ref());
    fields.secret("name", it.name.as_ref());
    fields.secret("telephone", it.telephone.as_ref());
    fields.flag("has_parental_responsibility", it.has_parental_responsibility);
    fields.flag("informed", it.informed);
    fields.secret("not_informed_reason", it.not_informed_reason.as_ref());
    fields.flag("must_not_be_informed", it.must_not_be_informed);
    fields.into()
}

fn representative(it: &Representative) -> Value {
    let mut fields = Fields::default();
    fields.put("kind", it.kind.as_ref());
    fields.secret("name", it.name.as_ref());
    fields.secret("telephone", it.telephone.as_ref());
    fields.secret("scope", it.scope.as_ref());
    fields.into()
}

fn consent(report: &NeedReport) -> Value {
    let it = &report.consent;
    let mut fields = Fields::default();
    fields.put("status", Some(it.status.code()));
    fields.put("date", it.date);
    fields.put("given_by_role", it.given_by_role.as_ref());
    fields.secret("given_by", it.given_by.as_ref());
    fields.list("scopes", &it.scopes, |it| {
        let mut scope = Fields::default();
        scope.put("code", Some(&it.code));
        scope.secret("text", it.text.as_ref());
        scope.into()
    });
    fields.put("valid_until", it.valid_until);
    fields.put("basis", it.basis.map(|it| it.code()));
    fields.secret("basis_reason", it.basis_reason.as_ref());
    fields.into()
}

fn reporter(it: &Reporter) -> Value {
    let mut fields = Fields::default();
    fields.put("category", Some(it.category.code()));
    fields.set("private", Value::from(it.private));
    fields.put("organisation", it.organisation.as_ref());
    fields.put("her_id", it.her_id);
    fields.put("organisation_name", it.organisation_name.as_ref());
    fields.put("unit", it.unit.as_ref());
    fields.secret("name", it.name.as_ref());
    fields.put("position", it.position.as_ref());
    fields.secret("telephone", it.telephone.as_ref());
    fields.secret("email", it.email.as_ref());
    fields.flag("wants_answer", it.wants_answer);
    fields.put("answer_channel", it.answer_channel.as_ref());
    fields.into()
}

fn contact(it: &Contact) -> Value {
    let mut fields = Fields::default();
    fields.secret("name", it.name.as_ref());
    fields.secret("telephone", it.telephone.as_ref());
    fields.secret("email", it.email.as_ref());
    fields.into()
}

fn service(it: &Service) -> Value {
    let mut fields = Fields::default();
    fields.put("kind", Some(&it.kind));
    fields.put("level", it.level.as_ref());
    fields.put("status", it.status.as_ref());
    fields.secret("name", it.name.as_ref());
    if let Some(it) = &it.contact {
        fields.set("contact", contact(it));
    }
    fields.into()
}

fn existing(it: &ExistingEntry) -> Value {
    let mut fields = Fields::default();
    fields.put("what", Some(&it.what));
    fields.put("answer", it.answer.as_ref());
    if let Some(it) = &it.contact {
        fields.set("contact", contact(it));
    }
    fields.into()
}
