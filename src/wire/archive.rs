//! Writes a package for the archive: Noark 5 `arkivmelding.xml` and the documents that it names, in one ZIP file.
//!
//! The ZIP stores its files as they are: pictures and PDFs do not shrink, and an archive asks for bytes that it can check.

use crate::domain::ArchiveDocument;
use crate::domain::ArchiveDocumentKind;
use crate::domain::ArchivePackage;
use crate::domain::ArchiveRecord;
use crate::domain::ArchiveRecordKind;
use crate::domain::ArchiveVariant;
use crate::domain::Timestamp;
use crate::domain::norway;
use flate2::Crc;
use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesText;
use quick_xml::events::Event;
use std::io;

const NAMESPACE: &str = "http://www.arkivverket.no/standarder/noark5/arkivmelding";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SYSTEM: &str = "Meldeport";
/// What the archive's own number of a case is a number in.
const ARCHIVE: &str = "Arkiv";

type Out = Writer<Vec<u8>>;

/// The whole package. `None`: it is larger than a ZIP file without extensions can be (4 GiB).
pub fn package(package: &ArchivePackage) -> Option<Vec<u8>> {
    let description = arkivmelding(package);
    let mut files = vec![("arkivmelding.xml", description.as_slice())];
    files.extend(documents(package).map(|it| (it.file.as_str(), it.bytes.reveal().as_ref())));
    zip(&files, package.made_at)
}

/// Every file of the package, in its order.
fn documents(package: &ArchivePackage) -> impl Iterator<Item = &ArchiveDocument> {
    package.records.iter().flat_map(|it| &it.documents)
}

/// `arkivmelding.xml`.
pub fn arkivmelding(package: &ArchivePackage) -> Vec<u8> {
    let mut out = Writer::new_with_indent(Vec::with_capacity(8192), b' ', 2);
    compose(&mut out, package).expect("writing to memory does not fail");
    out.into_inner()
}

fn compose(out: &mut Out, package: &ArchivePackage) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("arkivmelding")
        .with_attribute(("xmlns", NAMESPACE))
        .with_attribute(("xmlns:xsi", INSTANCE))
        .write_inner_content(|out| {
            text(out, "system", SYSTEM)?;
            text(out, "meldingId", &package.id.to_string())?;
            text(out, "tidspunkt", &moment(package.made_at))?;
            text(out, "antallFiler", &documents(package).count().to_string())?;
            out.create_element("mappe")
                .with_attribute(("xsi:type", "saksmappe"))
                .write_inner_content(|out| case_file(out, package))?;
            Ok(())
        })?;
    Ok(())
}

/// The case (saksmappe).
fn case_file(out: &mut Out, package: &ArchivePackage) -> io::Result<()> {
    text(out, "systemID", &package.case_id.to_string())?;
    text(out, "tittel", &format!("Melding om behov, referanse {}", package.reference))?;
    created(out, package.received_at)?;
    // What the case is called in the archive already, so that the archive matches the package with it; else what we call it.
    match &package.archive_reference {
        Some(called) => external_key(out, ARCHIVE, called.reveal())?,
        None => external_key(out, SYSTEM, package.reference.as_str())?,
    }
    for it in &package.records {
        out.create_element("registrering")
            .with_attribute(("xsi:type", "journalpost"))
            .write_inner_content(|out| record(out, package, it))?;
    }
    text(out, "saksdato", &day(package.received_at))?;
    text(out, "administrativEnhet", &package.unit)?;
    text(out, "saksansvarlig", package.responsible.as_deref().unwrap_or("Ikke fordelt"))?;
    text(out, "saksstatus", "Under behandling")
}

