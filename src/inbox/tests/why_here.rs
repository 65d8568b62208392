//! Why a report came here, in the reader's own words.

use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use crate::domain::AGE_BELOW;
use crate::domain::Ask;
use crate::domain::AskedAbout;
use crate::domain::CoordinatingBody;
use crate::domain::LeftOut;
use crate::domain::Reason;
use crate::domain::RuleOutcome;
use crate::domain::RuleReason;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::storage::KeptStep;

fn ask(about: AskedAbout, values: &[&str], met: bool) -> Ask {
    Ask { about, values: values.iter().map(|it| (*it).to_owned()).collect(), met }
}

fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}

fn rule(name: &str, outcome: RuleOutcome, asks: Vec<Ask>, to: &str) -> RuleReason {
    let by = CoordinatingBody::parse("4211").unwrap();
    let why = Text::of("Kontoret leser dem.", "Kontoret les dei.", "The office reads them.");
    RuleReason {
        name: name.to_owned(),
        by,
        outcome,
        why,
        asks,
        to: vec![unit(to)],
        aware: Vec::new(),
        left_out: Vec::new(),
    }
}

fn kept(reason: Reason) -> KeptStep {
    KeptStep { said: "Regelen «x» passet. Passer: KODE.".to_owned(), reason: Some(reason) }
}

/// A question first, then a rule out of force, one in vain, and the one that decided.
fn route() -> Vec<KeptStep> {
    let child = || ask(AskedAbout::Age, &[&format!("{AGE_BELOW}216")], true);
    let unmet = vec![child(), ask(AskedAbout::Need, &["BARNEKOORDINATOR", "IP"], false)];
    let in_vain = RuleReason {
        left_out: vec![(unit("gruppe"), LeftOut::NoMembers)],
        ..rule("tom-gruppe", RuleOutcome::InVain, vec![ask(AskedAbout::Urgency, &["HASTER"], true)], "gruppe")
    };
    let decided =
        RuleReason { aware: vec![unit("risor")], ..rule("barn", RuleOutcome::Fits, vec![child()], "gjerstad") };
    let question = rule("sporsmal", RuleOutcome::Unmet, vec![ask(AskedAbout::Kind, &["SPORSMAL"], false)], "risor");
    [
        question,
        rule("plan", RuleOutcome::Unmet, unmet, "risor"),
        rule("gammel", RuleOutcome::NotInForce, Vec::new(), "risor"),
        in_vain,
        decided,
    ]
    .map(|it| kept(Reason::Rule(Box::new(it))))
    .to_vec()
}

