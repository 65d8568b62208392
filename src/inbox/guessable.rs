//! Passwords that many choose, and that a program would therefore try first.
//!
//! Length alone lets `passordpassord`, `qwertyuiopå1` and `Sommer2026!!!!` through. A password is taken apart into pieces that
//! are worth nothing: words that lists of leaked passwords are full of, words of this place, rows of keys, repeats, years.
//! What is left must still be something. The words are our own small choice. Beside them stands the library `zxcvbn`, with the
//! 30,000 passwords that stood most often in what has leaked, and an estimate of how soon a program that knows them would
//! come to this one; and an operator can name a longer list.

use crate::inbox::House;
use crate::inbox::password::Crowded;
use crate::inbox::password::PasswordRefused;
use crate::inbox::token;
use std::collections::HashSet;
use std::sync::Arc;
use zxcvbn::Score;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

/// A program that knows what people choose shall need at least a hundred million guesses: below this, `zxcvbn` says, a
/// password is too weak.
const SCORE_MIN: Score = Score::Three;

/// So many characters must be left when all that is worth nothing has been taken out.
const LEFT_MIN: usize = 6;
/// Different signs that are neither letters nor digits are worth something beyond these two: the hyphen and the `!` at the end.
const SIGNS_FREE: usize = 2;
/// A run along the alphabet, the digits or a row of keys counts from this length.
const RUN_MIN: usize = 3;

/// Words of this place (context-specific words): what somebody here would think of first.
const HERE: &str = "\
    meldeport innboks inbox kommune kommunen melding meldinger behov koordinator barnekoordinator koordinerende \
    enhet individuell plan saksbehandler sekretær sekretar leder leiar helse omsorg tjenestekontor tenestekontor \
    servicekontor sykehus sjukehus sykehjem legevakt fastlege barnehage skole skule journal pasient bruker brukar \
    jobb kontor vakt system norge noreg norway gjerstad karmoy karmøy loppa risor risør oslo bergen trondheim \
    stavanger tromsø tromso";

/// Words that lists of leaked passwords are full of, in the languages that people here use.
const COMMON: &str = "\
    passord password passwort losenord lösenord passw pass secret hemmelig hemmeleg velkommen welcome hallo hello \
    heisann hei login logginn logg letmein slippmeginn access admin administrator root master guest gjest test \
    testing prøve prove default standard changeme endremeg bytt nytt new old user iloveyou jegelskerdeg elskerdeg \
    elsker elskar glaideg gladideg love kjærlighet kjaerlighet jeg deg you the and min mitt din my god jul godjul \
    sommer sumar vinter høst host haust vår var summer winter spring autumn januar februar mars april mai juni juli \
    august september oktober november desember mandag tirsdag onsdag torsdag fredag lørdag lordag søndag sondag \
    monday friday sunday football fotball soccer baseball basketball håndball handball liverpool arsenal chelsea \
    manchester united everton tottenham barcelona realmadrid madrid brann rosenborg vålerenga valerenga viking molde \
    lillestrøm dragon drage monkey apekatt tiger løve hest hund katt bamse princess prinsesse prins superman batman \
    spiderman pokemon starwars starwar sunshine solskinn shadow flower blomst butterfly sommerfugl angel engel baby \
    cookie chocolate sjokolade computer datamaskin data internet internett samsung apple iphone google microsoft \
    windows facebook whatever samma trustno nothing ingenting freedom frihet happy glad lucky lykke money penger \
    super mega killer hunter ranger jordan michael michelle jennifer jessica ashley daniel thomas robert andrew \
    charlie christopher alexander alexandra nicole anders andreas martin kristian christian kristoffer henrik magnus \
    marius morten øyvind oyvind sander mathias markus jonas emma nora sofie ingrid maria marie anne kari ola \
    nordmann silje camilla cecilie caroline charlotte elisabeth kristine marianne ida julie hanna abc xyz asd qwe \
    zxc wsx qaz edc";

/// Rows of keys and other rows that fingers follow; backwards too.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyzæøå",
    "01234567890",
    "qwertyuiopå",
    "asdfghjkløæ",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9",
    "qazwsxedcrfvtgbyhnujmik",
    "147258369",
    "159357",
];

/// What an operator has said that nobody may choose. Only hashes are kept.
#[derive(Clone, Default)]
pub struct RefusedPasswords(HashSet<[u8; 8]>);

impl RefusedPasswords {
    /// One password on each line. Capital letters make no difference; what is no text is passed over.
    pub fn read(text: &[u8]) -> Self {
        let lines = text.split(|it| *it == b'\n').filter_map(|it| std::str::from_utf8(it).ok());
        Self(lines.map(|it| it.trim_end_matches('\r')).filter(|it| !it.is_empty()).map(mark).collect())
    }

    fn holds(&self, password: &str) -> bool {
        self.0.contains(&mark(password))
    }
}

/// Eight bytes are enough: a list of ten million lines refuses one good password in a million million by mistake.
fn mark(password: &str) -> [u8; 8] {
    let mut mark = [0; 8];
    mark.copy_from_slice(&token::sha256(password.to_lowercase().as_bytes())[..8]);
    mark
}

