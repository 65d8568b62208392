//! An invitation to a meeting (innkalling) as other calendars read it: iCalendar, RFC 5545.
//!
//! It goes in an e-mail and lies on people's telephones, so nothing is in it but when, where, which group, and where one
//! signs in to see the list. Both the inbox and the notices hand it out, so that it is written here and only once.

use crate::domain::Language;
use crate::domain::Meeting;
use crate::domain::MeetingState;
use crate::domain::Timestamp;

/// Longest line. Octets, without the line break (RFC 5545 § 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// What an invitation says besides the meeting itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Invitation<'a> {
    pub meeting: &'a Meeting,
    /// The group's name as everybody may see it.
    pub group: &'a str,
    /// Where the list of cases is; one signs in there.
    pub address: &'a str,
    pub language: Language,
}

impl Invitation<'_> {
    /// Name of the file. Says nothing but the reference.
    pub fn file_name(&self) -> String {
        format!("meeting-{}.ics", self.meeting.reference)
    }

    /// The file. A later one with the same id takes the place of an earlier; one of a meeting that is called off takes it out.
    pub fn text(&self) -> String {
        let Self { meeting, group, address, language } = *self;
        let (summary, description) = match language {
            Language::Nb => (
                format!("Møte i {group}"),
                "Sakslisten ligger i innboksen. Av hensyn til personvernet står det ikke her hvilke saker møtet gjelder.",
            ),
            Language::Nn => (
                format!("Møte i {group}"),
                "Sakslista ligg i innboksen. Av omsyn til personvernet står det ikkje her kva saker møtet gjeld.",
            ),
            Language::En => (
                format!("Meeting of {group}"),
                "The list of cases is in the inbox. To protect privacy, it is not said here which cases the meeting is about.",
            ),
        };
        let status = match meeting.state {
            MeetingState::Planned => "CONFIRMED",
            MeetingState::Cancelled => "CANCELLED",
        };
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Meldeport//Meldeport//NO".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@meldeport", meeting.id),
            format!("DTSTAMP:{}", utc(meeting.changed_at)),
            format!("SEQUENCE:{}", meeting.revision),
            format!("STATUS:{status}"),
            format!("DTSTART:{}", utc(meeting.plan.at)),
            format!("DTEND:{}", utc(meeting.ends())),
            format!("SUMMARY:{}", escaped(&summary)),
            format!("DESCRIPTION:{}", escaped(description)),
            format!("URL:{address}"),
        ];
        if !meeting.plan.place.is_empty() {
            lines.push(format!("LOCATION:{}", escaped(&meeting.plan.place)));
        }
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().map(|it| folded(it)).collect()
    }
}

/// `20261209T110000Z`
fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as a value (RFC 5545 § 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '\\' | ';' | ',' => escaped.extend(['\\', it]),
            '\n' => escaped.push_str("\\n"),
            it if it.is_control() => {}
            it => escaped.push(it),
        }
    }
    escaped
}

/// A line with its break; a long one goes on in the next after a blank, and no letter is cut in two.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for it in line.chars() {
        if octets + it.len_utf8() > LINE_OCTETS_MAX {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(it);
        octets += it.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MeetingPlan;
    use crate::domain::meeting::tests::meeting;

    const ADDRESS: &str = "https://innboks.gjerstad.example/groups/gjerstad-koordinerende-gruppe";

    fn text(meeting: &Meeting, language: Language) -> String {
        let group = "Koordinerende gruppe; Gjerstad, og mer";
        Invitation { meeting, group, address: ADDRESS, language }.text()
    }

    /// seed in part: L-16
    #[test]
    fn an_invitation_says_when_and_where_and_nothing_about_anybody() {
        let text = text(&meeting(), Language::Nb);

        for said in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "UID:00000000-0000-0000-0000-000000000007@meldeport\r\n",
            "SEQUENCE:0\r\nSTATUS:CONFIRMED\r\n",
            "DTSTART:20261209T110000Z\r\nDTEND:20261209T123000Z\r\n",
            "SUMMARY:Møte i Koordinerende gruppe\\; Gjerstad\\, og mer\r\n",
            "LOCATION:Kommunehuset\\, møterom 2\r\n",
            "END:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(text.contains(said), "{said}\n{text}");
        }
        assert!(text.lines().all(|it| it.len() <= LINE_OCTETS_MAX), "{text}");
        assert!(text.replace("\r\n ", "").contains(&format!("URL:{ADDRESS}\r\n")));
    }

    #[test]
    fn a_meeting_that_is_called_off_takes_the_place_of_the_one_that_was_planned() {
        let cancelled = Meeting { state: MeetingState::Cancelled, revision: 3, ..meeting() };

        let text = text(&cancelled, Language::En);

        assert!(text.contains("SEQUENCE:3\r\nSTATUS:CANCELLED\r\n"));
        assert!(text.contains("UID:00000000-0000-0000-0000-000000000007@meldeport"));
    }

    #[test]
    fn a_long_line_is_folded_between_letters_and_nothing_typed_ends_a_line() {
        let place = format!("{}\r\nATTENDEE:mailto:x", "ø".repeat(70));
        let sly = Meeting { plan: MeetingPlan { place, ..meeting().plan }, ..meeting() };

        let text = text(&sly, Language::Nn);

        assert!(text.split("\r\n").all(|it| it.len() <= LINE_OCTETS_MAX && !it.starts_with("ATTENDEE")), "{text}");
        assert!(text.replace("\r\n ", "").contains(&"ø".repeat(70)));
    }
}
