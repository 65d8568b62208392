//! The journal as auditors and leaders read it, and one person's access log.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::membership;
use super::support::plain;
use crate::domain::Role;
use crate::domain::Share;
use crate::inbox::InboxConfig;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn an_auditor_prints_who_has_read_about_one_person_and_reads_nothing_else() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut auditor, _) = house.signed_in_as("revisor", Role::Auditor, "gjerstad").await;
    let number = "58850321874";
    let about = house.plant(Plant { person_id: Some(number.to_owned()), ..Plant::default() }).await;
    let other = house.plant(Plant::default()).await;
    let list = kari.get("/").await;
    for it in [&about, &other] {
        kari.post(&format!("/items/{}/open", it.item), &[], &list).await;
    }
    kari.get(&format!("/items/{}", about.item)).await;

    let journal = auditor.get("/journal").await;
    assert!(journal.body.contains(&about.reference) && journal.body.contains(&other.reference));
    let found = auditor.post("/journal", &[("number", "588503 21874")], &journal).await;

    assert_eq!(found.status, StatusCode::OK);
    assert!(found.body.contains("Innsynslogg for én person") && found.body.contains("data-print"));
    for said in ["Kari Prøve", "åpnet meldingen", "leste meldingen", &about.reference] {
        assert!(found.body.contains(said), "{said}");
    }
    assert!(!found.body.contains(&other.reference));
    assert!(!found.body.contains(number) && !found.body.contains("588503 21874"), "the number is not shown again");
    assert!(!found.body.contains("Åse Testdal"), "nor the name");
    assert_eq!(auditor.get(&format!("/items/{}", about.item)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kari.get("/journal").await.status, StatusCode::FORBIDDEN);
    let lines = house.journal().await;
    assert!(lines.iter().any(|it| it.action == "access_log_read" && !it.detail.contains(number)));
}

/// A slip must not become a sheet that says that nobody has read about somebody.
#[tokio::test]
async fn an_access_log_is_of_a_number_that_can_be_somebodys_and_says_what_it_covers() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut auditor, user) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    house.grant(&user, crate::domain::Membership { role: Role::Auditor, ..membership("risor") }).await;
    let about = house.plant(Plant { person_id: Some("58850321874".to_owned()), ..Plant::default() }).await;
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", about.item), &[], &list).await;
    let journal = auditor.get("/journal").await;
    let read = async || house.journal().await.iter().filter(|it| it.action == "access_log_read").count();

    for (kind, typed, wrong) in [
        ("national", "5885032187", "Nummeret må ha elleve sifre"),
        ("national", "58850321875", "Kontrollsifrene stemmer ikke"),
        ("national", "58850321784", "Kontrollsifrene stemmer ikke"),
        ("national", "00000000000", "Nummeret begynner ikke med en dato som finnes"),
        ("national", "", "Skriv nummeret til personen"),
        ("duf", "58850321874", "DUF-nummeret må ha tolv sifre"),
    ] {
        let found = auditor.post("/journal", &[("number", typed), ("number_kind", kind)], &journal).await;

        assert_eq!(found.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let field = found.body.split("id=\"number-error\"").nth(1).unwrap();
        assert!(field.starts_with(&format!(">{wrong}")), "{typed}: {field}");
        assert!(field.contains(&format!("value=\"{typed}\" aria-describedby=\"number-hint number-error\"")));
        assert!(found.body.contains(&format!("<option value=\"{kind}\" selected>")), "{typed}");
        for paper in ["data-print", "Enheter loggen gjelder", "Ingen melding om en person", "Skrevet ut"] {
            assert!(!found.body.contains(paper), "{typed}: {paper}");
        }
    }
    assert_eq!(read().await, 0, "nothing was read");

    // One who can be somebody, and about whom nothing is written.
    let nobody = auditor.post("/journal", &[("number", "12835401802")], &journal).await;
    assert_eq!(nobody.status, StatusCode::OK);
    for said in [
        "Ingen melding om en person med dette nummeret ligger i disse enhetene nå.",
        "<li>risor, Risør</li><li>Tjenestekontoret i Gjerstad (eksempel)</li>",
        "ikke er klarert for dem i risor, Risør; Tjenestekontoret i Gjerstad (eksempel).",
        "Loggen gjelder (skriv navnet for hånd)",
        "data-print",
    ] {
        assert!(nobody.body.contains(said), "{said}: {}", nobody.body);
    }
    assert!(!nobody.body.contains("12835401802") && !nobody.body.contains("kan ikke kontrolleres"));
    let somebody = auditor.post("/journal", &[("number", "58850321874")], &journal).await;
    assert!(somebody.body.contains("åpnet meldingen") && !somebody.body.contains("Ingen melding om en person"));
    assert!(somebody.body.contains("Enheter loggen gjelder") && somebody.body.contains("class=\"by-hand\""));
    let passport = [("number", "X 123"), ("number_kind", "other")];
    assert!(auditor.post("/journal", &passport, &journal).await.body.contains("kan ikke kontrolleres"));
    assert_eq!(read().await, 3);
    let odd = [("number", "X 123"), ("number_kind", "any")];
    assert_eq!(auditor.post("/journal", &odd, &journal).await.status, StatusCode::NOT_FOUND);
}

