//! A report on paper, and as a package for the archive (Noark 5). Both are reading, and in the journal as what they are.

use crate::domain;
use crate::domain::ActKind;
use crate::domain::AnswerWay;
use crate::domain::ArchiveDocument;
use crate::domain::ArchiveDocumentKind;
use crate::domain::ArchivePackage;
use crate::domain::ArchiveRecord;
use crate::domain::ArchiveRecordKind;
use crate::domain::ArchiveVariant;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Delivery;
use crate::domain::Detailed;
use crate::domain::ItemId;
use crate::domain::Language;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::assets;
use crate::inbox::attachment;
use crate::inbox::attachment::Standing;
use crate::inbox::casework;
use crate::inbox::casework::CaseView;
use crate::inbox::fault::Fault;
use crate::inbox::follow_up;
use crate::inbox::follow_up::FollowUpRead;
use crate::inbox::follow_up::FollowUpView;
use crate::inbox::form::Posted;
use crate::inbox::item;
use crate::inbox::item::AttachmentView;
use crate::inbox::item::Facts;
use crate::inbox::letter;
use crate::inbox::letter::Section;
use crate::inbox::letter::Summary;
use crate::inbox::moment::Moment;
use crate::inbox::port::NthAttachment;
use crate::inbox::port::ReadMessage;
use crate::inbox::port::ReadReport;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::timeline;
use crate::inbox::timeline::Event;
use crate::inbox::token;
use crate::inbox::view::html;
use crate::inbox::view::unit_name;
use crate::inbox::withdrawn;
use crate::inbox::withdrawn::WithdrawnView;
use crate::storage::CaseDetail;
use crate::storage::CaseEvent;
use crate::storage::FormOrigin;
use crate::storage::RawMessage;
use crate::storage::ScannedFile;
use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Builder;
use uuid::Uuid;

/// What the case as it is printed is called in the archive.
const WHOLE: &str = "Utskrift av saken med tidslinje";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/items/{id}/print", get(show)).route("/items/{id}/archive.zip", post(export))
}

/// Where a report's page for paper is.
pub(super) fn page(id: ItemId) -> String {
    format!("/items/{id}/print")
}

/// Action and key of the form that fetches the package: for those who register where a case is filed (journalføring).
pub(super) fn archive_form(who: &SignedIn, looked: &Looked) -> Option<(String, String)> {
    let action = format!("/items/{}/archive.zip", looked.detail.row.id);
    let key = who.draw_key(&action);
    access::may_act(who, looked, ActKind::Archive).then_some((action, key))
}

