//! Ids: ours, the national ones, and the rules that make them valid.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Our own id of a message (UUIDv7, so ids sort by arrival).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId(pub Uuid);

/// Minted with the verdict; a receipt sent twice is recognised by it. It is also the AppRec's `Id`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReceiptId(pub Uuid);

/// One message in one unit's inbox.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ItemId(pub Uuid);

/// One notice to one unit over one channel.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NoticeId(pub Uuid);

/// Something that we send. It is also the message's `MsgId`, fixed before the first attempt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutboundId(pub Uuid);

macro_rules! display_uuid {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}
display_uuid!(MessageId, ReceiptId, ItemId, NoticeId, OutboundId);

/// Opaque reference that people say to each other on the telephone, such as `7K3-9QX-2MA`. Random: it tells nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference(String);

impl Reference {
    /// Letters and digits that are not mistaken for each other (Crockford's alphabet: no I, L, O, U).
    const ALPHABET: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// Nine characters (45 bits) from random bytes that the caller brings.
    pub fn from_random(random: [u8; 9]) -> Self {
        let mut text = String::with_capacity(11);
        for (position, byte) in random.iter().enumerate() {
            if position == 3 || position == 6 {
                text.push('-');
            }
            text.push(char::from(Self::ALPHABET[usize::from(byte % 32)]));
        }
        Self(text)
    }

    /// As people type it: small letters, missing dashes and the usual mistaken letters are understood.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|it| !matches!(it, '-' | ' '))
            .map(|it| match it.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let valid = plain.len() == 9 && plain.bytes().all(|it| Self::ALPHABET.contains(&it));
        valid.then(|| Self(format!("{}-{}-{}", &plain[..3], &plain[3..6], &plain[6..])))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// HER-id: an address in the national Address Registry (Adresseregisteret).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HerId(pub u32);

impl HerId {
    /// A positive whole number without sign or leading blanks.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        text.parse().ok().filter(|it| digits && *it > 0).map(Self)
    }
}

impl fmt::Display for HerId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A coordinating unit (koordinerende enhet) or other receiver, as named in the unit directory: `gjerstad-tjenestekontor`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(pub String);

impl fmt::Display for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Organisation number (organisasjonsnummer): nine digits with a MOD-11 control digit (Enhetsregisteret).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OrgNumber(String);

impl OrgNumber {
    /// Nine digits whose control digit holds. Weights 3 2 7 6 5 4 3 2 (standards/FACTS.md g.5).
    pub fn parse(text: &str) -> Result<Self, OrgNumberFault> {
        let digits: Vec<u32> = text.chars().filter_map(|it| it.to_digit(10)).collect();
        if text.len() != 9 || digits.len() != 9 {
            return Err(OrgNumberFault::NotNineDigits);
        }
        let sum: u32 = digits.iter().zip([3, 2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
        let control = match 11 - sum % 11 {
            11 => 0,
            other => other,
        };
        if control == digits[8] { Ok(Self(text.to_owned())) } else { Err(OrgNumberFault::ControlDigit) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not an organisation number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrgNumberFault {
    NotNineDigits,
    ControlDigit,
}

impl fmt::Display for OrgNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Municipality number (kommunenummer): four digits with leading zero, SSB KLASS 131, code list 3402.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MunicipalityNumber(String);

impl MunicipalityNumber {
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MunicipalityNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// City district number (bydelsnummer): six digits, the municipality's four first, SSB KLASS 103, code list 3403.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DistrictNumber(String);

impl DistrictNumber {
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 6 && text.bytes().all(|it| it.is_ascii_digit())).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the district belongs to `municipality`.
    pub fn is_in(&self, municipality: &MunicipalityNumber) -> bool {
        self.0.starts_with(municipality.as_str())
    }
}

impl fmt::Display for DistrictNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::OrgNumber;
    use super::OrgNumberFault;
    use super::Reference;

    #[test]
    fn the_control_digit_of_an_organisation_number_is_checked() {
        assert!(OrgNumber::parse("889640782").is_ok());
        assert_eq!(OrgNumber::parse("889640783"), Err(OrgNumberFault::ControlDigit));
        assert_eq!(OrgNumber::parse("88964078"), Err(OrgNumberFault::NotNineDigits));
        assert_eq!(OrgNumber::parse("٨٨٩٦٤٠٧٨٢"), Err(OrgNumberFault::NotNineDigits));
    }

    #[test]
    fn a_reference_is_understood_as_people_type_it() {
        let reference = Reference::from_random([7, 19, 3, 9, 23, 29, 2, 20, 10]);

        assert_eq!(reference.as_str(), "7K3-9QX-2MA");
        assert_eq!(Reference::parse("7k39qx2ma"), Some(reference));
        assert_eq!(Reference::parse("7K3-9QX"), None);
        assert_eq!(Reference::parse("æøåæøåæøå"), None);
    }
}