/// What came, went or was written down (journalpost).
fn record(out: &mut Out, package: &ArchivePackage, it: &ArchiveRecord) -> io::Result<()> {
    text(out, "systemID", &it.id.to_string())?;
    created(out, it.at)?;
    text(out, "referanseForelderMappe", &package.case_id.to_string())?;
    out.create_element("skjerming").write_inner_content(|out| {
        text(out, "tilgangsrestriksjon", if package.protected { "Fortrolig adresse" } else { "Unntatt offentlighet" })?;
        text(out, "skjermingshjemmel", "offl. § 13, jf. helsepersonelloven § 21")?;
        text(out, "skjermingMetadata", "Skjermet")
    })?;
    for (index, document) in it.documents.iter().enumerate() {
        out.create_element("dokumentbeskrivelse")
            .write_inner_content(|out| describe(out, package, it, document, index + 1))?;
    }
    text(out, "tittel", &it.title)?;
    text(out, "offentligTittel", "Melding om behov")?;
    let (party, kind) = match it.kind {
        ArchiveRecordKind::Incoming => ("Avsender", "Inngående dokument"),
        ArchiveRecordKind::Outgoing => ("Mottaker", "Utgående dokument"),
        ArchiveRecordKind::Note => ("Intern avsender", "Organinternt dokument uten oppfølging"),
    };
    out.create_element("korrespondansepart").write_inner_content(|out| {
        text(out, "korrespondanseparttype", party)?;
        text(out, "korrespondansepartNavn", &it.party)
    })?;
    external_key(out, SYSTEM, &it.key)?;
    text(out, "journalposttype", kind)?;
    text(out, "journalstatus", "Journalført")?;
    text(out, "journaldato", &day(package.made_at))?;
    match it.kind {
        ArchiveRecordKind::Incoming => text(out, "mottattDato", &moment(it.at))?,
        ArchiveRecordKind::Outgoing => text(out, "sendtDato", &moment(it.at))?,
        ArchiveRecordKind::Note => text(out, "dokumentetsDato", &day(it.at))?,
    }
    text(out, "antallVedlegg", &it.documents.len().saturating_sub(1).to_string())
}

/// A document and its file (dokumentbeskrivelse, dokumentobjekt).
fn describe(
    out: &mut Out,
    package: &ArchivePackage,
    record: &ArchiveRecord,
    document: &ArchiveDocument,
    number: usize,
) -> io::Result<()> {
    let relation = match document.kind {
        ArchiveDocumentKind::Main => "Hoveddokument",
        ArchiveDocumentKind::Attachment => "Vedlegg",
    };
    let kind = match (document.kind, record.kind) {
        (ArchiveDocumentKind::Attachment, _) => "Vedlegg",
        (ArchiveDocumentKind::Main, ArchiveRecordKind::Incoming) => "Melding",
        (ArchiveDocumentKind::Main, ArchiveRecordKind::Outgoing) => "Brev",
        (ArchiveDocumentKind::Main, ArchiveRecordKind::Note) => "Notat",
    };
    text(out, "systemID", &document.id.to_string())?;
    text(out, "dokumenttype", kind)?;
    text(out, "dokumentstatus", "Dokumentet er ferdigstilt")?;
    text(out, "tittel", &document.title)?;
    created(out, record.at)?;
    text(out, "tilknyttetRegistreringSom", relation)?;
    text(out, "dokumentnummer", &number.to_string())?;
    text(out, "tilknyttetDato", &moment(record.at))?;
    text(out, "tilknyttetAv", &package.made_by)?;
    out.create_element("dokumentobjekt").write_inner_content(|out| {
        text(out, "versjonsnummer", "1")?;
        text(
            out,
            "variantformat",
            match document.variant {
                ArchiveVariant::Archive => "Arkivformat",
                ArchiveVariant::Production => "Produksjonsformat",
            },
        )?;
        text(out, "format", &document.format)?;
        created(out, record.at)?;
        text(out, "referanseDokumentfil", &document.file)?;
        text(out, "sjekksum", &document.sha256.iter().map(|it| format!("{it:02x}")).collect::<String>())?;
        text(out, "sjekksumAlgoritme", "SHA-256")?;
        text(out, "filstoerrelse", &document.bytes.reveal().len().to_string())
    })?;
    Ok(())
}

/// What it is called in a system (referanseEksternNoekkel): ours, or the archive's own. The schema asks for it in every case and every record.
fn external_key(out: &mut Out, system: &str, key: &str) -> io::Result<()> {
    out.create_element("referanseEksternNoekkel").write_inner_content(|out| {
        text(out, "fagsystem", system)?;
        text(out, "noekkel", key)
    })?;
    Ok(())
}

fn created(out: &mut Out, at: Timestamp) -> io::Result<()> {
    text(out, "opprettetDato", &moment(at))?;
    text(out, "opprettetAv", SYSTEM)
}