/// Two municipalities: what is about people is told where they belong, and nowhere else.
#[tokio::test]
async fn an_auditor_reads_about_the_people_of_their_own_unit_and_of_no_other() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut mona, _) = house.signed_in("mona", "Mona Døme", &["risor"]).await;
    let (mut ours, _) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    let (mut theirs, _) = house.signed_in_as("revy", Role::Auditor, "risor").await;
    let case = house.plant(Plant::default()).await;
    // Both do the same: search, look at lists, try doors, take things out.
    for it in [&mut kari, &mut mona] {
        let list = it.get("/").await;
        let found = it.post("/search", &[("q", "Åse Testdal")], &list).await;
        it.get(found.location()).await;
        it.get("/register.csv").await;
        assert_eq!(it.get("/people").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(mona.get(&format!("/items/{}", case.item)).await.status, StatusCode::NOT_FOUND);
    let mut thief = house.browser();
    for login in ["kari", "mona"] {
        let page = thief.get("/sign-in").await;
        thief.post("/sign-in", &[("login", login), ("password", "feil passord her")], &page).await;
    }
    house.grant(&kari_user, crate::domain::Membership { role: Role::Secretary, ..membership("gjerstad") }).await;

    let (here, there) = (ours.get("/journal").await, theirs.get("/journal").await);

    for said in [
        "søkte",
        "så på en liste",
        "lastet ned en oversikt",
        "ble nektet",
        "personer og roller: ",
        "avviste et forsøk på innlogging",
        "ga en rolle",
        "logget inn",
    ] {
        assert!(here.body.contains(said), "{said}: {}", here.body);
    }
    assert!(here.body.contains("Kari Prøve") && there.body.contains("Mona Døme"));
    assert!(!there.body.contains("Kari Prøve") && !there.body.contains("kari"), "{}", there.body);
    // Whose report it was is told who tried; where the one who tried belongs, only that it was somebody else's.
    let tried = |it: &Answer| rows(it).into_iter().filter(|row| row.contains("ble nektet")).collect::<Vec<_>>();
    let mona_here: Vec<_> = rows(&here).into_iter().filter(|row| row.contains("Mona Døme")).collect();
    assert!(mona_here.len() == 1 && mona_here[0].contains(&case.reference), "{mona_here:?}");
    assert!(tried(&there).iter().any(|row| row.contains("en melding: saken er ikke deres")), "{}", there.body);
    assert!(!there.body.contains(&case.reference));
    for raw in ["2026-10-", "T08:", "_", "{", "GET ", " rows"] {
        let told = rows(&here).join("\n").replace("datetime=\"2026-10-05T", "");
        assert!(!told.contains(raw), "{raw}: {told}");
    }
    let (mut nobody, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    for place in ["/journal", "/journal.csv"] {
        assert_eq!(nobody.get(place).await.status, StatusCode::FORBIDDEN);
    }
}

/// The page of refusal said that the attempt was in the journal, and it was not.
#[tokio::test]
async fn every_page_that_is_refused_is_in_the_journal_and_no_more_often_than_can_be_read() {
    let house = House::new().await;
    let (mut dag, user) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    let case = house.plant(Plant::default()).await;
    let refused = async || {
        let lines = house.journal().await.into_iter();
        lines.filter(|it| it.action == "refused" && it.actor_id == user.id.to_string()).collect::<Vec<_>>()
    };
    for (place, said) in [
        ("/register", "GET /register; 403"),
        ("/register?list=gap", "GET /register; 403; 1 more"),
        ("/journal", "GET /journal; 403"),
        ("/statistikk", "GET /statistikk; 403"),
        ("/people", ""),
        ("/nowhere", ""),
        ("/assets/nothing.css", ""),
    ] {
        let answer = dag.get(place).await;
        assert_eq!(answer.status == StatusCode::FORBIDDEN, !said.is_empty(), "{place}");
        if !said.is_empty() {
            assert!(answer.body.contains("Forsøket er skrevet i hendelsesloggen"), "{place}");
        }
    }
    assert_eq!(dag.get(&format!("/items/{}", case.item)).await.status, StatusCode::NOT_FOUND);
    let told: Vec<_> = refused().await.into_iter().map(|it| it.detail).collect();
    assert_eq!(
        told,
        ["GET /register; 403", "GET /journal; 403", "GET /statistikk; 403"],
        "a case that the role never sees is told with its reason"
    );
    assert!(house.actions(&case).await.contains(&"access_denied".to_owned()));

    for _ in 0..200 {
        dag.get("/register").await;
        dag.get(&format!("/items/{}", case.item)).await;
    }
    assert_eq!(refused().await.len(), 3, "who hammers fills nothing");
    house.clock.advance(Duration::from_secs(60));
    dag.get("/journal").await;
    let told: Vec<_> = refused().await.into_iter().skip(3).map(|it| it.detail).collect();
    assert_eq!(told, ["GET /register; 403; 201 more", "GET /journal; 403"]);
    let denied = house.journal().await.into_iter().filter(|it| it.action == "access_denied").map(|it| it.detail);
    assert_eq!(denied.collect::<Vec<_>>(), ["see: not theirs", "see: not theirs; 200 more"]);
}

#[tokio::test]
async fn the_journal_is_narrowed_turned_and_taken_out() {
    let house = House::new().await;
    let (mut auditor, _) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let (one, two) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", one.item), &[], &list).await;
    ola.get("/journal").await;
    house.clock.advance(Duration::from_secs(24 * 3600));
    for (browser, login) in [(&mut auditor, "rolf"), (&mut kari, "kari"), (&mut ola, "ola")] {
        let page = browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &page).await;
    }
    kari.get("/").await;
    for _ in 0..60 {
        house.clock.advance(Duration::from_secs(20));
        ola.get("/").await;
    }

    let first = auditor.get("/journal").await;
    assert_eq!(rows(&first).len(), 50);
    let second = auditor.get(&link(&first, "Eldre")).await;
    assert!(rows(&second).len() > 10);
    // Together they are what there is, in its order: no line is skipped, and none is there twice.
    let both: Vec<String> = [rows(&first), rows(&second)].concat().iter().map(|it| moment(it)).collect();
    let all = auditor.get("/journal.csv?to=2026-10-06").await;
    let all: Vec<String> = all.body.lines().skip(1).map(|it| it.split(';').next().unwrap().to_owned()).collect();
    let since = all.len() - both.len();
    assert!(since <= 2, "only that the journal was read is newer: {all:?}");
    assert_eq!(both, all[since..]);
    assert!(rows(&second).iter().any(|it| it.contains("åpnet meldingen") && it.contains(&one.reference)));
    let back = auditor.get(&link(&second, "Nyere")).await;
    let first_again: Vec<String> = rows(&back).iter().map(|it| moment(it)).collect();
    assert_eq!(first_again, both[..50]);
    assert_eq!(rows(&auditor.get(&link(&second, "Nyeste")).await).len(), 50);

    let narrowed = async |auditor: &mut Browser, fields: &[(&str, &str)]| {
        let answer = auditor.post("/journal", fields, &first).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let place = answer.location().to_owned();
        let page = auditor.get(&place).await;
        (place, page)
    };
    let (place, refused) = narrowed(&mut auditor, &[("kind", "refused"), ("from", ""), ("reference", "")]).await;
    assert_eq!(place, "/journal?kind=refused");
    assert!(rows(&refused).len() == 1 && rows(&refused)[0].contains("Ola Prøve"), "{}", refused.body);
    let id = kari_user.id.to_string();
    let (place, hers) = narrowed(&mut auditor, &[("who", &id), ("from", "2026-10-06"), ("to", "2026-10-06")]).await;
    assert_eq!(place, format!("/journal?from=2026-10-06&to=2026-10-06&who={id}"));
    assert_eq!(rows(&hers).len(), 2, "{}", hers.body);
    assert!(rows(&hers)[0].contains("så på en liste") && rows(&hers)[1].contains("logget inn"));
    let typed = format!(" {} ", one.reference);
    let (place, about) = narrowed(&mut auditor, &[("reference", &typed)]).await;
    assert_eq!(place, format!("/journal?reference={}", one.reference));
    assert!(rows(&about).len() >= 2 && rows(&about).iter().all(|it| it.contains(&one.reference)));
    assert!(!rows(&about).concat().contains(&two.reference));

    // What is no reference is said, and comes into no address.
    let wrong = auditor.post("/journal", &[("reference", "Margrethe")], &first).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Referansen må være skrevet") && !wrong.body.contains("Margrethe"));
    for strange in ["kind=alt", "from=i-dag", "after=x", "who=0190a1b2-0000-7000-8000-000000000001"] {
        assert_eq!(auditor.get(&format!("/journal?{strange}")).await.status, StatusCode::NOT_FOUND, "{strange}");
    }

    let csv = auditor.get(&format!("/journal.csv?who={id}")).await;
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"journal.csv\"");
    assert!(csv.body.starts_with("\u{feff}Når;Hvem;Hva;Detaljer;Referanse\r\n"), "{}", csv.body);
    assert!(csv.body.contains("05.10.2026 10:00:00;Kari Prøve;åpnet meldingen;"), "{}", csv.body);
    assert!(!csv.body.contains("Ola Prøve") && !csv.body.contains("Åse Testdal"));
    let lines = house.journal().await;
    let taken = lines.iter().rfind(|it| it.action == "overview_exported").unwrap();
    assert!(taken.detail.starts_with(&format!("journal csv: who={id}, ")), "{}", taken.detail);
}

