//! Each gap, on a directory that has none but for what the test spoils.

use crate::domain::AddressGrading;
use crate::domain::AlarmKind;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use crate::routing::check::GapKind;
use crate::routing::check::bodies::holes;
use crate::routing::check::check;
use crate::routing::decide::decide;
use crate::routing::directory::Directory;
use crate::routing::directory::Period;
use crate::routing::question::AgeOnDay;
use crate::routing::question::RouteQuestion;
use jiff::civil::Date;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 1);

/// A directory without a gap; the tests spoil it one way each.
const WHOLE: &str = r#"
[municipality]
number = "4601"
her_ids = [90005]
districts = ["460101", "460102"]
default = "felles"

[[unit]]
id = "felles"
name = "Felles mottak"
kind = "office"
her_ids = [900051]
notify = { email = "felles@storby.example" }

[[unit]]
id = "gruppe"
name = "Gruppen"
kind = "group"
notify = { email = "gruppe@storby.example" }
[unit.group]
secretary = "sekretær"
deputy = "nestleder"
members = ["sekretær", "nestleder"]

[[rule]]
name = "bydeler"
why = "Bydelene tar sine egne."
districts = ["460101", "460102"]
needs = ["IP"]
to = ["felles"]

[[rule]]
name = "alle"
why = "Ellers felles."
to = ["felles"]
"#;

fn question() -> RouteQuestion {
    RouteQuestion {
        municipality: MunicipalityNumber::parse("4601").unwrap(),
        district: None,
        level: ReceiverLevel::Municipality,
        hospital_trust: None,
        kind: ReportKind::Need,
        needs: vec![NeedKind::Coordinator],
        age: Redacted::new(AgeOnDay::Months(40 * 12)),
        services: Vec::new(),
        reporter: None,
        relayed: false,
        urgency: UrgencyLevel::Ordinary,
        admitted: false,
        grading: AddressGrading::Ungraded,
        receiver: None,
    }
}

fn gaps(text: &str) -> Vec<(GapKind, Severity, String)> {
    let directory = Directory::parse(&[("x.toml".to_owned(), text.to_owned())]).unwrap();
    check(&directory, TODAY).into_iter().map(|it| (it.kind, it.severity, it.text.en.into_owned())).collect()
}

fn only(text: &str, kind: GapKind, severity: Severity) -> String {
    let found = gaps(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].0, found[0].1), (kind, severity));
    found[0].2.clone()
}

#[test]
fn a_whole_directory_has_no_gap() {
    assert_eq!(gaps(WHOLE), []);
}

/// seed in part: K-13
#[test]
fn a_time_without_default_unit_is_an_error() {
    let text = WHOLE.replace("default = \"felles\"\n", "")
        + "\n[[default]]\nunit = \"felles\"\nvalid_to = 2026-12-31\n[[default]]\nunit = \"felles\"\nvalid_from = 2027-02-01\n";

    let said = only(&text, GapKind::DefaultMissing, Severity::Error);
    assert_eq!(
        said,
        "4601 has no default unit from 2027-01-01 until 2027-01-31. A report that no rule fits is then rejected."
    );
}

#[test]
fn a_unit_that_nobody_tells_is_a_warning() {
    let text = WHOLE.replace("notify = { email = \"felles@storby.example\" }\n", "");

    only(&text, GapKind::NoNotifyChannel, Severity::Warning);
}

#[test]
fn hours_after_which_nobody_would_be_told_are_a_warning() {
    let text = WHOLE.replace("deputy = \"nestleder\"\n", "deputy = \"nestleder\"\nbackup_after_unread_hours = 24\n");

    only(&text, GapKind::NoNotifyChannel, Severity::Warning);
}

/// seed in part: R-03, R-04, G-02
#[test]
fn a_group_needs_somebody_who_stands_in_and_somebody_who_reads() {
    only(&WHOLE.replace("deputy = \"nestleder\"\n", ""), GapKind::GroupWithoutDeputy, Severity::Warning);
    only(&WHOLE.replace("secretary = \"sekretær\"\n", ""), GapKind::GroupWithoutReader, Severity::Error);
}

