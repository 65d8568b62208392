//! Every story proves at its end that persons are found nowhere; here that the search would find them.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::wait_until;
use meldeport::config::SealingChoice;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_house_without_sealing_is_caught_with_persons_in_its_files() {
    let gateway = TestGateway::open_with(|config, _| config.store.sealing = SealingChoice::Off).await;
    gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;

    let found = gateway.close_and_tell_what_lies_in_files().await;

    for value in ["12835401802", "Prøvesen", "+47 99 00 01 01", "Eksempelveien 1"] {
        assert!(found.iter().any(|it| it.contains(&format!("«{value}»"))), "{value}: {found:?}");
    }
}

/// Neither that it has come, nor that nobody opens it, nor that nobody answers it, and whoever's mailbox it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_mail_says_where_a_report_of_a_graded_address_lies_or_who_sent_it() {
    let gateway = TestGateway::open_with(|config, _| config.work.deadlines.period_seconds = 1).await;
    let mut references = Vec::new();
    for message in [corpus!("valid/graded-address.xml"), corpus!("valid/hospital-inpatient.xml")] {
        let reply = gateway.send_as("hospital", gateway.fresh(message)).await;
        references.push(header(&reply, "meldeport-reference").to_owned());
    }
    let [graded, ordinary] = references.as_slice() else { panic!("{references:?}") };
    wait_until("the unit is told", async || gateway.queued().await == 0).await;
    let told = |what: &str, reference: &str| {
        gateway.sink.mails().iter().any(|it| it.body().contains(what) && it.body().contains(reference))
    };

    for what in ["Ingen har åpnet", "Verken enheten eller", "foreløpig svar er over"] {
        gateway.clock.advance(Duration::from_secs(14 * 86_400));
        for reference in &references {
            wait_until(what, async || told(what, reference)).await;
        }
    }

    let mut of_graded = 0;
    for mail in gateway.sink.mails() {
        let said = format!("{}\n{}", mail.header("Subject").unwrap(), mail.body());
        // Whom it goes to is the one place that a letter must name.
        let rest: Vec<_> = mail.text.lines().filter(|it| !it.starts_with("To:")).collect();
        let all = format!("{said}\n{}", rest.join("\n")).to_lowercase();
        for word in ["4211", "eksempel sykehus", "medisinsk avdeling", "310000108"] {
            assert!(!all.contains(word), "«{word}»:\n{all}");
        }
        if said.contains(graded.as_str()) {
            of_graded += 1;
            assert!(!all.contains("gjerstad") && !all.contains("kontor") && !said.contains(ordinary), "{all}");
        } else if !said.contains("en ny melding") {
            assert!(
                said.contains("Enhet: Tjenestekontoret i Gjerstad"),
                "else a leader of several does not know: {said}"
            );
        }
    }
    assert!(of_graded >= 3, "{of_graded}");
    gateway.close().await;
}
