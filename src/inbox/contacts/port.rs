//! What the public directory asks of the unit directory. Nothing here is about a patient, and staff are named only when the
//! municipality has said so.

use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::inbox::Content;
use jiff::civil::Date;
use std::sync::Arc;

/// The unit directory as everybody may see it, and the content in force.
pub trait PublicDirectory: Send + Sync {
    /// The municipality as it stands in the unit directory on `day`. `None`: nobody receives for it here.
    fn reception(&self, number: &MunicipalityNumber, day: Date) -> Option<Reception>;

    /// The municipalities that somebody receives for on `day`, in order of number.
    fn receiving(&self, day: Date) -> Vec<MunicipalityNumber>;

    /// Help texts and references to law.
    fn content(&self) -> Arc<Content>;
}

/// Who receives for a municipality.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reception {
    /// HER-ids of the municipality itself.
    pub her_ids: Vec<HerId>,
    /// The one that takes what no other unit takes, then the others. Never empty.
    pub units: Vec<PublicUnit>,
    pub form: FormOffer,
}

/// A unit as everybody may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicUnit {
    pub id: UnitId,
    pub name: Text,
    pub is_default: bool,
    pub her_ids: Vec<HerId>,
    pub telephone: Option<String>,
    pub email: Option<String>,
    pub post: Option<String>,
    pub web: Option<String>,
    pub opening_hours: Option<Text>,
    /// Who answers questions, and who in their place: on the page alone, never in the JSON.
    pub person: Option<String>,
    pub deputy: Option<String>,
    /// Where people can tell how it was, without saying who they are.
    pub questionnaire: Option<String>,
    pub languages: Vec<String>,
    /// What it receives, as sentences of the municipality's own.
    pub receives: Vec<Text>,
    /// The same as codes, for machines. Empty lists: no such condition.
    pub kinds: Vec<&'static str>,
    pub needs: Vec<&'static str>,
}

/// What the form offers for the municipality.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FormOffer {
    /// Whether people without an account or a form access may use it.
    pub private_persons: bool,
    pub extra: Vec<ExtraOffer>,
}

/// Something else that can be applied for in the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtraOffer {
    pub code: String,
    pub name: Text,
    /// The service of the report's code list that it is sent as.
    pub service: String,
}