/// The card on the report's page, in the language.
async fn card(kari: &mut Browser, planted: &Planted, language: &str) -> String {
    let list = kari.get("/").await;
    kari.post("/language", &[("lang", language), ("back", "/")], &list).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    if cover.key(&format!("{path}/open")).is_some() {
        kari.post(&format!("{path}/open"), &[], &cover).await;
    }
    let page = kari.get(&path).await.body;
    let card = page.split("id=\"route-heading\"").nth(1).expect("the card is there");
    card.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn why_a_report_came_here_is_said_in_each_language_without_codes() {
    let house = House::new().await;
    let planted = house.plant(Plant { route: route(), ..Plant::default() }).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    for (language, sentences) in [
        (
            "nb",
            [
                "Meldingen er til Gjerstad kommune.",
                "Gjerstad kommune har bestemt at meldinger der meldingstypen er «Spørsmål uten personopplysninger», går til risor. Det stemmer ikke for denne meldingen.",
                "Dette stemmer ikke for denne meldingen: at det er meldt behov for barnekoordinator (§ 7-2 a) eller individuell plan",
                "har bestemt at alle andre meldinger går til risor. Det gjaldt ikke den dagen meldingen kom.",
                "Gruppe er en gruppe som ikke hadde medlemmer den dagen.",
                "<strong>Dette avgjorde:</strong> Gjerstad kommune har bestemt at meldinger der personen er under 18 år, går til Tjenestekontoret i Gjerstad (eksempel). Det stemmer for denne meldingen. Kontoret leser dem. Risor får bare vite at meldingen finnes",
            ],
        ),
        (
            "nn",
            [
                "Meldinga er til Gjerstad kommune.",
                "har bestemt at meldingar der meldingstypen er «Spørsmål utan personopplysningar», går til risor. Det stemmer ikkje for denne meldinga.",
                "Dette stemmer ikkje for denne meldinga: at det er meldt behov for barnekoordinator (§ 7-2 a) eller individuell plan",
                "Det galdt ikkje den dagen meldinga kom.",
                "Gruppe er ei gruppe som ikkje hadde medlemmer den dagen.",
                "<strong>Dette avgjorde:</strong> Gjerstad kommune har bestemt at meldingar der personen er under 18 år, går til Tjenestekontoret i Gjerstad (eksempel). Det stemmer for denne meldinga. Kontoret les dei.",
            ],
        ),
        (
            "en",
            [
                "The report is for Gjerstad municipality.",
                "has decided that reports where the kind of report is «Question without personal information» go to risor. That is not so for this report.",
                "This is not so for this report: that a need is reported for child coordinator (§ 7-2 a) or individual plan",
                "That did not hold on the day the report came.",
                "Gruppe is a group that had no members that day.",
                "<strong>This decided:</strong> Gjerstad municipality has decided that reports where the person is under 18 go to Tjenestekontoret i Gjerstad (eksempel). That is so for this report. The office reads them.",
            ],
        ),
    ] {
        let card = card(&mut kari, &planted, language).await;
        for sentence in sentences {
            assert!(card.contains(sentence), "{language}: {sentence}\n{card}");
        }
        assert!(!card.contains("KODE") && !card.contains("HASTER") && !card.contains("BARNEKOORDINATOR"), "{card}");
        // The rule's own name stands behind, small.
        assert!(card.contains("<span class=\"code\">barn</span></small>"), "{card}");
    }
}

#[tokio::test]
async fn why_it_came_names_no_place_when_the_address_is_protected() {
    let house = House::new().await;
    let followed = Text::of("Kommunenummer 4211 er nytt.", "Kommunenummer 4211 er nytt.", "Number 4211 is new.");
    let mut route = route();
    // What municipalities call their rules, and write of them.
    for (step, name) in
        route.iter_mut().zip(["bydel-fjellbyen", "barn-i-fjellbyen", "fjellbyen", "tom-fjellbyen", "fjellbyen-2"])
    {
        let Some(Reason::Rule(rule)) = &mut step.reason else { panic!("a rule") };
        rule.name = name.to_owned();
        rule.why =
            Text::of("Kontoret i Fjellbyen leser dem.", "Kontoret i Fjellbyen les dei.", "Fjellbyen reads them.");
    }
    route.push(kept(Reason::Said(followed)));
    route.push(KeptStep { said: "Regelen «fjellbyen» passet.".to_owned(), reason: None });
    let protected = Plant { route, protected: true, ..Plant::default() };
    let planted = house.plant(protected).await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    house.agreed_to(&planted, &mut kari, &mut ola).await;

    let card = card(&mut kari, &planted, "nb").await;

    assert!(
        card.contains("Kommunen har bestemt at meldinger der personen er under 18 år, går til denne enheten."),
        "{card}"
    );
    assert!(
        !card.contains("4211") && !card.contains("Gjerstad") && !card.contains("isor") && !card.contains("ruppe er"),
        "{card}"
    );
    assert!(!card.to_lowercase().contains("fjellbyen"), "{card}");
    assert!(!card.contains("class=\"code\""), "{card}");
}

#[tokio::test]
async fn what_was_kept_before_reasons_were_is_shown_as_it_was_said() {
    let house = House::new().await;
    let planted = house.plant(Plant::default()).await;

    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let card = card(&mut kari, &planted, "en").await;

    assert!(card.contains("<li lang=\"nb\">Regelen «hele kommunen» passet."), "{card}");
}