#[tokio::test]
async fn what_is_refused_of_a_graded_case_is_told_to_no_uncleared_auditor() {
    let house = House::new().await;
    let (mut auditor, _) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    let (mut elsewhere, _) = house.signed_in_as("revy", Role::Auditor, "risor").await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut mona, _) = house.signed_in("mona", "Mona Døme", &["risor"]).await;
    let graded = house.plant(Plant { protected: true, share: Share::Content, ..Plant::default() }).await;
    for it in [&mut kari, &mut mona] {
        assert_eq!(it.get(&format!("/items/{}", graded.item)).await.status, StatusCode::NOT_FOUND);
    }

    let (here, there) = (auditor.get("/journal").await, elsewhere.get("/journal").await);

    assert!(!here.body.contains(&graded.reference) && !here.body.contains("Mona Døme"), "{}", here.body);
    assert!(!rows(&here).iter().any(|it| it.contains("fikk ikke tilgang")), "{}", here.body);
    assert!(rows(&there).iter().any(|it| it.contains("Mona Døme") && it.contains("ble nektet")), "{}", there.body);
    assert!(
        !there.body.contains(&graded.reference) && !there.body.to_lowercase().contains("gradert"),
        "{}",
        there.body
    );
    let csv = auditor.get("/journal.csv").await;
    assert!(!csv.body.contains(&graded.reference));
}

