//! What a dialogue message says is what staff are shown: every text of it, and nothing that could act.

use super::support::House;
use super::support::Plant;
use crate::app;
use crate::inbox::ReadMessage;
use crate::judge;
use roxmltree::Document;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The message, read as the house reads it, and every text of its dialogue that is neither script nor style.
/// `None`: there is no dialogue message in it.
fn read(file: &Path) -> Option<(ReadMessage, Vec<String>)> {
    let arrival = super::support::arrival(file);
    let (it, texts) = judge::reopen(&arrival, &app::example_rulebook(), |tree, it| (it, texts(tree)))?;
    let report = it.report.filter(|it| it.dialogue().is_some())?;
    Some((ReadMessage { head: it.head, report, attachments: it.attachments, particulars: it.particulars }, texts))
}

/// Of the first dialogue message; a second one is refused.
fn texts(tree: &Document<'_>) -> Vec<String> {
    let Some(root) = tree.descendants().find(is_dialogue) else {
        return Vec::new();
    };
    let is_program = |it: &roxmltree::Node<'_, '_>| matches!(it.tag_name().name(), "script" | "style");
    root.descendants()
        .filter(|it| it.is_text() && !it.ancestors().any(|it| is_program(&it)))
        .filter_map(|it| it.text())
        .map(without_space)
        .filter(|it| !it.is_empty())
        .collect()
}

fn is_dialogue(node: &roxmltree::Node<'_, '_>) -> bool {
    node.is_element() && node.tag_name().name() == "Dialogmelding"
}

pub(super) fn without_space(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// What a reader of the page sees, without white space.
pub(super) fn seen(page: &str) -> String {
    let mut text = String::new();
    for piece in page.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    let signs = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    without_space(&signs.into_iter().fold(text, |text, (from, to)| text.replace(from, to)))
}

/// The page that staff see when they have opened the message.
pub(super) async fn page(house: &House, read: ReadMessage) -> String {
    let login = format!("kari{}", uuid::Uuid::now_v7().simple());
    let (mut kari, _) = house.signed_in(&login, "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant { report: Some(read), ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &cover).await;
    kari.get(&path).await.body
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/valid").join(name)
}

pub(super) fn xml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|it| it.map(|it| it.unwrap().path()).collect::<Vec<_>>());
    let mut files = entries.unwrap_or_default();
    files.retain(|it| it.extension().is_some_and(|it| it == "xml"));
    files.sort();
    files
}

#[tokio::test]
async fn every_text_of_a_dialogue_message_is_found_again_on_the_page() {
    let shared = std::env::var_os("MELDEPORT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let mut files = xml_files(&own(""));
    let ours = files.iter().filter(|it| it.to_string_lossy().contains("dialog-")).count();
    for folder in ["dialogmelding-1.0", "dialogmelding-1.1", "msghead-other"] {
        files.extend(xml_files(&shared.join("standards/corpus").join(folder)));
    }
    let house = House::new().await;
    let mut looked_at = 0;
    for file in files {
        let Some((read, texts)) = read(&file) else { continue };
        let page = page(&house, read).await;
        let seen = seen(&page);
        for (index, text) in texts.iter().enumerate() {
            // The text itself is not printed: other systems' files may hold anything.
            assert!(seen.contains(text.as_str()), "{}: text number {index} is not shown", file.display());
        }
        looked_at += 1;
    }
    println!("{looked_at} messages");
    assert!(ours >= 7 && looked_at >= ours, "{ours} of ours, {looked_at} in all");
}

#[tokio::test]
async fn nothing_that_could_act_reaches_the_page() {
    let house = House::new().await;
    let (read, _) = read(&own("dialog-xhtml.xml")).unwrap();

    let page = page(&house, read).await;

    for gone in ["alert(", "ond.example", "onclick=\"", "display: none", "javascript:"] {
        assert!(!page.contains(gone), "{gone}");
    }
    for shown in [
        "<strong>varig</strong>",
        "<em>sammensatte</em>",
        "<ol><li><p>PPT</p></li><li><p>Avlastning</p></li></ol>",
        "<td><p>Mandag</p></td>",
        "(https://eksempel.example/plan)",
        "[Kart over tiltak]",
        "Aktivt innhold",
        "Ønske om barnekoordinator",
        "«barnekoordinator» står i sakstypen",
        "Ikke oppgitt",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn a_table_keeps_its_columns_and_the_header_says_how_the_ward_and_the_family_are_reached() {
    let house = House::new().await;
    let (read, _) = read(&own("dialog-table.xml")).unwrap();

    let page = page(&house, read).await;

    for shown in [
        "<tr><td><p>Eksempelin 50 mg</p></td><td><p>1</p></td><td></td><td><p>1</p></td></tr>",
        "<tr><td><p>Prøvexin 5 mg</p></td><td></td><td></td><td><p>2</p></td></tr>",
        "<td colspan=\"3\"><p>inntil 3 i døgnet</p></td>",
        "<th><p>Kveld</p></th>",
        "10<sup>9</sup>/L",
        "<del>penicillin</del>",
        "Barneavdeling – Telefon eller e-post: Arbeidsplass direkte, tel:+4799000141",
        "Eksempelgata 7, 4950, Risør",
        "Hjemmetelefon, tel:+4799000142",
        "Prøveveien 12, 4950, Risør",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn conversation_attachments_and_a_report_beside_it_are_shown() {
    let house = House::new().await;

    let page_of = async |name: &str| page(&house, read(&own(name)).unwrap().0).await;

    let answer = page_of("dialog-two-notes.xml").await;
    assert!(answer.contains("0b3a3c9c-7a55-4a53-8f60-1b3c1f2a0001"));
    assert!(answer.contains("0b3a3c9c-7a55-4a53-8f60-1b3c1f2a0000"));
    let roles = page_of("dialog-roles.xml").await;
    assert!(roles.contains("Kartlegging") && roles.contains("/attachments/2"));
    let both = page_of("dialog-with-report.xml").await;
    assert!(both.contains("Behovsmeldingen følger i samme forsendelse."));
    assert!(both.contains("En behovsmelding ligger i den samme forsendelsen"));
    let unclassified = page_of("dialog-question-latin1.xml").await;
    assert!(unclassified.contains("Uklassifisert") && unclassified.contains("Har journal (2)"));
}
