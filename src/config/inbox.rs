//! What in `[inbox]` shuts everybody out or makes its links dead: it is refused before anything is opened.

use crate::config::Config;
use crate::config::EnvironmentChoice;
use crate::config::error::offer;

/// Something known (a password) and something had (an app or a passkey); nobody has shown more.
const FACTORS_MAX: u32 = 2;
/// HER-ids that the form's sender sends from: the organisation's and the unit's.
const FORM_HER_IDS_MIN: usize = 2;

impl Config {
    /// Why the inbox is not to be opened, as whole sentences that name the setting and how it is mended.
    pub fn refused_inbox(&self) -> Vec<String> {
        let inbox = &self.inbox;
        let mut said = Vec::new();
        if !inbox.local_accounts && inbox.providers.is_empty() {
            said.push(
                "inbox.local_accounts is false, and there is no [[inbox.providers]]. Nobody can ever sign in. Describe a provider, or \
                 set it to true."
                    .to_owned(),
            );
        }
        if inbox.content_factors_min > FACTORS_MAX {
            said.push(format!(
                "inbox.content_factors_min is {}, and nobody has more than {FACTORS_MAX} factors to show. Nobody with a user name of \
                 ours can open a report. Set it to 1 or 2.",
                inbox.content_factors_min
            ));
        }
        for (setting, seconds, so) in [
            ("session_idle_seconds_max", inbox.session_idle_seconds_max, "Everybody is signed out at once"),
            ("session_seconds_max", inbox.session_seconds_max, "Everybody is signed out at once"),
            ("request_seconds_max", inbox.request_seconds_max, "No page is answered in time"),
        ] {
            if seconds == 0 {
                said.push(format!(
                    "inbox.{setting} is 0. {so}. Set it to more seconds, or take it away to have the default."
                ));
            }
        }
        for (setting, count, so) in [
            ("page_rows_max", inbox.api.page_rows_max, "No case system is told of any change"),
            (
                "requests_per_minute_max",
                inbox.api.requests_per_minute_max,
                "Every case system is told to wait, for ever",
            ),
        ] {
            if inbox.api.enabled && count == 0 {
                said.push(format!(
                    "inbox.api.{setting} is 0. {so}. Set it to more, or close the interface with inbox.api.enabled = false."
                ));
            }
        }
        said.extend(self.refused_address());
        said.extend(self.refused_form_sender());
        said
    }