/// A unit that is only told of a report read all that the other unit did with it.
#[tokio::test]
async fn who_is_only_told_of_a_report_reads_nothing_of_what_the_other_unit_does_with_it() {
    let house = House::new().await;
    let (theirs, _) = house.plant_for_two("risor", "gjerstad").await;
    let (mut mona, _) = house.signed_in("mona", "Mona Døme", &["risor"]).await;
    let list = mona.get("/").await;
    mona.post(&format!("/items/{}/open", theirs.item), &[], &list).await;
    mona.get(&format!("/items/{}/print", theirs.item)).await;
    let (mut here, _) = house.signed_in_as("revy", Role::Auditor, "risor").await;
    let about = format!("reference={}", theirs.reference);
    assert!(here.get(&format!("/journal?{about}")).await.body.contains("Mona Døme"));

    for (login, role) in [("rolf", Role::Auditor), ("leder", Role::Leader)] {
        let (mut reader, _) = house.signed_in_as(login, role, "gjerstad").await;
        for place in ["/journal", "/journal.csv"] {
            for place in [place.to_owned(), format!("{place}?{about}")] {
                let told = reader.get(&place).await;
                assert_eq!(told.status, StatusCode::OK);
                assert!(!told.body.contains("Mona Døme"), "{place}: {}", told.body);
                assert!(told.body.contains("tok imot meldingen") && told.body.contains(&theirs.reference), "{place}");
            }
        }
    }
}

#[tokio::test]
async fn a_line_that_has_been_changed_is_told_where_it_stood() {
    let house = House::new().await;
    let (mut auditor, _) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    auditor.get("/journal").await;
    house.tamper("UPDATE journal SET actor = 'nobody' WHERE action = 'journal_read'").await;

    let page = auditor.get("/journal").await;

    assert_eq!(page.status, StatusCode::OK);
    assert!(rows(&page)[0].contains("linjen er endret og kan ikke leses"), "{}", page.body);
}

