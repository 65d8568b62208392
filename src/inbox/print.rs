//! A report on paper, and as a package for the archive (Noark 5). Both are reading, and in the journal as what they are.

use crate::domain;
use crate::domain::ActKind;
use crate::domain::ArchiveDocument;
use crate::domain::ArchiveDocumentKind;
use crate::domain::ArchivePackage;
use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::assets;
use crate::inbox::attachment;
use crate::inbox::attachment::Standing;
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
use uuid::Uuid;

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
    let Material { read, raw, scanned, follow_ups, .. } = material;
    let made = item::blocking(who.language, move || {
        // As it came, with every attachment inside: when one of them is held back, its words alone.
        let main = ArchiveDocumentKind::Main;
        if attachment::is_free_whole(&read, &scanned, while_unsure) {
            package.documents.push(document(main, "melding.xml", "XML", raw.bytes.reveal().clone()));
            package.documents.push(document(ArchiveDocumentKind::Attachment, "melding.html", "HTML", printed.into()));
        } else {
            package.documents.push(document(main, "melding.html", "HTML", printed.into()));
        }
        for file in &read.attachments {
            if !Standing::of(&scanned, file.position, while_unsure).is_free() {
                continue;
            }
            let Ok(Some(NthAttachment { number, bytes })) = reader.attachment(&raw, file.position) else { continue };
            let bytes = bytes.into_inner();
            let (_, extension) = attachment::found_type(&bytes);
            let name = format!("vedlegg-{number}.{extension}");
            package.documents.push(document(ArchiveDocumentKind::Attachment, &name, extension, bytes));
        }
        // Whole, with their attachments inside: each is a message of its own.
        for (index, raw) in
            follow_ups.iter().enumerate().filter_map(|(index, it)| Some((index, it.whole(while_unsure)?)))
        {
            let (name, bytes) = (format!("tillegg-{}.xml", index + 1), raw.bytes.reveal().clone());
            package.documents.push(document(ArchiveDocumentKind::Attachment, &name, "XML", bytes));
        }
        (package.documents.len(), reader.archive(&package))
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
        record_id: row.message.0,
        reference: row.reference.clone(),
        archive_reference: material.case.case.archive_reference.clone(),
        unit: unit_name(house, &row.unit),
        responsible: row.responsible.as_ref().map(|it| it.display_name.clone()),
        sender: material.read.head.sender.display_name(),
        protected: row.protected,
        received_at: row.received_at,
        made_at: house.now(),
        made_by: who.user.display_name.clone(),
        documents: Vec::new(),
    }
}

fn document(kind: ArchiveDocumentKind, name: &str, format: &str, bytes: Bytes) -> ArchiveDocument {
    ArchiveDocument {
        id: Uuid::now_v7(),
        kind,
        file: name.to_owned(),
        format: format.to_uppercase(),
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