fn text(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    // What XML 1.0 cannot hold is left out: an archive that refuses the whole package is worse.
    let legal = |it: &char| matches!(it, '\t' | '\n' | '\r') || (*it >= ' ' && !matches!(it, '\u{fffe}' | '\u{ffff}'));
    let text: String = text.chars().filter(legal).collect();
    out.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn moment(at: Timestamp) -> String {
    at.to_jiff().to_zoned(norway()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn day(at: Timestamp) -> String {
    at.date_in_norway().to_string()
}

/// A ZIP file with stored files (APPNOTE 6.3, method 0), names in UTF-8.
fn zip(files: &[(&str, &[u8])], at: Timestamp) -> Option<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let stamp = dos_time(at);
    for (name, bytes) in files {
        let offset = u32::try_from(out.len()).ok()?;
        let mut crc = Crc::new();
        crc.update(bytes);
        // Version 2.0, names in UTF-8, stored.
        let mut entry = Vec::with_capacity(26);
        entry.extend_from_slice(&[20, 0, 0, 8, 0, 0]);
        entry.extend_from_slice(&stamp);
        entry.extend_from_slice(&crc.sum().to_le_bytes());
        let size = u32::try_from(bytes.len()).ok()?.to_le_bytes();
        entry.extend_from_slice(&size);
        entry.extend_from_slice(&size);
        entry.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
        entry.extend_from_slice(&[0, 0]);

        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&entry);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(bytes);

        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&entry);
        // No comment, disk 0, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, size) = (u32::try_from(out.len()).ok()?, u32::try_from(directory.len()).ok()?);
    let count = u16::try_from(files.len()).ok()?.to_le_bytes();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count);
    out.extend_from_slice(&count);
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    Some(out)
}