#[derive(Template)]
#[template(path = "print.html")]
struct PrintPage {
    t: Words,
    lang: &'static str,
    title: String,
    style: Style,
    js: &'static str,
    back: Option<String>,
    facts: Facts,
    case: Vec<(&'static str, String)>,
    by: String,
    at: Moment,
    summary: Summary,
    sections: Vec<Section>,
    attachments: Vec<AttachmentView>,
    follow_ups: Vec<FollowUpView>,
    events: Vec<Event>,
}

/// Where the style is: served from here, or inside of a page that stands alone.
enum Style {
    Linked(&'static str),
    Inside(&'static str),
}

async fn show(State(house): State<Arc<House>>, who: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(&house, &who, id).await?;
    access::require(&house, &who, &looked, domain::Wish::Read).await?;
    let mut material = Material::gather(&house, &who, &looked).await?;
    tell(&house, &who, &looked, "printed", String::new()).await?;
    let page = material.draw(&house, &who, &looked, Style::Linked(&assets::PRINT_CSS_URL));
    Ok(html(StatusCode::OK, &page))
}

#[derive(Deserialize)]
struct ExportForm {
    key: String,
}

async fn export(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
    Posted(form): Posted<ExportForm>,
) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(&house, &who, id).await?;
    access::require_act(&house, &who, &looked, ActKind::Archive).await?;
    who.check_key(&format!("/items/{id}/archive.zip"), &form.key)?;
    let mut material = Material::gather(&house, &who, &looked).await?;
    let printed = material.draw(&house, &who, &looked, Style::Inside(assets::PRINT_CSS)).render();
    let printed = printed.map_err(|it| Fault::bug(who.language, &it.to_string()))?;

    let (reader, while_unsure) = (Arc::clone(&house.inbox.reader), house.inbox.while_unsure);
    let (mut package, reference) = (package(&house, &who, &looked, &material), looked.detail.row.reference.clone());
    let said = said_records(&house, &looked, &material);
    let words: Vec<String> = material.follow_ups.iter().map(|it| it.words(&house)).collect();
    let Material { read, raw, scanned, follow_ups, .. } = material;
    let made = item::blocking(who.language, move || {
        let (now, made_by) = (package.made_at, package.made_by.clone());
        let (main, xml) = (ArchiveDocumentKind::Main, ArchiveVariant::Archive);
        let printed = document(main, WHOLE, "melding.html", "HTML", ArchiveVariant::Production, printed.into());
        let mut records = Vec::new();
        // As it came, with every attachment inside: when one of them is held back, its words alone.
        let is_whole = attachment::is_free_whole(&read, &scanned, while_unsure);
        let mut documents = if is_whole {
            let received = raw.bytes.reveal().clone();
            vec![document(main, "Meldingen slik den ble mottatt", "melding.xml", "XML", xml, received)]
        } else {
            vec![printed.clone()]
        };
        let is_free = |it: &&Attachment| Standing::of(&scanned, it.position, while_unsure).is_free();
        let free = read.attachments.iter().filter(is_free);
        documents.extend(free.filter_map(|it| attached(reader.as_ref(), &raw, it, "")));
        let title = format!("Melding om behov, referanse {}", package.reference);
        records.push(ArchiveRecord {
            id: raw.id.0,
            key: package.reference.to_string(),
            kind: ArchiveRecordKind::Incoming,
            title,
            at: package.received_at,
            party: read.head.sender.display_name(),
            documents,
        });
        // Whole, with their attachments inside: each is a message of its own, with its own date. When an attachment is held back,
        // its words alone, and what is not held.
        let later = follow_ups.iter().zip(words).enumerate();
        let later = later.filter_map(|(index, (it, words))| Some((index + 1, it, words, it.raw.as_ref()?)));
        let mut after: Vec<ArchiveRecord> = later
            .map(|(number, it, words, raw)| {
                let (name, title) = (format!("tillegg-{number}"), it.title());
                let documents = match it.whole(while_unsure) {
                    Some(whole) => {
                        let received = whole.bytes.reveal().clone();
                        vec![document(main, &title, &format!("{name}.xml"), "XML", xml, received)]
                    }
                    None => {
                        let words = document(main, &title, &format!("{name}.txt"), "TXT", xml, words.into());
                        let free = it.free_attachments(while_unsure).into_iter();
                        let free = free.filter_map(|file| attached(reader.as_ref(), raw, file, &format!("{name}-")));
                        std::iter::once(words).chain(free).collect()
                    }
                };
                ArchiveRecord {
                    id: raw.id.0,
                    key: it.reference(),
                    kind: ArchiveRecordKind::Incoming,
                    at: it.at(),
                    party: it.sender().unwrap_or_else(|| raw.sender_name.clone()),
                    documents,
                    title,
                }
            })
            .collect();
        after.extend(said);
        after.sort_by_key(|it| it.at);
        records.extend(after);
        if is_whole {
            records.push(ArchiveRecord {
                id: printed.id,
                // Another one each time, and so another file.
                key: format!("{}-{}-utskrift-{}", package.reference, package.case_id, stamp(now)),
                kind: ArchiveRecordKind::Note,
                title: format!("{WHOLE}, referanse {}", package.reference),
                at: now,
                party: made_by,
                documents: vec![printed],
            });
        }
        package.records = records;
        (package.records.iter().map(|it| it.documents.len()).sum::<usize>(), reader.archive(&package))
    });
    let (documents, zip) = made.await?;
    let zip = zip.ok_or_else(|| Fault::bug(who.language, "a package for the archive came to more than 4 GiB"))?;
    tell(&house, &who, &looked, "exported", format!("{documents} documents")).await?;

    let mut response = Body::from(zip.into_inner()).into_response();
    let name = HeaderValue::try_from(format!("attachment; filename=\"{reference}-arkiv.zip\""));
    let name = name.expect("a reference is ASCII without control characters");
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// What both are made of.
struct Material {
    read: ReadMessage,
    raw: RawMessage,
    scanned: Vec<ScannedFile>,
    case: CaseDetail,
    origin: Option<FormOrigin>,
    follow_ups: Vec<FollowUpRead>,
    withdrawn: Option<WithdrawnView>,
}

impl Material {
    async fn gather(house: &Arc<House>, who: &SignedIn, looked: &Looked) -> Result<Self, Fault> {
        let (row, fault) = (&looked.detail.row, |it| Fault::store(who.language, it));
        if row.share == Share::Awareness {
            return Err(Fault::only_awareness(who.language));
        }
        if !row.state.shows_content() {
            return Err(Fault::not_opened(who.language));
        }
        let read = item::read(house, who, &looked.detail).await?.ok_or_else(|| Fault::absent(who.language))?;
        Ok(Self {
            read,
            raw: house.inbox.messages.raw(row.message).await.map_err(fault)?,
            scanned: house.inbox.scans.scanned_files(row.message).await.map_err(fault)?,
            case: item::case(house, row).await.map_err(fault)?,
            origin: house.inbox.forms.form_origin(row.message).await.map_err(fault)?,
            follow_ups: follow_up::read(house, who, &looked.detail).await?,
            withdrawn: withdrawn::view(house, who, row, true).await.map_err(fault)?,
        })
    }

    fn draw(&mut self, house: &House, who: &SignedIn, looked: &Looked, style: Style) -> PrintPage {
        let (t, detail, now) = (Words(who.language), &looked.detail, house.now());
        let names = house.inbox.names.as_ref();
        let attachments = self.read.attachments.iter().map(|file| {
            let standing = Standing::of(&self.scanned, file.position, house.inbox.while_unsure);
            item::attachment(detail, &self.read.report, file, standing, t)
        });
        let is_served = matches!(style, Style::Linked(_));
        PrintPage {
            t,
            lang: who.language.tag(),
            title: item::title(detail, t),
            style,
            js: &assets::JS_URL,
            back: is_served.then(|| format!("/items/{}", detail.row.id)),
            facts: Facts { withdrawn: self.withdrawn.take(), ..item::facts(house, who, detail, self.origin.as_ref()) },
            case: CaseView::of(house, who, looked, &self.case, false).facts,
            by: who.user.display_name.clone(),
            at: Moment::of(now, now, who.language),
            summary: letter::summary(&self.read, names, now, who.language).with_consent_now(&self.case.case, t),
            sections: letter::sections(&self.read, names, now, who.language),
            attachments: attachments.collect(),
            follow_ups: follow_up::views(house, who, detail, &self.follow_ups),
            events: timeline::events(&detail.journal, &self.case.events, house, who.language),
        }
    }
}

fn package(house: &House, who: &SignedIn, looked: &Looked, material: &Material) -> ArchivePackage {
    let row = &looked.detail.row;
    ArchivePackage {
        id: Uuid::now_v7(),
        case_id: row.id.0,
        reference: row.reference.clone(),
        archive_reference: material.case.case.archive_reference.clone(),
        unit: unit_name(house, &row.unit),
        responsible: row.responsible.as_ref().map(|it| it.display_name.clone()),
        protected: row.protected,
        received_at: row.received_at,
        made_at: house.now(),
        made_by: who.user.display_name.clone(),
        records: Vec::new(),
    }
}

/// What was said to those outside, and what they said by word of mouth: each with its date and its words, as plain text. What can
/// still be undone or has not been sent yet is left out, and what did not arrive is a note that says so: no letter went out then.
fn said_records(house: &House, looked: &Looked, material: &Material) -> Vec<ArchiveRecord> {
    let row = &looked.detail.row;
    let sender = material.read.head.sender.display_name();
    let mut records = Vec::new();
    for event in material.case.events.iter().filter(|it| !it.undone) {
        let Some((called, way)) = said_outside(event) else { continue };
        let Some(stands) = Stands::of(way, event.delivery) else { continue };
        let number = records.len() + 1;
        let outside = event.details.iter().find(|it| it.0 == Detailed::Name).map(|it| it.1.reveal().clone());
        let party = outside.unwrap_or_else(|| sender.clone());
        let note = |title| (ArchiveRecordKind::Note, title, event.who.name.clone(), format!("notat-{number}.txt"));
        let (kind, title, party, file) = match stands {
            Stands::Arrived(_) => {
                (ArchiveRecordKind::Outgoing, called.to_owned(), party, format!("utgaaende-{number}.txt"))
            }
            Stands::Spoken => note(format!("Notat om samtale: {}", called.to_lowercase())),
            Stands::Lost(why) => note(format!("{called}, {why}")),
        };
        let words = casework::said(event, house, Language::Nb).join("\n\n");
        let written = event.at.in_words(Language::Nb);
        let (at, sent) = match stands {
            Stands::Arrived(at) => (at, format!("Hos mottakeren: {}\n", at.in_words(Language::Nb))),
            Stands::Spoken | Stands::Lost(_) => (event.at, String::new()),
        };
        let text = format!(
            "{title}\nReferanse: {}\nTid: {written}\n{sent}Skrevet av: {}\nGjelder melding fra: {sender}\n\n{words}\n",
            row.reference, event.who.name,
        );
        let (main, variant) = (ArchiveDocumentKind::Main, ArchiveVariant::Archive);
        records.push(ArchiveRecord {
            id: stable_id(event),
            key: format!("{}-{}-{}", row.reference, event.id.item, event.id.sequence),
            kind,
            at,
            party,
            documents: vec![document(main, &title, &file, "TXT", variant, text.into())],
            title: format!("{title}, referanse {}", row.reference),
        });
    }
    records
}

/// What an archive is told of something that was said.
#[derive(Clone, Copy)]
enum Stands {
    /// The receiver has it, since then.
    Arrived(Timestamp),
    /// By word of mouth.
    Spoken,
    /// It was written, and the receiver does not have it or cannot use it: why, as the end of its title.
    Lost(&'static str),
}

impl Stands {
    /// `None`: nobody has been told anything yet.
    const fn of(way: AnswerWay, delivery: Option<Delivery>) -> Option<Self> {
        match (way, delivery) {
            (AnswerWay::Telephone, _) => Some(Self::Spoken),
            (AnswerWay::Electronic, Some(Delivery::Sent { at } | Delivery::Acknowledged { at })) => {
                Some(Self::Arrived(at))
            }
            (AnswerWay::Electronic, Some(Delivery::Waits) | None) => None,
            (AnswerWay::Electronic, Some(Delivery::Rejected)) => Some(Self::Lost("avvist av mottakerens system")),
            (AnswerWay::Electronic, Some(Delivery::Abandoned { sent_at: None })) => Some(Self::Lost("kom ikke fram")),
            (AnswerWay::Electronic, Some(Delivery::Abandoned { sent_at: Some(_) })) => {
                Some(Self::Lost("sendt uten at mottakeren bekreftet"))
            }
            (AnswerWay::Electronic, Some(Delivery::Cancelled)) => Some(Self::Lost("tatt tilbake før det ble sendt")),
        }
    }
}

/// How much was written to somebody outside and has not been sent yet, so that the package cannot have it.
pub(super) fn not_sent_yet(case: &CaseDetail) -> usize {
    case.events.iter().filter(|it| it.delivery == Some(Delivery::Waits)).count()
}

/// What an act said to somebody outside, or was told by them, is called; and how it was said. `None`: nothing was.
fn said_outside(event: &CaseEvent) -> Option<(&'static str, AnswerWay)> {
    let told = |what| event.details.iter().filter(move |it| it.0 == what);
    let by_telephone = told(Detailed::Code).any(|it| it.1.reveal() == AnswerWay::Telephone.code());
    let way = if by_telephone { AnswerWay::Telephone } else { AnswerWay::Electronic };
    match event.act {
        ActKind::Answer => Some(("Svar til melder", way)),
        ActKind::AskForMore => Some(("Spørsmål til melder", way)),
        ActKind::WrongAddressee => Some(("Beskjed om feil adressat", way)),
        ActKind::RegisterAnswer => Some(("Svar fra melder", AnswerWay::Telephone)),
        // To a unit here nothing goes out.
        ActKind::OfferTransfer => told(Detailed::Name).next().map(|_| ("Melding sendt videre", AnswerWay::Electronic)),
        _ => None,
    }
}

/// The same each time that the package is made, and in the package of whoever has the case later, so that an archive recognises
/// the record; as its key, which nothing else has.
fn stable_id(event: &CaseEvent) -> Uuid {
    let of = [&event.id.item.0.as_bytes()[..], &event.at.0.to_be_bytes(), event.act.label().as_bytes()].concat();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&token::sha256(&of)[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// A moment as part of a key.
fn stamp(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%S%.6fZ").to_string()
}

/// An attachment byte for byte. `None`: it is kept elsewhere, or broken.
fn attached(reader: &dyn ReadReport, raw: &RawMessage, file: &Attachment, before: &str) -> Option<ArchiveDocument> {
    let NthAttachment { number, bytes } = reader.attachment(raw, file.position).ok()??;
    let bytes = bytes.into_inner();
    let (_, extension) = attachment::found_type(&bytes);
    let name = format!("{before}vedlegg-{number}.{extension}");
    let is_pdf_a = matches!(&file.content, AttachmentContent::Inline(it) if it.pdf_a.is_some());
    let format = extension.to_uppercase();
    let variant = ArchiveVariant::of(&format, is_pdf_a);
    Some(document(ArchiveDocumentKind::Attachment, &format!("Vedlegg {number}"), &name, &format, variant, bytes))
}

fn document(
    kind: ArchiveDocumentKind,
    title: &str,
    name: &str,
    format: &str,
    variant: ArchiveVariant,
    bytes: Bytes,
) -> ArchiveDocument {
    ArchiveDocument {
        id: Uuid::now_v7(),
        kind,
        title: title.to_owned(),
        file: name.to_owned(),
        format: format.to_owned(),
        variant,
        sha256: token::sha256(&bytes),
        bytes: Redacted::new(bytes),
    }
}

async fn tell(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
    action: &'static str,
    detail: String,
) -> Result<(), Fault> {
    house
        .journal_about(looked.detail.row.message, who.actor(), action, detail)
        .await
        .map_err(|it| Fault::store(who.language, it))
}
