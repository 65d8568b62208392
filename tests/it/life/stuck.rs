//! A fault of ours: the message is safe, a person is called, and it is judged again when the fault has been mended.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::message_id;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use bytes::Bytes;
use meldeport::app::Heart;
use meldeport::clock::Clock;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Arrival;
use meldeport::domain::Channel;
use meldeport::domain::Code;
use meldeport::domain::Judgement;
use meldeport::domain::MessageLimits;
use meldeport::domain::MessageState;
use meldeport::domain::NoticeChannel;
use meldeport::domain::OrgNumber;
use meldeport::domain::Peer;
use meldeport::domain::ReceiptId;
use meldeport::domain::RegisteredSender;
use meldeport::domain::ReturnedReceipt;
use meldeport::domain::Timestamp;
use meldeport::domain::UnitId;
use meldeport::domain::Verdict;
use meldeport::intake::Intake;
use meldeport::intake::Judging;
use meldeport::intake::Rehearsal;
use meldeport::intake::Uncounted;
use meldeport::storage::Actor;
use meldeport::storage::MessageStore;
use std::sync::Arc;
use std::time::Duration;
use tokio::process::Command;
use tokio_util::task::TaskTracker;

/// The real heart as it was before the fault was mended: it falls over each message that it judges.
struct Faulty(Heart);

impl Judging for Faulty {
    fn judge(&self, arrival: &Arrival) -> Judgement {
        panic!("a fault of ours about {} bytes", arrival.bytes.len());
    }

    fn rehearse(&self, arrival: &Arrival, id: ReceiptId, wish: AppRecVersion) -> Rehearsal {
        self.0.rehearse(arrival, id, wish)
    }

    fn receipt(&self, verdict: &Verdict, wish: AppRecVersion, id: ReceiptId, now: Timestamp) -> Bytes {
        self.0.receipt(verdict, wish, id, now)
    }

    fn sender_message_id(&self, arrival: &Arrival) -> Option<String> {
        self.0.sender_message_id(arrival)
    }

    fn returned(&self, arrival: &Arrival) -> Option<ReturnedReceipt> {
        self.0.returned(arrival)
    }

    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel> {
        self.0.notice_channels(unit)
    }

    fn sender_of(&self, peer: &Peer) -> Result<RegisteredSender, Code> {
        self.0.sender_of(peer)
    }

    fn sender_named(&self, name: &str) -> Option<RegisteredSender> {
        self.0.sender_named(name)
    }

    fn limits(&self) -> MessageLimits {
        self.0.limits()
    }
}

/// The way in of another gateway on the same store, whose heart has the fault.
async fn take_in_by_the_faulty_gateway(gateway: &TestGateway, message: Bytes) -> meldeport::intake::Accepted {
    let heart = Heart::new(&gateway.config).unwrap();
    let store: Arc<dyn MessageStore> = gateway.house().store.clone();
    let clock: Arc<dyn Clock> = gateway.clock.clone();
    let tasks = TaskTracker::new();
    let intake = Intake::new(gateway.config.intake, Arc::new(Faulty(heart)), store, clock, Arc::new(Uncounted), tasks);
    let peer = Peer {
        organisation: OrgNumber::parse(meldeport::trial::HOSPITAL).unwrap(),
        sub_unit: None,
        certificate_sha256: [0; 32],
        certificate_ends: Timestamp(i64::MAX),
    };
    let ticket = intake.enter(intake.sender_of(&peer).unwrap()).unwrap();
    let received_at = gateway.clock.now();
    let arrival = Arrival { peer, channel: Channel::Https, received_at, bytes: message, charset: None };
    intake.accept(ticket, arrival, AppRecVersion::V1_1).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stuck_message_is_safe_until_an_operator_has_it_judged_again_and_then_its_alarm_is_over() {
    let gateway = TestGateway::open().await;
    let message = Bytes::from(gateway.fresh(corpus!("valid/hospital-inpatient.xml")));
    gateway.plant(&message);
    let path = format!("/receipts/{}", message_id(std::str::from_utf8(&message).unwrap()));

    let stuck = take_in_by_the_faulty_gateway(&gateway, message.clone()).await;

    assert_eq!((stuck.state, stuck.receipt), (MessageState::Stuck, None));
    let alarm = ("message_stuck".to_owned(), stuck.reference.to_string());
    assert_eq!(gateway.open_alarms().await.into_iter().collect::<Vec<_>>(), [alarm]);
    // The sender hears that we have it, and that the answer will come; sending again changes nothing.
    for reply in
        [gateway.system("hospital").get(&path).await.unwrap(), gateway.send_as("hospital", message.clone()).await]
    {
        assert_eq!(reply.status, 202, "{}", text(&reply));
    }

    let (status, said) = gateway.admin_post(&format!("/messages/{}/requeue", stuck.message)).await;

    assert_eq!(status, 200, "{said}");
    assert!(said.contains("accepted"), "{said}");
    assert!(gateway.open_alarms().await.is_empty());
    let reply = gateway.system("hospital").get(&path).await.unwrap();
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"));
    assert_eq!(gateway.send_as("hospital", message).await.body, reply.body);
    let detail = gateway.message(&reply).await;
    assert_eq!((detail.row.id, detail.items.len()), (stuck.message, 1));
    assert!(detail.journal.iter().any(|it| it.action == "message_requeued"), "{:?}", detail.journal);
    let (status, said) = gateway.admin_post(&format!("/messages/{}/requeue", stuck.message)).await;
    assert_eq!(status, 409, "{said}");
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stuck_message_is_judged_again_from_the_command_line_while_the_house_is_open() {
    let gateway = TestGateway::open().await;
    let message = Bytes::from(gateway.fresh(corpus!("valid/hospital-inpatient.xml")));
    gateway.plant(&message);
    let stuck = take_in_by_the_faulty_gateway(&gateway, message.clone()).await;

    let output = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["message", "requeue", stuck.reference.as_str(), "--config"])
        .arg(gateway.world.config())
        .env("USER", "vakt")
        .output()
        .await
        .unwrap();

    assert!(output.status.success(), "{output:?}");
    assert!(gateway.open_alarms().await.is_empty());
    let reply = gateway.send_as("hospital", message).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"));
    let journal = gateway.message(&reply).await.journal;
    let asked = journal.iter().find(|it| it.action == "message_requeued").unwrap();
    let Actor::Operator(name) = &asked.actor else { panic!("{:?}", asked.actor) };
    assert!(!name.contains("vakt") && name != Actor::NOBODY, "what the environment says is not believed: {name}");
    // The command goes by the machine's clock, which has moved on while that of the house stood still.
    gateway.clock.advance(Duration::from_secs(60));
    wait_until("the unit is told", async || !gateway.sink.mails().is_empty()).await;
    gateway.close().await;
}