/// The file was cut at its limit and looked whole.
#[tokio::test]
async fn a_file_that_does_not_have_all_of_the_journal_says_so() {
    let house = House::with(InboxConfig { journal_file_lines_max: 12, ..plain() }).await;
    let (mut auditor, _) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    for _ in 0..6 {
        auditor.get("/").await;
    }
    let page = auditor.get("/journal").await;
    assert!(page.body.contains("Filen har høyst 12 linjer"), "{}", page.body);
    let whole = auditor.get("/journal.csv?kind=journal_read").await;
    assert!(!whole.body.contains("kuttet"), "{}", whole.body);
    for _ in 0..12 {
        auditor.get("/journal").await;
    }

    let cut = auditor.get("/journal.csv").await;

    let lines: Vec<&str> = cut.body.lines().collect();
    assert_eq!(lines.len(), 1 + 12 + 1, "{}", cut.body);
    let oldest = lines[12].split(';').next().unwrap();
    assert!(lines[13].contains(&format!("de 12 nyeste linjene, tilbake til {oldest}.")), "{}", cut.body);
    let told = house.journal().await.into_iter().rfind(|it| it.action == "overview_exported").unwrap();
    assert_eq!(told.detail, "journal csv (cut): , 12 rows");
}

/// One letter of the id was written in another way, and nobody was told whose report it was.
#[tokio::test]
async fn a_report_that_somebody_tried_is_told_however_its_address_was_written() {
    let house = House::new().await;
    let (mut mona, _) = house.signed_in("mona", "Mona Døme", &["risor"]).await;
    let case = house.plant(Plant::default()).await;
    let id = case.item.to_string();
    let other = format!("%{:02X}{}", id.as_bytes()[0], &id[1..]);

    assert_eq!(mona.get(&format!("/items/{other}/print")).await.status, StatusCode::NOT_FOUND);

    assert!(house.actions(&case).await.contains(&"refused".to_owned()));
}

/// Whose case it is was told to have been refused because "the case is not theirs".
#[tokio::test]
async fn what_is_not_there_of_a_case_of_ones_own_is_no_refusal() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let case = house.plant(Plant::default()).await;
    let path = format!("/items/{}", case.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;
    assert!(page.body.contains(&format!("href=\"{path}/print\"")));
    for missing in ["attachments/77", "do/nonsense"] {
        assert_eq!(kari.get(&format!("{path}/{missing}")).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    house.tamper("UPDATE messages SET body = x''").await;

    let page = kari.get(&path).await;
    assert!(
        page.body.contains("Innholdet er slettet") && !page.body.contains("Drift har fått beskjed"),
        "{}",
        page.body
    );
    assert!(!page.body.contains(&format!("{path}/print")) && !page.body.contains("archive.zip"));
    assert_eq!(kari.get(&format!("{path}/print")).await.status, StatusCode::NOT_FOUND);
    assert!(house.journal().await.iter().all(|it| it.action != "refused"), "nobody was refused anything");
}

/// The first refusal was counted as told before it was, and lost when the store was busy just then.
#[tokio::test]
async fn a_refusal_that_could_not_be_written_is_written_when_it_can_be() {
    let house = House::new().await;
    let (mut dag, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    house.tamper("ALTER TABLE journal_head RENAME TO journal_head_away").await;
    assert_eq!(dag.get("/register").await.status, StatusCode::FORBIDDEN);
    house.tamper("ALTER TABLE journal_head_away RENAME TO journal_head").await;
    house.clock.advance(Duration::from_secs(60));

    dag.get("/statistikk").await;

    let told = house.journal().await.into_iter().filter(|it| it.action == "refused").map(|it| it.detail);
    assert_eq!(told.collect::<Vec<_>>(), ["GET /register; 403", "GET /statistikk; 403"]);
}

/// When the line of a row was written, as the file writes it.
fn moment(row: &str) -> String {
    let at = row.split("datetime=\"").nth(1).unwrap();
    let at: jiff::Timestamp = at.split('"').next().unwrap().parse().unwrap();
    at.to_zoned(crate::domain::norway()).strftime("%d.%m.%Y %H:%M:%S").to_string()
}

/// The rows of the table, each as it is written.
fn rows(answer: &Answer) -> Vec<String> {
    let body = answer.body.split("<tbody").nth(1).unwrap_or_default().split("</tbody>").next().unwrap_or_default();
    body.split("<tr ").skip(1).map(str::to_owned).collect()
}

/// Where the link with these words leads.
fn link(answer: &Answer, words: &str) -> String {
    let before = answer.body.split(&format!(">{words}</a>")).next().unwrap();
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    href.replace("&#38;", "&").replace("&amp;", "&")
}
