//! Messages judged, and routes explained, without a gateway.

use crate::corpus;
use crate::in_world;
use crate::lines;
use crate::meldeport;
use crate::new_world;
use crate::text;

#[test]
fn judge_prints_one_stable_object_per_file() {
    let files = [
        corpus("valid/hospital-inpatient.xml"),
        corpus("invalid/several-faults.xml"),
        corpus("invalid/MP-207-malformed.xml"),
    ];
    let output = meldeport(&["judge", "--json", "--at", "2026-10-18T20:00:00Z", &files[0], &files[1], &files[2]]);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect();

    assert_eq!(output.status.code(), Some(1));
    let verdicts: Vec<_> = lines.iter().map(|it| it["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["accepted", "rejected", "refused"]);
    assert_eq!(lines[0]["units"], serde_json::json!(["gjerstad-tjenestekontor"]));
    assert_eq!(lines[0]["message_type"], "BEHOVSMELDING");
    assert!(lines[1]["findings"].as_array().unwrap().len() >= 6);
    for key in ["code", "severity", "apprec", "xpath", "line", "column", "text"] {
        assert!(lines[1]["findings"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn judging_the_schema_alone_takes_a_receipt_too() {
    let output = meldeport(&["judge", "--stage", "schema", &corpus("everything/apprec-1.1.xml")]);

    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn a_route_is_explained_from_facts_and_from_a_message() {
    let facts = meldeport(&["route", "explain", "--municipality", "4211", "--need", "IP"]);
    let message = meldeport(&["route", "explain", &corpus("valid/hospital-inpatient.xml")]);

    for output in [facts, message] {
        assert_eq!(output.status.code(), Some(0));
        let said = text(&output.stdout);
        assert!(said.contains("→ gjerstad-tjenestekontor (content)") && said.contains('✓'), "{said}");
    }
    assert_eq!(meldeport(&["route", "explain", "--municipality", "0301"]).status.code(), Some(1));
}

#[test]
fn the_municipalities_own_cases_hold() {
    let output = meldeport(&["route", "test"]);

    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).lines().count() > 20);
}

/// Karmøy decides that what schools and the school psychologist see goes to the reception of their own sector.
///
/// seed: H-25
#[test]
fn a_municipality_can_send_the_same_need_elsewhere_by_the_sector_of_the_reporter() {
    let (_folder, world) = new_world();
    let to = |reporter: &str| {
        let facts = ["route", "explain", "--json", "--municipality", "1149", "--need", "KOORDINATOR", "--age", "10"];
        let output = in_world(&world, &[&facts[..], &["--reporter", reporter]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let explained = lines(&output).remove(0);
        let targets = explained["targets"].as_array().unwrap().iter().filter(|it| it["share"] == "content");
        targets.map(|it| it["unit"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for reporter in ["SKOLE", "PPT", "FASTLEGE", "NAV"] {
        assert_eq!(to(reporter), ["karmoy-bestillerkontor"], "{reporter}: as it comes");
    }

    let file = world.folder.join("units/karmoy.toml");
    let own = std::fs::read_to_string(&file).unwrap();
    let rule = "[[rule]]\nname = \"fra-skole\"\nreporters = [\"SKOLE\", \"PPT\"]\nto = [\"karmoy-oppvekst-mottak\"]\n\
                [rule.why]\nnb = \"Skolenes meldinger går til oppvekst.\"\nnn = \"Meldingar frå skular går til oppvekst.\"\n\
                en = \"Reports from schools go to children and culture.\"\n\n[[rule]]\nname = \"en-dor\"";
    std::fs::write(&file, own.replacen("[[rule]]\nname = \"en-dor\"", rule, 1)).unwrap();

    for (reporter, unit) in [
        ("SKOLE", "karmoy-oppvekst-mottak"),
        ("PPT", "karmoy-oppvekst-mottak"),
        ("FASTLEGE", "karmoy-bestillerkontor"),
        ("NAV", "karmoy-bestillerkontor"),
    ] {
        assert_eq!(to(reporter), [unit], "{reporter}");
    }
}

#[test]
fn judge_tells_the_line_what_was_expected_how_to_mend_it_the_receipt_and_the_route() {
    let (accepted, faulty) =
        (corpus("valid/hospital-inpatient.xml"), corpus("invalid/MP-303-missing-consent-status.xml"));
    let output = meldeport(&["judge", "--json", "--at", "2026-10-18T20:00:00Z", &accepted, &faulty]);
    let reports = lines(&output);

    assert_eq!(reports[0]["receipt"]["status"], "1");
    assert!(reports[0]["route"].as_array().unwrap().iter().any(|it| it["fitted"] == true));
    let finding = &reports[1]["findings"][0];
    assert_eq!(finding["masked"]["here"], "<Samtykke>");
    assert!(!finding["mend"].as_str().unwrap().is_empty());
    let schema = finding["schema"].as_str().unwrap();
    assert_eq!(schema, "missing before element 'Dato': Status");
    assert_eq!(reports[1]["receipt"]["status"], "2");
    assert!(reports[1]["receipt"]["xml"].as_str().unwrap().contains("<Status V=\"2\""));
    let said = text(&meldeport(&["judge", "--at", "2026-10-18T20:00:00Z", &faulty]).stdout);
    assert!(
        said.contains("»<Samtykke>«") && said.contains(&format!("XSD: {schema}")) && said.contains("AppRec 2 Avvist"),
        "{said}"
    );
}

/// Nobody is refused for having one service: it is remarked to whoever sends, and hinders nothing.
///
/// seed: L-44
#[test]
fn one_service_is_accepted_with_a_remark_and_two_without() {
    let (folder, _world) = new_world();
    let message = std::fs::read_to_string(corpus("valid/hospital-inpatient.xml")).unwrap();
    let (before, rest) = message.split_once("<Tjeneste>").unwrap();
    let (_, after) = rest.rsplit_once("</Tjeneste>").unwrap();
    let with = |services: &[&str]| {
        let services = services.iter().map(|it| format!("<Tjeneste><Type>{it}</Type><Status>NAA</Status></Tjeneste>"));
        let file = folder.path().join("melding.xml");
        std::fs::write(&file, format!("{before}{}{after}", services.collect::<String>())).unwrap();
        let judged = meldeport(&["judge", "--json", "--at", "2026-10-18T20:00:00Z", file.to_str().unwrap()]);
        assert_eq!(judged.status.code(), Some(0), "{}", text(&judged.stderr));
        lines(&judged).remove(0)
    };
    let few = |told: &serde_json::Value| {
        assert_eq!((&told["verdict"], &told["receipt"]["status"]), (&"accepted".into(), &"1".into()), "{told}");
        let findings = told["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|it| it["code"] == "MP-472").collect::<Vec<_>>()
    };

    let one = few(&with(&["FYSIOTERAPI"]));
    assert_eq!(one.iter().map(|it| &it["severity"]).collect::<Vec<_>>(), ["info"]);
    assert_eq!(few(&with(&["FYSIOTERAPI", "ERGOTERAPI"])), [] as [serde_json::Value; 0]);
}

#[test]
fn an_age_may_be_given_in_years_and_months_and_an_expected_child_has_none() {
    let explain = |more: &[&str]| {
        let facts = ["route", "explain", "--json", "--municipality", "4601", "--district", "460101"];
        meldeport(&[&facts[..], &["--need", "KOORDINATOR"], more].concat())
    };
    let child = explain(&["--age", "17y11m"]);
    let adult = explain(&["--age", "18"]);

    assert_eq!(child.status.code(), Some(0));
    assert_eq!(text(&child.stdout), text(&explain(&["--age", "215m"]).stdout));
    assert_ne!(text(&child.stdout), text(&adult.stdout), "the month before the birthday decides");
    assert_eq!(text(&explain(&["--unborn"]).stdout), text(&explain(&["--age", "0"]).stdout));
    assert_eq!(explain(&["--relayed", "--age", "3"]).status.code(), Some(0));
    for wrong in ["seven", "7y2", "1y99999m", "151", "-1"] {
        assert_eq!(explain(&["--age", wrong]).status.code(), Some(64), "{wrong}");
    }
    assert_eq!(explain(&["--age", "1", "--unborn"]).status.code(), Some(64));
}
