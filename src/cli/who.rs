//! Who types at the command line, for the journal: the account that the process runs as, and whoever signed in on the machine
//! and became it, as the kernel keeps it. What the environment says, which anybody can set, is marked as said.

use crate::storage::Actor;
use std::fs;

/// The login uid of a process that nobody signed in to begin.
const NO_LOGIN: &str = "4294967295";
/// Longest name of an account that is written down. Characters.
const NAME_CHARACTERS_MAX: usize = 64;

/// `meldeport (kari)`: the real user's name, and the login behind it where that is another. `root (says kari)`: the kernel keeps
/// no login, as in most containers and services, and `sudo`'s variable, or somebody who set it, names one.
pub(super) fn operator() -> String {
    // What cannot be read says nothing.
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let behind = std::env::var("SUDO_USER").unwrap_or_default();
    named(&read("/proc/self/status"), read("/proc/self/loginuid").trim(), &behind, &read("/etc/passwd"))
}

fn named(status: &str, login_uid: &str, sudo_user: &str, accounts: &str) -> String {
    let uid = status.lines().find_map(|it| it.strip_prefix("Uid:")).and_then(|it| it.split_whitespace().next());
    let Some(uid) = uid else { return Actor::NOBODY.to_owned() };
    let real = name_of(uid, accounts);
    // The kernel keeps the login through sudo and su; sudo's own word is for machines that do not keep it.
    let (behind, said) = match login_uid {
        "" | NO_LOGIN => (sudo_user.to_owned(), "says "),
        login => (name_of(login, accounts), ""),
    };
    let plain = |it: char| it.is_ascii_alphanumeric() || "._-@ ".contains(it);
    let can_stand = !behind.is_empty() && behind.len() <= NAME_CHARACTERS_MAX && behind.chars().all(plain);
    if can_stand && behind != real { format!("{real} ({said}{behind})") } else { real }
}

/// The name of an account, or its number where it stands in no file on the machine.
fn name_of(uid: &str, accounts: &str) -> String {
    let name = |line: &str| {
        let mut columns = line.split(':');
        let name = columns.next()?;
        (columns.nth(1)? == uid).then(|| name.to_owned())
    };
    accounts.lines().find_map(name).unwrap_or_else(|| format!("uid {uid}"))
}

#[cfg(test)]
mod tests {
    use super::named;

    const ACCOUNTS: &str = "root:x:0:0:root:/root:/bin/bash\nmeldeport:x:990:990::/:/usr/sbin/nologin\nkari:x:1000:1000:Kari:/home/kari:/bin/bash\n";

    #[test]
    fn who_types_is_the_account_and_the_login_behind_it() {
        for (uid, login, sudo, expected) in [
            ("990", "1000", "", "meldeport (kari)"),
            ("990", "4294967295", "kari", "meldeport (says kari)"),
            ("0", "", "kari.revisor", "root (says kari.revisor)"),
            ("990", "1000", "ola", "meldeport (kari)"),
            ("1000", "1000", "", "kari"),
            ("0", "", "", "root"),
            ("0", "", "<b>ola</b>", "root"),
            ("4711", "4294967295", "", "uid 4711"),
        ] {
            let status = format!("Name:\tmeldeport\nUid:\t{uid}\t0\t0\t0\n");
            assert_eq!(named(&status, login, sudo, ACCOUNTS), expected);
        }
        assert_eq!(named("", "", "", ACCOUNTS), "unknown");
    }
}
