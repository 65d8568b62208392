//! Every story proves at its end that persons are found nowhere; here that the search would find them.

use crate::support::TestGateway;
use crate::support::corpus;
use meldeport::config::SealingChoice;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_house_without_sealing_is_caught_with_persons_in_its_files() {
    let gateway = TestGateway::open_with(|config, _| config.store.sealing = SealingChoice::Off).await;
    gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;

    let found = gateway.close_and_tell_what_lies_in_files().await;

    for value in ["12835401802", "Prøvesen", "+47 99 00 01 01", "Eksempelveien 1"] {
        assert!(found.iter().any(|it| it.contains(&format!("«{value}»"))), "{value}: {found:?}");
    }
}