    /// Cookies, links in e-mails and the way back from a provider are made of it.
    fn refused_address(&self) -> Option<String> {
        let address = &self.inbox.public_address;
        let Some((scheme, rest)) = address.split_once("://") else {
            return Some(format!(
                "inbox.public_address is `{address}`, without https:// in front. No link that is sent leads anywhere. Write it like \
                 `https://innboks.kommune.example`."
            ));
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !path.is_empty() || rest.contains(['?', '#', ' ']) || host.is_empty() {
            return Some(format!(
                "inbox.public_address is `{address}`, and the inbox answers only at the root of a host. Links and sign-in by a \
                 provider do not come back. Write scheme, host and port alone, like `{scheme}://{}`.",
                if host.is_empty() {
                    "innboks.kommune.example"
                } else {
                    host.split(['?', '#', ' ']).next().unwrap_or(host)
                }
            ));
        }
        match (scheme, self.environment) {
            ("https", _) | ("http", EnvironmentChoice::Test) => None,
            (_, EnvironmentChoice::Production | EnvironmentChoice::Test) => Some(format!(
                "inbox.public_address is `{address}`. The inbox is reached by https alone, and its cookies too: links and sign-in do \
                 not work. Write `https://{host}`."
            )),
        }
    }

    fn refused_form_sender(&self) -> Option<String> {
        let named = &self.inbox.form.sender;
        if named.is_empty() {
            return None;
        }
        let Some(sender) = self.senders.iter().find(|it| it.name == *named) else {
            let known: Vec<&str> = self.senders.iter().map(|it| it.name.as_str()).collect();
            let offer = if known.is_empty() { "There are no [[senders]].".to_owned() } else { offer(named, &known) };
            return Some(format!(
                "inbox.form.sender is `{named}`, and none of [[senders]] has that name. /meld is closed to everybody. {offer}"
            ));
        };
        (sender.her_ids.len() < FORM_HER_IDS_MIN).then(|| {
            format!(
                "inbox.form.sender is `{named}`, which has {} of the two HER-ids that the form sends from. /meld is closed to \
                 everybody. Give it both in her_ids: the organisation's first, then the unit's.",
                sender.her_ids.len()
            )
        })
    }

    /// Senders that nobody can tell apart by their address, as whole sentences.
    pub fn check_senders(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (at, one) in self.senders.iter().enumerate() {
            for other in &self.senders[at + 1..] {
                let both: Vec<String> =
                    one.her_ids.iter().filter(|it| other.her_ids.contains(it)).map(ToString::to_string).collect();
                if !both.is_empty() {
                    said.push(format!(
                        "Senders `{}` and `{}` both have HER-id {} in her_ids: each may send in the name of the other, and the \
                         address does not say which did. Give each its own, or make them one.",
                        one.name,
                        other.name,
                        both.join(", ")
                    ));
                }
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    const SENDER: &str = "[[senders]]\nname = \"meldeport-skjema\"\ndisplay_name = \"Skjema\"\norganisation = \"310000108\"\n\
                          her_ids = [80001, 800011]\nsector = \"health\"\n";

    fn parsed(text: &str) -> Config {
        Config::parse(text, config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING")).unwrap()
    }

    #[test]
    fn what_shuts_everybody_out_is_refused_with_the_setting_and_what_to_do() {
        assert_eq!(Config::default().refused_inbox(), Vec::<String>::new());
        for (text, setting, mend) in [
            ("[inbox]\nlocal_accounts = false", "inbox.local_accounts", "Describe a provider"),
            ("[inbox]\ncontent_factors_min = 9", "inbox.content_factors_min is 9", "Set it to 1 or 2."),
            ("[inbox]\nsession_idle_seconds_max = 0", "inbox.session_idle_seconds_max is 0", "more seconds"),
            ("[inbox]\nsession_seconds_max = 0", "inbox.session_seconds_max is 0", "more seconds"),
            ("[inbox]\nrequest_seconds_max = 0", "inbox.request_seconds_max is 0", "more seconds"),
            ("[inbox.api]\npage_rows_max = 0", "inbox.api.page_rows_max is 0", "inbox.api.enabled = false"),
            ("[inbox.api]\nrequests_per_minute_max = 0", "requests_per_minute_max is 0", "inbox.api.enabled = false"),
            (
                "[inbox]\npublic_address = \"http://innboks.example\"",
                "by https alone",
                "Write `https://innboks.example`.",
            ),
            ("[inbox]\npublic_address = \"https://h.example:9443/app\"", "root of a host", "`https://h.example:9443`."),
            ("[inbox]\npublic_address = \"innboks.example\"", "inbox.public_address", "Write it like `https://"),
            ("[inbox.form]\nsender = \"skjema\"", "inbox.form.sender is `skjema`", "There are no [[senders]]."),
        ] {
            let said = parsed(text).refused_inbox();
            assert_eq!(said.len(), 1, "{text}: {said:?}");
            assert!(said[0].contains(setting) && said[0].contains(mend), "{said:?}");
        }
    }

    #[test]
    fn a_test_may_be_reached_without_tls_and_any_address_may_end_with_a_slash() {
        let test = "environment = \"test\"\n[inbox]\npublic_address = \"http://127.0.0.1:8080\"";
        assert_eq!(parsed(test).refused_inbox(), Vec::<String>::new());
        let slash = "[inbox]\npublic_address = \"https://innboks.example/\"";
        assert_eq!(parsed(slash).refused_inbox(), Vec::<String>::new());
    }

    #[test]
    fn the_forms_sender_must_be_one_of_the_senders_with_both_her_ids() {
        let form = |name: &str| parsed(&format!("[inbox.form]\nsender = \"{name}\"\n{SENDER}")).refused_inbox();

        assert_eq!(form("meldeport-skjema"), Vec::<String>::new());
        assert!(
            form("meldeport-skjem")[0].ends_with("Did you mean `meldeport-skjema`?"),
            "{:?}",
            form("meldeport-skjem")
        );
        let half = parsed(&format!("[inbox.form]\nsender = \"meldeport-skjema\"\n{}", SENDER.replace(", 800011", "")));
        assert!(half.refused_inbox()[0].contains("has 1 of the two HER-ids"), "{:?}", half.refused_inbox());
    }

    #[test]
    fn two_senders_with_one_her_id_are_spoken_of() {
        assert_eq!(parsed(SENDER).check_senders(), Vec::<String>::new());

        let said = parsed(&format!("{SENDER}{}", SENDER.replace("meldeport-skjema", "skole"))).check_senders();

        assert_eq!(said.len(), 1);
        assert!(said[0].contains("`meldeport-skjema` and `skole` both have HER-id 80001, 800011"), "{said:?}");
    }
}
