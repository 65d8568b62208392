//! Codes of casework in words.

use crate::domain::FollowUpKind;
use crate::inbox::texts::Words;

impl Words {
    /// A code of casework in words. `None`: it is none.
    pub(in crate::inbox) fn case_code(self, code: &str) -> Option<&'static str> {
        if let Some(kind) = FollowUpKind::from_code(code) {
            return Some(self.follow_up(kind));
        }
        Some(match code {
            "IKKE_LOST_ANNEN_MATE" => {
                self.pick("Ikke løst på annen måte", "Ikkje løyst på annan måte", "Not solved in any other way")
            }
            "SAMTYKKET_SIDEN" => self.basis_consent_since(),
            "HPL_25" => self.basis_cooperating(),
            "HPL_45" => self.basis_health_care(),
            "GEVINST_KOMPETANSE" => self.pick(
                "Klart bedre her, og andre lærer av det",
                "Klart betre her, og andre lærer av det",
                "Clearly better here, and others learn from it",
            ),
            "TVIL_OM_ANSVAR" => self.pick(
                "Tvil om hvem som har ansvaret",
                "Tvil om kven som har ansvaret",
                "In doubt who is responsible",
            ),
            "I" => self.pick("Trinn I", "Steg I", "Step I"),
            "II" => self.pick("Trinn II", "Steg II", "Step II"),
            "III" => self.pick("Trinn III", "Steg III", "Step III"),
            "AVKLART_I_TJENESTEOMRADET" => {
                self.pick("Avklart i tjenesteområdet", "Avklart i tenesteområdet", "Clarified in the service area")
            }
            "INNVILGET" => self.pick("Innvilget", "Innvilga", "Granted"),
            "DELVIS_INNVILGET" => self.pick("Delvis innvilget", "Delvis innvilga", "Partly granted"),
            "AVSLAG" => self.pick("Avslag", "Avslag", "Refused"),
            "TRUKKET" => self.pick("Trukket av personen", "Trekt av personen", "Withdrawn by the person"),
            "IKKE_SAMTYKKE" => self.pick("Ikke samtykke", "Ikkje samtykke", "No consent"),
            "IKKE_BEHOV" => self.pick(
                "Ikke behov for samordnede tjenester",
                "Ikkje behov for samordna tenester",
                "No need for coordinated services",
            ),
            "VEILEDET" => self.pick("Veiledet", "Rettleidd", "Advised"),
            "FLYTTET" => self.pick("Flyttet", "Flytta", "Moved away"),
            "DOD" => self.pick("Død", "Død", "Deceased"),
            "ANNET" => self.pick("Annet", "Anna", "Other"),
            "KOMMUNAL" => self.pick("Kommunal koordinator", "Kommunal koordinator", "Municipal coordinator"),
            "BARNEKOORDINATOR" => self.pick("Barnekoordinator", "Barnekoordinator", "Child coordinator"),
            "FORLOPSKOORDINATOR" => self.pick("Forløpskoordinator", "Forløpskoordinator", "Pathway coordinator"),
            "HF" => {
                self.pick("Koordinator i helseforetak", "Koordinator i helseføretak", "Coordinator in a hospital trust")
            }
            "HOVED" => self.pick("Hovedkoordinator", "Hovudkoordinator", "Main coordinator"),
            "VED_SIDEN" => self.pick("Ved siden av", "Ved sida av", "Beside"),
            "NEI" => self.pick("Nei", "Nei", "No"),
            "JA" => self.pick("Ja", "Ja", "Yes"),
            "OVERLAPPER" => self.pick("Ja, de overlapper", "Ja, dei overlappar", "Yes, they overlap"),
            "ONSKET" => self.pick("Ønsket", "Ønskt", "Wished"),
            "UNDER_ARBEID" => self.pick("Under arbeid", "Under arbeid", "In progress"),
            "VIRKSOM" => self.pick("Virksom", "Verksam", "Active"),
            "AVSLATT" => self.pick("Avslått", "Avslått", "Refused"),
            "AVSLUTTET" => self.pick("Avsluttet", "Avslutta", "Ended"),
            "INGEN" => self.pick("Ingen", "Inga", "None"),
            "PLANLAGT" => self.pick("Planlagt", "Planlagd", "Planned"),
            "AKTIV" => self.pick("Aktiv", "Aktiv", "Active"),
            "KOORDINATOR" => self.pick("Koordinator", "Koordinator", "Coordinator"),
            "INDIVIDUELL_PLAN" => self.pick("Individuell plan", "Individuell plan", "Individual plan"),
            "REHABILITERING" => self.pick("Rehabilitering", "Rehabilitering", "Rehabilitation"),
            "HABILITERING" => self.pick("Habilitering", "Habilitering", "Habilitation"),
            "AVLASTNING" => self.pick("Avlastning", "Avlasting", "Respite care"),
            "BOLIG" => self.pick("Bolig", "Bustad", "Housing"),
            "PSYKISK_HELSE_RUS" => {
                self.pick("Psykisk helse og rus", "Psykisk helse og rus", "Mental health and addiction")
            }
            "ARBEID_AKTIVITET" => self.pick("Arbeid og aktivitet", "Arbeid og aktivitet", "Work and activity"),
            "SKOLE_BARNEHAGE" => self.pick("Skole og barnehage", "Skule og barnehage", "School and kindergarten"),
            "OVERTATT" => self.pick("Vi tar over saken", "Vi tek over saka", "We take the case over"),
            "FORELOPIG" => self.pick("Foreløpig svar", "Førebels svar", "Preliminary answer"),
            "UTFALL" => self.pick("Hva som ble gjort", "Kva som vart gjort", "What was done"),
            "TELEFON" => self.pick("Sagt på telefon", "Sagt på telefon", "Said by telephone"),
            "BESKJED" => self.pick("Beskjed", "Beskjed", "Message"),
            _ => return self.particular_code(code),
        })
    }
}