/// Time and date as MS-DOS had them, in Norway.
fn dos_time(at: Timestamp) -> [u8; 4] {
    let local = at.to_jiff().to_zoned(norway()).datetime();
    let part = |it: i8| u16::try_from(it).unwrap_or_default();
    let time = part(local.hour()) << 11 | part(local.minute()) << 5 | (part(local.second()) / 2);
    let year = u16::try_from(local.year() - 1980).unwrap_or_default();
    let day = year << 9 | part(local.month()) << 5 | part(local.day());
    let ([a, b], [c, d]) = (time.to_le_bytes(), day.to_le_bytes());
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::arkivmelding;
    use super::package;
    use crate::domain::ArchiveDocument;
    use crate::domain::ArchiveDocumentKind;
    use crate::domain::ArchivePackage;
    use crate::domain::ArchiveRecord;
    use crate::domain::ArchiveRecordKind;
    use crate::domain::ArchiveVariant;
    use crate::domain::Redacted;
    use crate::domain::Reference;
    use crate::domain::Timestamp;
    use bytes::Bytes;
    use roxmltree::Document;
    use std::time::Duration;
    use uuid::Uuid;

    fn given() -> ArchivePackage {
        let at = Timestamp::from_jiff("2026-11-21T13:05:00Z".parse().unwrap());
        let document = |kind, file: &str, bytes: &'static [u8]| ArchiveDocument {
            id: Uuid::from_u128(9),
            kind,
            title: "Meldingen slik den ble mottatt".to_owned(),
            file: file.to_owned(),
            format: "XML".to_owned(),
            variant: if file.ends_with("pdf") { ArchiveVariant::Production } else { ArchiveVariant::Archive },
            sha256: [0xab; 32],
            bytes: Redacted::new(Bytes::from_static(bytes)),
        };
        let record = |kind, key: &str, seconds, documents| ArchiveRecord {
            id: Uuid::from_u128(3),
            key: key.to_owned(),
            kind,
            title: "Melding om behov".to_owned(),
            at: at.plus(Duration::from_secs(seconds)),
            party: "Eksempel sykehus".to_owned(),
            documents,
        };
        ArchivePackage {
            id: Uuid::from_u128(1),
            case_id: Uuid::from_u128(2),
            reference: Reference::parse("7K3-9QX-2MA").unwrap(),
            archive_reference: Some(Redacted::new("2026/17-3 <x>".to_owned())),
            unit: "Tjenestekontoret".to_owned(),
            responsible: None,
            protected: false,
            received_at: at,
            made_at: at,
            made_by: "Kari Prøve".to_owned(),
            records: vec![
                record(
                    ArchiveRecordKind::Incoming,
                    "7K3-9QX-2MA",
                    0,
                    vec![
                        document(ArchiveDocumentKind::Main, "melding.xml", b"123456789"),
                        document(ArchiveDocumentKind::Attachment, "vedlegg-2.pdf", b"%PDF-1.7"),
                    ],
                ),
                record(
                    ArchiveRecordKind::Outgoing,
                    "7K3-9QX-2MA-1",
                    3600,
                    vec![document(ArchiveDocumentKind::Main, "utgaaende-1.txt", b"Svar")],
                ),
                record(
                    ArchiveRecordKind::Note,
                    "7K3-9QX-2MA-2",
                    86_400,
                    vec![document(ArchiveDocumentKind::Main, "notat-2.txt", b"Sagt")],
                ),
            ],
        }
    }

    #[test]
    fn the_description_names_each_file_with_checksum_format_and_size() {
        let text = String::from_utf8(arkivmelding(&given())).unwrap();
        let tree = Document::parse(&text).unwrap();
        let all = |name: &str| -> Vec<String> {
            let found = tree.descendants().filter(|it| it.tag_name().name() == name);
            found.map(|it| it.text().unwrap_or_default().to_owned()).collect()
        };

        let root = tree.root_element().tag_name();
        assert_eq!(root.namespace(), Some("http://www.arkivverket.no/standarder/noark5/arkivmelding"));
        assert_eq!(all("antallFiler"), ["4"]);
        assert_eq!(all("referanseDokumentfil"), ["melding.xml", "vedlegg-2.pdf", "utgaaende-1.txt", "notat-2.txt"]);
        assert_eq!(all("tilknyttetRegistreringSom"), ["Hoveddokument", "Vedlegg", "Hoveddokument", "Hoveddokument"]);
        assert_eq!(all("sjekksum"), vec!["ab".repeat(32); 4]);
        assert_eq!(all("filstoerrelse"), ["9", "8", "4", "4"]);
        assert_eq!(all("variantformat"), ["Arkivformat", "Produksjonsformat", "Arkivformat", "Arkivformat"]);
        let keys = ["2026/17-3 <x>", "7K3-9QX-2MA", "7K3-9QX-2MA-1", "7K3-9QX-2MA-2"];
        assert_eq!(all("noekkel"), keys, "of the case, and of each record");
        assert_eq!(
            all("fagsystem"),
            ["Arkiv", "Meldeport", "Meldeport", "Meldeport"],
            "the archive's number is the archive's"
        );
        let kinds = ["Inngående dokument", "Utgående dokument", "Organinternt dokument uten oppfølging"];
        assert_eq!(all("journalposttype"), kinds);
        assert_eq!(all("korrespondanseparttype"), ["Avsender", "Mottaker", "Intern avsender"]);
        assert_eq!(all("sendtDato"), ["2026-11-21T15:05:00+01:00"], "an archive sees when it went out");
        assert_eq!(all("dokumentetsDato"), ["2026-11-22"]);
        assert_eq!(all("mottattDato"), ["2026-11-21T14:05:00+01:00"]);
    }

    #[test]
    fn a_case_that_the_archive_does_not_know_goes_by_our_own_reference() {
        let unfiled = ArchivePackage { archive_reference: None, ..given() };

        let text = String::from_utf8(arkivmelding(&unfiled)).unwrap();

        assert_eq!(text.matches("<noekkel>7K3-9QX-2MA</noekkel>").count(), 2);
        assert!(!text.contains("<fagsystem>Arkiv</fagsystem>"), "{text}");
    }

    #[test]
    fn the_package_is_a_zip_file_whose_files_are_stored_byte_for_byte() {
        let zip = package(&given()).unwrap();

        let end = zip.len() - 22;
        assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
        assert_eq!(u16::from_le_bytes([zip[end + 10], zip[end + 11]]), 5);
        let mut at = u32::from_le_bytes(zip[end + 16..end + 20].try_into().unwrap()) as usize;
        let mut found = Vec::new();
        while &zip[at..at + 4] == b"PK\x01\x02" {
            let number = |from: usize| u32::from_le_bytes(zip[at + from..at + from + 4].try_into().unwrap());
            let name_length = usize::from(u16::from_le_bytes([zip[at + 28], zip[at + 29]]));
            let name = std::str::from_utf8(&zip[at + 46..at + 46 + name_length]).unwrap();
            let (crc, size, offset) = (number(16), number(24) as usize, number(42) as usize);
            assert_eq!(&zip[offset..offset + 4], b"PK\x03\x04");
            let begins = offset + 30 + name_length;
            found.push((name.to_owned(), crc, zip[begins..begins + size].to_vec()));
            at += 46 + name_length;
        }

        assert_eq!(at, end);
        assert_eq!(found[0].0, "arkivmelding.xml");
        // The check value that the CRC's definition gives for these nine digits.
        assert_eq!(found[1], ("melding.xml".to_owned(), 0xcbf4_3926, b"123456789".to_vec()));
        assert_eq!(found[2].2, b"%PDF-1.7");
    }
}
