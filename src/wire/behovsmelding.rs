//! Reads the behovsmelding 1.0 (`schemas/behovsmelding-1.0.xsd`) into a draft. Lenient, as its neighbour `msghead`.

use super::node::at;
use super::node::attribute_said;
use super::node::child;
use super::node::child_said;
use super::node::children;
use super::node::said;
use crate::domain::DraftAdmission;
use crate::domain::DraftAttachmentReference;
use crate::domain::DraftConsent;
use crate::domain::DraftContact;
use crate::domain::DraftExisting;
use crate::domain::DraftGuardian;
use crate::domain::DraftNeed;
use crate::domain::DraftPatient;
use crate::domain::DraftReport;
use crate::domain::DraftReporter;
use crate::domain::DraftRepresentative;
use crate::domain::DraftRole;
use crate::domain::DraftService;
use crate::domain::Redacted;
use crate::domain::Said;
use roxmltree::Node;

pub(super) const NAMESPACE: &str = "urn:meldeport:behovsmelding:1.0";
pub(super) const ROOT: &str = "Behovsmelding";

/// The report whose root element is `root`.
pub(super) fn draft(root: Node<'_, '_>) -> DraftReport {
    let receiver = child(root, "Mottaker");
    let in_receiver = |name| receiver.and_then(|it| child_said(it, name));
    let no_guardian = child(root, "ForesattMangler");
    let urgency = child(root, "Hastegrad");
    let wish = child(root, "KoordinatorOnske");
    let moves = child(root, "NyKommune");
    DraftReport {
        at: at(root),
        report_id: attribute_said(root, "meldingsId"),
        created: attribute_said(root, "opprettet"),
        language: attribute_said(root, "spraak"),
        concerns: attribute_said(root, "gjelder"),
        kind: child_said(root, "Meldingstype"),
        municipality: in_receiver("Kommunenr"),
        district: in_receiver("Bydel"),
        level: in_receiver("Nivaa"),
        receiver_organisation: in_receiver("Orgnr"),
        patient: child(root, "Pasient").map(patient),
        guardians: children(root, "Foresatt").map(guardian).collect(),
        no_guardian_reason: no_guardian.and_then(|it| attribute_said(it, "grunn")),
        no_guardian_text: no_guardian.and_then(said),
        representatives: children(root, "Verge").map(representative).collect(),
        consent: child(root, "Samtykke").map(consent),
        reporter: child(root, "Melder").map(reporter),
        original_reporter: child(root, "OpprinneligMelder").map(reporter),
        needs: children(root, "Behov").map(need).collect(),
        description: child_said(root, "Beskrivelse"),
        what_matters: child_said(root, "HvaErViktigForPersonen"),
        goals: child_said(root, "Maal"),
        duration: child_said(root, "Varighet"),
        services: children(root, "Tjeneste").map(service).collect(),
        existing: child(root, "Eksisterende").map(existing).unwrap_or_default(),
        coordinator_wish: wish.and_then(|it| child_said(it, "Onske")),
        coordinator_wish_who: wish.and_then(|it| child_said(it, "Hvem")),
        urgency: urgency.and_then(said),
        urgency_reason: urgency.and_then(|it| attribute_said(it, "grunn")),
        admission: child(root, "Innleggelse").map(admission),
        transitions: children(root, "OvergangType").filter_map(said).collect(),
        new_municipality: moves.and_then(|it| child_said(it, "Kommunenr")),
        new_municipality_from: moves.and_then(|it| child_said(it, "Dato")),
        family_link: child_said(root, "FamilieLenke"),
        attachments: children(root, "Vedlegg").map(attachment_reference).collect(),
        has_local_extension: child(root, "LokalUtvidelse").is_some(),
    }
}

fn patient(node: Node<'_, '_>) -> DraftPatient {
    let id = child(node, "Id");
    let name = child(node, "Navn");
    let in_name = |part| name.and_then(|it| child_said(it, part));
    let unborn = child(node, "Ufodt");
    DraftPatient {
        at: at(node),
        id_kind: id.and_then(|it| attribute_said(it, "type")),
        id: id.and_then(said),
        id_reason: id.and_then(|it| attribute_said(it, "grunn")),
        given_name: in_name("Fornavn"),
        middle_name: in_name("Mellomnavn"),
        family_name: in_name("Etternavn"),
        date_of_birth: child_said(node, "Fodselsdato"),
        unborn: unborn.and_then(said),
        due: unborn.and_then(|it| attribute_said(it, "termin")),
        telephone: child_said(node, "Telefon"),
        email: child_said(node, "Epost"),
        address: child(node, "Adresse").and_then(address),
        grading: child_said(node, "Adressegradering"),
        language: child_said(node, "Spraak"),
        interpreter: child_said(node, "TolkBehov"),
        contact_ways: children(node, "KanKontaktesVia").filter_map(said).collect(),
    }
}