/// seed in part: R-04
#[test]
fn a_group_without_members_is_an_error_and_its_reports_go_to_the_default_with_an_alarm() {
    let nobody = WHOLE
        .replace("secretary = \"sekretær\"\n", "")
        .replace("deputy = \"nestleder\"\n", "")
        .replace("members = [\"sekretær\", \"nestleder\"]\n", "members = []\n");
    let found = gaps(&nobody);
    assert!(
        found.iter().any(|it| (it.0, it.1) == (GapKind::GroupWithoutMembers, Severity::Error)
            && it.2.starts_with("gruppe has no members today")),
        "{found:#?}"
    );

    // The last one's seat has ended: nobody is left, and the default unit gets what the group should have had.
    let seats = ["sekretær", "nestleder"]
        .map(|it| format!("\n[[unit.group.member]]\nrole = \"{it}\"\nvalid_to = 2026-10-31\n"))
        .concat();
    let last = WHOLE
        .replace("members = [\"sekretær\", \"nestleder\"]\n", &seats)
        .replace("why = \"Ellers felles.\"\nto = [\"felles\"]", "why = \"Alt til gruppen.\"\nto = [\"gruppe\"]")
        .replace("default = \"felles\"", "default = \"felles\"\nwhen_unroutable = \"default\"");
    let directory = Directory::parse(&[("x.toml".to_owned(), last)]).unwrap();
    assert!(check(&directory, TODAY).iter().any(|it| it.kind == GapKind::GroupWithoutMembers));
    let decided = |day: Date| {
        let noon = day.at(12, 0, 0, 0).to_zoned(crate::domain::norway()).unwrap();
        let question = question();
        decide(&directory, &question, Timestamp::from_jiff(noon.timestamp())).unwrap()
    };
    let before = decided(date(2026, 10, 31));
    assert_eq!((before.targets[0].unit.0.as_str(), before.alarm), ("gruppe", None));
    let after = decided(TODAY);
    assert_eq!(after.targets.iter().map(|it| it.unit.0.as_str()).collect::<Vec<_>>(), ["felles"]);
    assert_eq!(after.alarm, Some(AlarmKind::Unroutable));
}

/// seed in part: R-04
#[test]
fn a_reader_whose_seat_has_ended_is_told() {
    let seats = "\n[[unit.group.member]]\nrole = \"sekretær\"\nvalid_to = 2026-10-31\n";
    let text =
        WHOLE.replace("members = [\"sekretær\", \"nestleder\"]\n", &format!("members = [\"nestleder\"]\n{seats}"));

    let said = only(&text, GapKind::GroupWithoutReader, Severity::Warning);
    assert_eq!(said, "The role sekretær has a task in gruppe, but is not a member today.");
}

#[test]
fn a_rule_behind_a_wider_one_is_never_used() {
    let text =
        format!("{WHOLE}\n[[rule]]\nname = \"sen\"\nwhy = \"For sent.\"\nkinds = [\"BEHOV\"]\nto = [\"felles\"]\n");

    only(&text, GapKind::RuleUnreachable, Severity::Warning);
}

#[test]
fn a_rule_behind_a_group_is_reached_by_protected_addresses() {
    let text = WHOLE.replace("needs = [\"IP\"]\nto = [\"felles\"]", "needs = [\"IP\"]\nto = [\"gruppe\"]");
    let text = format!(
        "{}\n",
        text.replace("name = \"alle\"", "name = \"bydeler-igjen\"\ndistricts = [\"460101\"]\nneeds = [\"IP\"]")
    ) + "[[rule]]\nname = \"alle\"\nwhy = \"Ellers felles.\"\nto = [\"felles\"]\n";

    only(&text, GapKind::OnlyGroups, Severity::Info);
}

#[test]
fn what_ends_within_sixty_days_is_told_and_what_ends_later_is_not() {
    let ending = |day: &str| WHOLE.replace("kind = \"group\"", &format!("kind = \"group\"\nvalid_to = {day}"));

    only(&ending("2026-12-31"), GapKind::ValidityEnds, Severity::Warning);
    assert_eq!(gaps(&ending("2027-01-01")), []);
    assert_eq!(gaps(&ending("2026-10-31")), []);
}

#[test]
fn one_her_id_for_two_is_an_error() {
    let text = WHOLE.replace("kind = \"group\"", "kind = \"group\"\nher_ids = [900051]");

    only(&text, GapKind::HerIdTwice, Severity::Error);
}

