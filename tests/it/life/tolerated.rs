//! A sender with leave for a small deviation is answered with a remark and counted; without it, it is rejected.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::receipt;
use crate::support::text;
use meldeport::config::TolerateConfig;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deviation_passes_with_leave_and_is_counted_and_without_leave_is_rejected() {
    let leave = TolerateConfig {
        deviation: "telecom_order".to_owned(),
        until: "2099-12-31".to_owned(),
        because: "mended in 7.2".to_owned(),
    };
    let gateway = TestGateway::open_with(|config, _| config.senders[0].tolerate.push(leave)).await;

    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("deviating/telecom_order.xml"))).await;

    let granted = receipt(&reply);
    assert_eq!(granted.status.code.as_deref(), Some("1"));
    let remark = granted.errors.iter().filter_map(|it| it.other.as_deref()).find(|it| it.contains("MP-302")).unwrap();
    assert!(remark.starts_with("Merknad MP-302 | ") && remark.contains("til og med 2099-12-31"), "{remark}");
    assert_eq!(gateway.message(&reply).await.items.len(), 1);
    let (_, metrics) = gateway.admin_get("/metrics").await;
    let counted = "meldeport_deviations_tolerated_total{sender=\"eksempel-sykehus\",deviation=\"telecom_order\"} 1";
    assert!(metrics.contains(counted), "{metrics}");

    let other = gateway.fresh(corpus!("deviating/header_order.xml"));
    let reply = gateway.send_as("hospital", other.clone()).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("2"));
    let dry = gateway.system("hospital").post("/messages?dry-run", other.into(), None).await.unwrap();
    let dry: serde_json::Value = serde_json::from_str(&text(&dry)).unwrap();
    assert_eq!(dry["verdict"], "rejected");
    assert_eq!(dry["would_pass_with"][0]["deviation"], "header_order");
    gateway.close().await;
}