/// Whether `password` is hard enough to guess. For one that is made to be difficult it costs as much as a hash.
fn check(password: &str, refused: &RefusedPasswords) -> Result<(), PasswordRefused> {
    let small: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    let simple: Vec<char> = small.iter().copied().filter(|it| it.is_alphanumeric()).collect();
    let meant: Vec<char> = small.iter().copied().map(meant).filter(|it| it.is_alphanumeric()).collect();
    let signs: HashSet<char> =
        small.iter().copied().filter(|it| !it.is_alphanumeric() && !it.is_whitespace()).collect();
    // A sign that stands for a letter must not make a row of digits hard to see, so both are looked at.
    let left = left(&simple).min(left(&meant)) + signs.len().saturating_sub(SIGNS_FREE);
    if refused.holds(password) {
        return Err(PasswordRefused::Leaked);
    }
    let estimate = zxcvbn(password, &[]);
    if is_listed(estimate.sequence()) {
        Err(PasswordRefused::Leaked)
    } else if left < LEFT_MIN || estimate.score() < SCORE_MIN {
        Err(PasswordRefused::Guessable)
    } else {
        Ok(())
    }
}

/// [`check`] in its turn.
pub(super) async fn in_turn(house: &Arc<House>, password: String) -> Result<Result<(), PasswordRefused>, Crowded> {
    let own = Arc::clone(house);
    house.passwords.in_turn(move || check(&password, &own.inbox.refused_passwords)).await
}

/// Whether the whole of it is one entry of the lists, also backwards or with signs for letters.
fn is_listed(sequence: &[zxcvbn::Match]) -> bool {
    matches!(sequence, [only] if matches!(only.pattern, MatchPattern::Dictionary(_)))
}

/// `p4$$0rd` is `passord`.
const fn meant(it: char) -> char {
    match it {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    }
}

/// How many characters are left when words, rows, repeats and numbers are taken out, the longest piece at each place.
fn left(text: &[char]) -> usize {
    let (mut at, mut left) = (0, Vec::new());
    while at < text.len() {
        let rest = &text[at..];
        let taken = [word(rest), row(rest), number(rest)].into_iter().max().unwrap_or_default();
        if taken == 0 {
            left.push(rest[0]);
            at += 1;
        } else {
            at += taken;
        }
    }
    // The same again and again is worth one time.
    let once = (1..=left.len() / 2).find(|it| left.chunks(*it).all(|chunk| left.starts_with(chunk)));
    once.unwrap_or(left.len())
}

/// Length of the longest known word that `text` begins with.
fn word(text: &[char]) -> usize {
    let begins = |it: &&str| it.chars().count() <= text.len() && it.chars().zip(text).all(|(one, other)| one == *other);
    let words = HERE.split_whitespace().chain(COMMON.split_whitespace());
    words.filter(begins).map(|it| it.chars().count()).max().unwrap_or_default()
}

/// Length of the longest row of keys, or of one character repeated, that `text` begins with.
fn row(text: &[char]) -> usize {
    let repeated = text.iter().take_while(|it| **it == text[0]).count();
    let along = |row: &[char]| {
        let length = |begin: usize| row[begin..].iter().zip(text).take_while(|(one, other)| one == other).count();
        (0..row.len()).map(length).max().unwrap_or_default()
    };
    let longest = ROWS.iter().map(|it| {
        let mut row: Vec<char> = it.chars().collect();
        let forwards = along(&row);
        row.reverse();
        forwards.max(along(&row))
    });
    let longest = longest.max().unwrap_or_default().max(repeated);
    if longest >= RUN_MIN { longest } else { 0 }
}

/// Digits: a year, a date, a birthday, a telephone number. They are cheap to try.
fn number(text: &[char]) -> usize {
    text.iter().take_while(|it| it.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::RefusedPasswords;
    use super::check;
    use crate::inbox::password::PasswordRefused;

    #[test]
    fn what_many_choose_is_refused_however_it_is_dressed_up() {
        for guessable in [
            "passordpassord",
            "P4ss0rd123456",
            "Password1234!",
            "Sommer2026!!!!",
            "qwertyuiopå12",
            "1q2w3e4r5t6y",
            "123456789012",
            "aaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "Meldeport2026",
            "meldeport-innboks",
            "GjerstadKommune1",
            "iloveyou1234567",
            "Liverpool-2005-fc",
            "barnekoordinator1",
            "xk7xk7xk7xk7xk7",
            "Velkommen-1-2-3-4",
            "P@$$w0rd!1234",
            "!!!!!!!!!!!!!!",
        ] {
            assert!(check(guessable, &RefusedPasswords::default()).is_err(), "{guessable}");
        }
    }

    #[test]
    fn a_few_words_that_do_not_belong_together_are_taken() {
        for good in [
            "fjorten grønne elger",
            "batteri klammer fiskesuppe",
            "Tuba i regn på Senja",
            "v9$Kq!zR7pLw",
            "&%/#)=!\"x¤K?",
            "kaffe lukter purpur om torsdag",
            "日本語のとても長いパスワード",
        ] {
            assert_eq!(check(good, &RefusedPasswords::default()), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_has_leaked_is_refused_and_so_is_what_is_made_of_it() {
        let refused = RefusedPasswords::default();
        for leaked in
            ["unbelievable", "Unbelievable", "eLbAveilEbNu", "counterstrike", "whosyourdaddy", "lost4815162342"]
        {
            assert_eq!(check(leaked, &refused), Err(PasswordRefused::Leaked), "{leaked}");
        }
        for made_of_it in ["metallica-1999", "porsche911turbo", "Gandalf--123456", "Unbelievable1!"] {
            assert_eq!(check(made_of_it, &refused), Err(PasswordRefused::Guessable), "{made_of_it}");
        }
    }

    #[test]
    fn what_the_operator_has_listed_is_refused() {
        let refused = RefusedPasswords::read(b"pingvinene danser vals\r\n\n\xff\xfe\nTorsken taper alltid\n");

        assert_eq!(check("Pingvinene danser vals", &refused), Err(PasswordRefused::Leaked));
        assert_eq!(check("torsken taper alltid", &refused), Err(PasswordRefused::Leaked));
        assert_eq!(check("torsken vinner alltid", &refused), Ok(()));
    }
}