#[test]
fn a_district_that_no_rule_names_is_told() {
    let text = WHOLE.replace(
        "districts = [\"460101\", \"460102\"]\ndefault",
        "districts = [\"460101\", \"460102\", \"460103\"]\ndefault",
    );

    let said = only(&text, GapKind::DistrictUnmapped, Severity::Warning);
    assert!(said.contains("460103"), "{said}");
}

#[test]
fn without_a_rule_for_everything_a_missing_district_is_a_hole() {
    let text = WHOLE.replace("[[rule]]\nname = \"alle\"\nwhy = \"Ellers felles.\"\nto = [\"felles\"]\n", "");

    let kinds: Vec<_> = gaps(&text).into_iter().map(|it| it.0).collect();
    assert_eq!(kinds, [GapKind::DistrictUnmapped, GapKind::DistrictUnmapped, GapKind::NoCatchAll]);
}

#[test]
fn a_unit_that_nobody_sends_to_is_told() {
    let text = format!(
        "{WHOLE}\n[[unit]]\nid = \"glemt\"\nname = \"Glemt\"\nkind = \"office\"\nnotify = {{ email = \"g@storby.example\" }}\n"
    );

    only(&text, GapKind::UnitUnused, Severity::Warning);
}

#[test]
fn sending_to_another_municipality_s_unit_needs_a_cover() {
    let neighbour = r#"
[[municipality]]
number = "4627"
default = "askøy"
"#;
    let text =
        WHOLE.replace("[municipality]", "[[municipality]]").replace("[[unit]]", "[[unit]]\nmunicipality = \"4601\"");
    let text = text.replace("[[rule]]", "[[rule]]\nmunicipality = \"4601\"") + &neighbour.replace("askøy", "felles");
    let text = text
        + "[[rule]]\nmunicipality = \"4627\"\nname = \"barn\"\nwhy = \"Sammen.\"\nneeds = [\"BARNEKOORDINATOR\"]\nto = [\"felles\"]\n";
    assert!(gaps(&text).iter().any(|it| it.0 == GapKind::NotCovering));

    let covered = text.replace(
        "her_ids = [900051]",
        "her_ids = [900051]\ncovers = [{ municipality = \"4627\", needs = [\"BARNEKOORDINATOR\"] }]",
    );
    assert!(!gaps(&covered).iter().any(|it| it.0 == GapKind::NotCovering));
}

#[test]
fn a_cover_that_nobody_uses_is_told() {
    let text = WHOLE.replace("her_ids = [900051]", "her_ids = [900051]\ncovers = [{ municipality = \"4627\" }]");

    only(&text, GapKind::CoverUnused, Severity::Warning);
}

#[test]
fn barnekoordinator_goes_before_age() {
    let age = "[[rule]]\nname = \"voksne\"\nwhy = \"Etter alder.\"\nage_from = 18\nto = [\"felles\"]\n\n";
    let child = "[[rule]]\nname = \"barnekoordinator\"\nwhy = \"Først.\"\nneeds = [\"BARNEKOORDINATOR\"]\nto = [\"felles\"]\n\n";
    let with = |rules: String| WHOLE.replace("[[rule]]\nname = \"alle\"", &format!("{rules}[[rule]]\nname = \"alle\""));

    only(&with(format!("{age}{child}")), GapKind::AgeBeforeChildCoordinator, Severity::Warning);
    assert_eq!(gaps(&with(format!("{child}{age}"))), []);
}

#[test]
fn an_old_municipality_number_is_told_with_its_successor() {
    let text = WHOLE.replace("460101", "120101").replace("460102", "120102").replace("\"4601\"", "\"1201\"");

    let said = only(&text, GapKind::NumberNotInUse, Severity::Warning);
    assert!(said.contains("is now 4601"), "{said}");
}

#[test]
fn holes_are_found_before_between_and_after() {
    let period = |from, to| Period { from, to };
    let covered = [
        period(Some(date(2026, 2, 1)), Some(date(2026, 2, 28))),
        period(Some(date(2026, 4, 1)), Some(date(2026, 4, 30))),
    ];

    let found = holes(&covered, date(2026, 1, 1), None);
    assert_eq!(
        found,
        [
            period(Some(date(2026, 1, 1)), Some(date(2026, 1, 31))),
            period(Some(date(2026, 3, 1)), Some(date(2026, 3, 31))),
            period(Some(date(2026, 5, 1)), None),
        ]
    );
    assert_eq!(holes(&[period(None, None)], date(2026, 1, 1), None), []);
}