/// Street, postal code and town, country: one line for people.
fn address(node: Node<'_, '_>) -> Option<Said> {
    let part = |name| child_said(node, name).map(|it| it.text.into_inner());
    let town = [part("Postnr"), part("Poststed")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [part("Gate"), Some(town).filter(|it| !it.is_empty()), part("Land")];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    (!line.is_empty()).then(|| Said { text: Redacted::new(line), at: at(node) })
}

fn guardian(node: Node<'_, '_>) -> DraftGuardian {
    DraftGuardian {
        at: at(node),
        relation: child_said(node, "Relasjon"),
        name: child_said(node, "Navn"),
        telephone: child_said(node, "Telefon"),
        has_parental_responsibility: child_said(node, "HarForeldreansvar"),
        informed: child_said(node, "Orientert"),
        not_informed_reason: child_said(node, "OrientertGrunn"),
        must_not_be_informed: child_said(node, "SkalIkkeInformeres"),
    }
}

fn representative(node: Node<'_, '_>) -> DraftRepresentative {
    DraftRepresentative {
        at: at(node),
        kind: child_said(node, "Type"),
        name: child_said(node, "Navn"),
        telephone: child_said(node, "Telefon"),
        scope: child_said(node, "Omfang"),
    }
}

fn consent(node: Node<'_, '_>) -> DraftConsent {
    let given_by = child(node, "AvgittAv");
    let basis = child(node, "Grunnlag");
    DraftConsent {
        at: at(node),
        status: child_said(node, "Status"),
        date: child_said(node, "Dato"),
        given_by_role: given_by.and_then(|it| attribute_said(it, "rolle")),
        given_by: given_by.and_then(said),
        scopes: children(node, "Omfang").map(|it| (attribute_said(it, "kode"), said(it))).collect(),
        valid_until: child_said(node, "GyldigTil"),
        basis: basis.and_then(|it| attribute_said(it, "kode")),
        basis_reason: basis.and_then(said),
    }
}

fn reporter(node: Node<'_, '_>) -> DraftReporter {
    let organisation = child(node, "Virksomhet");
    let in_organisation = |name| organisation.and_then(|it| child_said(it, name));
    DraftReporter {
        at: at(node),
        category: child_said(node, "Kategori"),
        private: child(node, "Privat").is_some(),
        organisation: in_organisation("Orgnr"),
        her_id: in_organisation("HerId"),
        organisation_name: in_organisation("Navn"),
        unit: child_said(node, "Enhet"),
        name: child_said(node, "Navn"),
        roles: children(node, "Rolle")
            .map(|it| DraftRole {
                at: at(it),
                code: attribute_said(it, "V"),
                system: attribute_said(it, "S"),
                name: attribute_said(it, "DN"),
            })
            .collect(),
        position: child_said(node, "Stilling"),
        telephone: child_said(node, "Telefon"),
        email: child_said(node, "Epost"),
        hpr: child_said(node, "Hpr"),
        wants_answer: child_said(node, "SvarOnskes"),
        answer_channel: child_said(node, "SvarKanal"),
    }
}

fn need(node: Node<'_, '_>) -> DraftNeed {
    let dimensions = children(node, "Dimensjon").filter_map(said).collect();
    DraftNeed { at: at(node), kind: child_said(node, "Type"), dimensions }
}

fn service(node: Node<'_, '_>) -> DraftService {
    DraftService {
        at: at(node),
        kind: child_said(node, "Type"),
        level: child_said(node, "Nivaa"),
        status: child_said(node, "Status"),
        name: child_said(node, "Navn"),
        contact: child(node, "Kontakt").map(contact),
    }
}

fn contact(node: Node<'_, '_>) -> DraftContact {
    DraftContact {
        at: at(node),
        name: child_said(node, "Navn"),
        telephone: child_said(node, "Telefon"),
        email: child_said(node, "Epost"),
    }
}

fn existing(node: Node<'_, '_>) -> Vec<DraftExisting> {
    node.children()
        .filter(Node::is_element)
        .map(|it| DraftExisting {
            at: at(it),
            what: it.tag_name().name().to_owned(),
            answer: attribute_said(it, "svar"),
            contact: child(it, "Kontakt").map(contact),
        })
        .collect()
}

fn admission(node: Node<'_, '_>) -> DraftAdmission {
    DraftAdmission {
        at: at(node),
        hospital: child_said(node, "HFOrgnr"),
        ward: child_said(node, "Avdeling"),
        planned_discharge: child_said(node, "PlanlagtUtskrivning"),
    }
}

fn attachment_reference(node: Node<'_, '_>) -> DraftAttachmentReference {
    DraftAttachmentReference {
        at: at(node),
        kind: child_said(node, "Type"),
        document: child_said(node, "DokumentId"),
        title: child_said(node, "Tittel"),
    }
}
