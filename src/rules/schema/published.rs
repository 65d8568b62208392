//! The schemas that we publish in `schemas/`, compiled once for all.

use std::collections::HashSet;
use std::sync::LazyLock;

use roxmltree::Document;

use super::Schemas;
use super::observe::observed;
use crate::domain::Observation;

/// Each file of `schemas/`, except the one that only imports the others.
const FILES: [(&str, &str); 10] = [
    ("schemas/msghead-1.2.xsd", include_str!("../../../schemas/msghead-1.2.xsd")),
    ("schemas/base64container.xsd", include_str!("../../../schemas/base64container.xsd")),
    ("schemas/xmldsig.xsd", include_str!("../../../schemas/xmldsig.xsd")),
    ("schemas/apprec-1.0.xsd", include_str!("../../../schemas/apprec-1.0.xsd")),
    ("schemas/apprec-1.1.xsd", include_str!("../../../schemas/apprec-1.1.xsd")),
    ("schemas/kith.xsd", include_str!("../../../schemas/kith.xsd")),
    ("schemas/felleskomponent1.xsd", include_str!("../../../schemas/felleskomponent1.xsd")),
    ("schemas/dialogmelding-1.0.xsd", include_str!("../../../schemas/dialogmelding-1.0.xsd")),
    ("schemas/dialogmelding-1.1.xsd", include_str!("../../../schemas/dialogmelding-1.1.xsd")),
    ("schemas/behovsmelding-1.0.xsd", include_str!("../../../schemas/behovsmelding-1.0.xsd")),
];

static PUBLISHED: LazyLock<Schemas> =
    LazyLock::new(|| Schemas::compile(&FILES).unwrap_or_else(|e| panic!("a test compiles the published schemas: {e}")));

/// The published schemas. The first call compiles them, which takes some milliseconds.
pub fn published() -> &'static Schemas {
    &PUBLISHED
}

static CODES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| PUBLISHED.enumerated().collect());

/// Whether `value` is one of the codes that the published schemas list.
pub fn is_code(value: &str) -> bool {
    CODES.contains(value)
}

/// All that is wrong with a message by the published schemas, in document order. It tells one more than `observations_max`
/// when there are more, so that the caller can say so.
pub fn examine(tree: &Document<'_>, observations_max: usize) -> Vec<Observation> {
    let faults = published().check(tree, observations_max.saturating_add(1));
    faults.iter().map(|it| observed(tree, it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schemas_compile_and_know_their_roots() {
        for (namespace, local) in [
            ("http://www.kith.no/xmlstds/msghead/2006-05-24", "MsgHead"),
            ("http://www.kith.no/xmlstds/apprec/2004-11-21", "AppRec"),
            ("http://www.kith.no/xmlstds/apprec/2012-02-15", "AppRec"),
            ("http://www.kith.no/xmlstds/base64container", "Base64Container"),
            ("http://www.w3.org/2000/09/xmldsig#", "Signature"),
            ("urn:meldeport:behovsmelding:1.0", "Behovsmelding"),
        ] {
            assert!(published().declares(namespace, local), "{local}");
        }
    }

    #[test]
    fn a_code_of_the_lists_is_known_and_a_name_is_none() {
        assert!(is_code("HASTER") && is_code("KOORDINATOR_OG_IP") && is_code("FNR"));
        assert!(!is_code("Ragna") && !is_code("") && !is_code("12835401802"));
    }
}
