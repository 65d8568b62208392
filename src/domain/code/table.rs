//! The table itself, in order of id. Columns: variant, label, id, severity, blame, retry, HTTP, ebXML, AppRec, family.

use crate::domain::code::codes;

codes! {
    // ── 1xx: peer and trust ───────────────────────────────────────────────────────────────────────────────────
    CertificateWithoutOrganisation "certificate_without_organisation" "MP-101" Error Sender AfterMending 403 SecurityFailure S02 -
    nb "Sertifikatet sier ikke hvilken virksomhet det gjelder."
    nn "Sertifikatet seier ikkje kva verksemd det gjeld."
    en "The certificate does not say which organisation it is for."
    mend nb "Bruk et virksomhetssertifikat (SEID 1 eller SEID 2) med organisasjonsnummer."
    nn "Bruk eit verksemdssertifikat (SEID 1 eller SEID 2) med organisasjonsnummer."
    en "Use an enterprise certificate (SEID 1 or SEID 2) that holds an organisation number."

    SenderNotRegistered "sender_not_registered" "MP-102" Error Sender Later 403 SecurityFailure - -
    nb "Virksomheten i sertifikatet er ikke registrert som avsender her."
    nn "Verksemda i sertifikatet er ikkje registrert som avsendar her."
    en "The organisation in the certificate is not registered as a sender here."
    mend nb "Ta kontakt med den som driver mottaket, og be om å bli registrert. Send så den samme meldingen igjen."
    nn "Ta kontakt med den som driv mottaket, og be om å bli registrert. Send så den same meldinga igjen."
    en "Contact those who run this gateway and ask to be registered. Then send the same message again."

    SenderHerIdNotRegistered "sender_her_id_not_registered" "MP-103" Error Sender AfterMending 403 SecurityFailure S02 -
    nb "Avsenderens HER-id i meldingen er ikke registrert for virksomheten i sertifikatet."
    nn "Avsendaren sin HER-id i meldinga er ikkje registrert for verksemda i sertifikatet."
    en "The sender's HER-id in the message is not registered for the organisation in the certificate."
    mend nb "Send med sertifikatet til den virksomheten som HER-iden hører til, eller be mottaket registrere HER-iden."
    nn "Send med sertifikatet til den verksemda som HER-iden høyrer til, eller be mottaket registrere HER-iden."
    en "Send with the certificate of the organisation that owns the HER-id, or ask the gateway to register the HER-id."

    SenderOrganisationDiffers "sender_organisation_differs" "MP-104" Error Sender AfterMending 403 SecurityFailure S02 -
    nb "Organisasjonsnummeret til avsenderen i meldingen er et annet enn det i sertifikatet."
    nn "Organisasjonsnummeret til avsendaren i meldinga er eit anna enn det i sertifikatet."
    en "The sender's organisation number in the message differs from the one in the certificate."
    mend nb "Rett avsenderen i meldingshodet, eller send med riktig sertifikat."
    nn "Rett avsendaren i meldingshovudet, eller send med rett sertifikat."
    en "Correct the sender in the message header, or send with the right certificate."

    SenderSubUnitNotRegistered "sender_sub_unit_not_registered" "MP-105" Error Sender Later 403 SecurityFailure - -
    nb "Underenheten i sertifikatet er ikke registrert for denne avsenderen."
    nn "Undereininga i sertifikatet er ikkje registrert for denne avsendaren."
    en "The sub-unit in the certificate is not registered for this sender."
    mend nb "Be mottaket registrere underenheten, eller send med et sertifikat som gjelder en registrert enhet."
    nn "Be mottaket registrere undereininga, eller send med eit sertifikat som gjeld ei registrert eining."
    en "Ask the gateway to register the sub-unit, or send with a certificate for a registered one."

    ReceiptNotYours "receipt_not_yours" "MP-106" Error Sender Needless 404 None - -
    nb "Det finnes ingen kvittering for denne meldingen fra deres virksomhet."
    nn "Det finst inga kvittering for denne meldinga frå verksemda dykkar."
    en "There is no receipt for this message from your organisation."
    mend nb "Kontroller meldings-iden. Kvitteringen kan bare hentes av virksomheten som sendte meldingen."
    nn "Kontroller meldings-id-en. Kvitteringa kan berre hentast av verksemda som sende meldinga."
    en "Check the message id. Only the organisation that sent the message can fetch its receipt."

    // ── 2xx: envelope ─────────────────────────────────────────────────────────────────────────────────────────
    BodyEmpty "body_empty" "MP-201" Error Sender AfterMending 400 OtherXml - -
    nb "Forsendelsen er tom."
    nn "Sendinga er tom."
    en "The request has no content."
    mend nb "Send meldingen som innhold i POST-forespørselen."
    nn "Send meldinga som innhald i POST-førespurnaden."
    en "Send the message as the body of the POST request."

    BodyTooLarge "body_too_large" "MP-202" Error Sender AfterMending 413 DeliveryFailure - -
    nb "Meldingen er større enn det mottaket tar imot."
    nn "Meldinga er større enn det mottaket tek imot."
    en "The message is larger than this gateway accepts."
    mend nb "Gjør vedleggene mindre eller send dem på annen måte."
    nn "Gjer vedlegga mindre eller send dei på annan måte."
    en "Make the attachments smaller, or send them another way."

    MediaTypeUnsupported "media_type_unsupported" "MP-203" Error Sender AfterMending 415 NotSupported - -
    nb "Innholdstypen er ikke XML."
    nn "Innhaldstypen er ikkje XML."
    en "The content type is not XML."
    mend nb "Send med Content-Type application/xml eller text/xml."
    nn "Send med Content-Type application/xml eller text/xml."
    en "Send with Content-Type application/xml or text/xml."

    EncodingUnsupported "encoding_unsupported" "MP-204" Error Sender AfterMending 400 OtherXml - -
    nb "Tegnsettet som meldingen oppgir, støttes ikke."
    nn "Teiknsettet som meldinga oppgir, er ikkje støtta."
    en "The encoding that the message declares is not supported."
    mend nb "Bruk UTF-8. UTF-16, ISO-8859-1 og windows-1252 forstås også."
    nn "Bruk UTF-8. UTF-16, ISO-8859-1 og windows-1252 er også støtta."
    en "Use UTF-8. UTF-16, ISO-8859-1 and windows-1252 are also understood."

    EncodingConflict "encoding_conflict" "MP-205" Error Sender AfterMending 400 OtherXml - -
    nb "Tegnsettet er oppgitt på to måter som ikke stemmer overens."
    nn "Teiknsettet er oppgitt på to måtar som ikkje stemmer overeins."
    en "The encoding is declared in two ways that disagree."
    mend nb "Oppgi det samme tegnsettet i Content-Type, i XML-deklarasjonen og i eventuell BOM."
    nn "Oppgi det same teiknsettet i Content-Type, i XML-deklarasjonen og i eventuell BOM."
    en "Declare the same encoding in Content-Type, in the XML declaration and in any byte order mark."

    EncodingMalformed "encoding_malformed" "MP-206" Error Sender AfterMending 400 OtherXml - -
    nb "Meldingen har tegn som ikke er gyldige i tegnsettet den oppgir."
    nn "Meldinga har teikn som ikkje er gyldige i teiknsettet ho oppgir."
    en "The message has bytes that are not valid in the encoding it declares."
    mend nb "Skriv meldingen i det tegnsettet som er oppgitt, helst UTF-8."
    nn "Skriv meldinga i det teiknsettet som er oppgitt, helst UTF-8."
    en "Write the message in the encoding it declares, preferably UTF-8."

    XmlMalformed "xml_malformed" "MP-207" Error Sender AfterMending 400 OtherXml T01 -
    nb "Meldingen er ikke velformet XML."
    nn "Meldinga er ikkje velforma XML."
    en "The message is not well-formed XML."
    mend nb "Rett feilen på stedet som er oppgitt. Meldingen er trolig kuttet eller satt sammen feil."
    nn "Rett feilen på staden som er oppgitt. Meldinga er truleg kutta eller sett saman feil."
    en "Correct the fault at the place given. The message has probably been cut off or put together wrongly."

    DoctypeRefused "doctype_refused" "MP-208" Error Sender AfterMending 400 NotSupported - -
    nb "Meldingen har en DOCTYPE. Det tas ikke imot, av hensyn til sikkerheten."
    nn "Meldinga har ein DOCTYPE. Det blir ikkje teke imot, av omsyn til tryggleiken."
    en "The message has a DOCTYPE. That is refused for security."
    mend nb "Fjern DOCTYPE og egendefinerte entiteter."
    nn "Fjern DOCTYPE og eigendefinerte entitetar."
    en "Remove the DOCTYPE and any entities of your own."

    XmlLimitExceeded "xml_limit_exceeded" "MP-209" Error Sender AfterMending 413 DeliveryFailure - -
    nb "Meldingen er bygd større eller dypere enn det mottaket tar imot."
    nn "Meldinga er bygd større eller djupare enn det mottaket tek imot."
    en "The message is built larger or deeper than this gateway accepts."
    mend nb "Kontroller at systemet ikke gjentar deler av meldingen."
    nn "Kontroller at systemet ikkje gjentek delar av meldinga."
    en "Check that your system does not repeat parts of the message."

    RootUnknown "root_unknown" "MP-210" Error Sender AfterMending 400 NotSupported T10 -
    nb "Dette er ikke en melding med meldingshode (MsgHead 1.2)."
    nn "Dette er ikkje ei melding med meldingshovud (MsgHead 1.2)."
    en "This is not a message with a message header (MsgHead 1.2)."
    mend nb "Pakk innholdet i et meldingshode etter HIS 80601."
    nn "Pakk innhaldet i eit meldingshovud etter HIS 80601."
    en "Wrap the content in a message header as HIS 80601 says."

    MessageIdMissing "message_id_missing" "MP-211" Error Sender AfterMending 400 Inconsistent E10 -
    nb "Meldingen mangler meldings-id."
    nn "Meldinga manglar meldings-id."
    en "The message has no message id."
    mend nb "Gi meldingen en ny, unik MsgId, helst en UUID."
    nn "Gi meldinga ein ny, unik MsgId, helst ein UUID."
    en "Give the message a new, unique MsgId, preferably a UUID."

    MessageIdTooLong "message_id_too_long" "MP-212" Error Sender AfterMending 400 Inconsistent E10 -
    nb "Meldings-iden er for lang."
    nn "Meldings-id-en er for lang."
    en "The message id is too long."
    mend nb "Bruk en MsgId på høyst 256 tegn, helst en UUID."
    nn "Bruk ein MsgId på høgst 256 teikn, helst ein UUID."
    en "Use a MsgId of at most 256 characters, preferably a UUID."

    MessageIdReused "message_id_reused" "MP-213" Error Sender AfterMending 409 Inconsistent E10 -
    nb "Vi har allerede fått en annen melding med den samme meldings-iden."
    nn "Vi har alt fått ei anna melding med den same meldings-id-en."
    en "We already have another message with the same message id."
    mend nb "Gi meldingen en ny MsgId. Den første meldingen og kvitteringen for den står ved lag."
    nn "Gi meldinga ein ny MsgId. Den første meldinga og kvitteringa for ho står ved lag."
    en "Give the message a new MsgId. The first message and its receipt stand."

    AnswerAddressMissing "answer_address_missing" "MP-214" Error Sender AfterMending 400 Inconsistent - -
    nb "Meldingen sier ikke hvem vi skal svare."
    nn "Meldinga seier ikkje kven vi skal svare."
    en "The message does not say whom to answer."
    mend nb "Oppgi avsenderen i MsgInfo/Sender med HER-id."
    nn "Oppgi avsendaren i MsgInfo/Sender med HER-id."
    en "Give the sender in MsgInfo/Sender with a HER-id."

    PatientReportUnsupported "patient_report_unsupported" "MP-215" Error Sender AfterMending 400 NotSupported T10 -
    nb "Meldingen er en innrapportering til et helseregister (PatientReport). Det tas ikke imot her."
    nn "Meldinga er ei innrapportering til eit helseregister (PatientReport). Det blir ikkje teke imot her."
    en "The message is a report to a health registry (PatientReport). That is not accepted here."
    mend nb "Send behovet som et dokument (Document) i meldingen."
    nn "Send behovet som eit dokument (Document) i meldinga."
    en "Send the need as a Document in the message."

    ContentMissing "content_missing" "MP-216" Error Sender AfterMending 400 NotSupported T10 -
    nb "Meldingen har ikke noe hoveddokument som mottaket kjenner."
    nn "Meldinga har ikkje noko hovuddokument som mottaket kjenner."
    en "The message has no main document that this gateway knows."
    mend nb "Legg behovsmeldingen i Document/RefDoc/Content."
    nn "Legg behovsmeldinga i Document/RefDoc/Content."
    en "Put the behovsmelding in Document/RefDoc/Content."

    FindingsLeftOut "findings_left_out" "MP-217" Info Sender AfterMending 400 None X99 -
    nb "Det er flere feil enn det er plass til å vise."
    nn "Det er fleire feil enn det er plass til å vise."
    en "There are more findings than there is room to show."
    mend nb "Rett feilene som vises, og prøv igjen."
    nn "Rett feila som er viste, og prøv igjen."
    en "Mend those that are shown, and try again."

    // ── 3xx: schema ───────────────────────────────────────────────────────────────────────────────────────────
    SchemaElementUnexpected "schema_element_unexpected" "MP-301" Error Sender AfterMending 400 None T02 Schema
    nb "Her står noe som ikke hører hjemme på dette stedet."
    nn "Her står noko som ikkje høyrer heime på denne staden."
    en "Something stands here that does not belong in this place."
    mend nb "Fjern feltet, eller flytt det dit det hører hjemme."
    nn "Fjern feltet, eller flytt det dit det høyrer heime."
    en "Remove the field, or move it to where it belongs."

    SchemaElementMisplaced "schema_element_misplaced" "MP-302" Error Sender AfterMending 400 None T02 Schema
    nb "Feltet står i feil rekkefølge."
    nn "Feltet står i feil rekkjefølgje."
    en "The field stands in the wrong order."
    mend nb "Sett feltene i den rekkefølgen som standarden sier."
    nn "Set felta i den rekkjefølgja som standarden seier."
    en "Put the fields in the order that the standard says."

    SchemaElementMissing "schema_element_missing" "MP-303" Error Sender AfterMending 400 None T02 Schema
    nb "Et felt som må være med, mangler."
    nn "Eit felt som må vere med, manglar."
    en "A required field is missing."
    mend nb "Fyll ut feltet og send meldingen på nytt med ny id."
    nn "Fyll ut feltet og send meldinga på nytt med ny id."
    en "Fill in the field and send the message again with a new id."

    SchemaElementRepeated "schema_element_repeated" "MP-304" Error Sender AfterMending 400 None T02 Schema
    nb "Feltet er gjentatt flere ganger enn det som er lov."
    nn "Feltet er gjenteke fleire gonger enn det som er lov."
    en "The field is repeated more often than allowed."
    mend nb "Behold bare så mange som standarden tillater."
    nn "Behald berre så mange som standarden tillèt."
    en "Keep only as many as the standard allows."

    SchemaAttributeMissing "schema_attribute_missing" "MP-305" Error Sender AfterMending 400 None T02 Schema
    nb "Feltet mangler en opplysning som må være med."
    nn "Feltet manglar ei opplysning som må vere med."
    en "The field lacks an attribute that is required."
    mend nb "Legg til opplysningen."
    nn "Legg til opplysninga."
    en "Add the attribute."

    SchemaAttributeUnexpected "schema_attribute_unexpected" "MP-306" Error Sender AfterMending 400 None T02 Schema
    nb "Feltet har en tilleggsopplysning som standarden ikke kjenner."
    nn "Feltet har ei tilleggsopplysning som standarden ikkje kjenner."
    en "The field has an attribute that the standard does not know."
    mend nb "Fjern opplysningen, eller rett skrivefeilen i navnet."
    nn "Fjern opplysninga, eller rett skrivefeilen i namnet."
    en "Remove the attribute, or correct the spelling of its name."

    SchemaValueInvalid "schema_value_invalid" "MP-307" Error Sender AfterMending 400 None T02 Schema
    nb "Verdien er ikke skrevet slik den skal."
    nn "Verdien er ikkje skriven slik han skal."
    en "The value is not written the way it should be."
    mend nb "Skriv verdien på den måten som er oppgitt."
    nn "Skriv verdien på den måten som er oppgitt."
    en "Write the value in the way given."

    SchemaValueNotInList "schema_value_not_in_list" "MP-308" Error Sender AfterMending 400 None T02 Schema
    nb "Verdien er ikke blant dem som er lov."
    nn "Verdien er ikkje blant dei som er lov."
    en "The value is not among those allowed."
    mend nb "Velg en av verdiene i listen."
    nn "Vel ein av verdiane i lista."
    en "Choose one of the values in the list."

    SchemaTextUnexpected "schema_text_unexpected" "MP-309" Error Sender AfterMending 400 None T02 Schema
    nb "Her står det tekst der det bare kan stå felt."
    nn "Her står det tekst der det berre kan stå felt."
    en "There is text where only fields may stand."
    mend nb "Flytt teksten inn i riktig felt."
    nn "Flytt teksten inn i rett felt."
    en "Move the text into the right field."

    SchemaContentUnknown "schema_content_unknown" "MP-310" Error Sender AfterMending 400 None T10 Schema
    nb "Meldingen har et innhold som mottaket ikke kjenner."
    nn "Meldinga har eit innhald som mottaket ikkje kjenner."
    en "The message has content that this gateway does not know."
    mend nb "Bruk en av meldingstypene som er listet i veiledningen."
    nn "Bruk ein av meldingstypane som er lista i rettleiinga."
    en "Use one of the message types listed in the guide."

    SchemaIdRepeated "schema_id_repeated" "MP-311" Error Sender AfterMending 400 None T02 Schema
    nb "Den samme interne iden er brukt to ganger i meldingen."
    nn "Den same interne id-en er brukt to gonger i meldinga."
    en "The same internal id is used twice in the message."
    mend nb "Gi hver id en egen verdi."
    nn "Gi kvar id ein eigen verdi."
    en "Give each id its own value."

    // ── 4xx: business rules and routing ───────────────────────────────────────────────────────────────────────
    MessageTypeUnsupported "message_type_unsupported" "MP-401" Error Sender AfterMending 400 None T10 -
    nb "Meldingstypen tas ikke imot her."
    nn "Meldingstypen blir ikkje teken imot her."
    en "This message type is not accepted here."
    mend nb "Bruk meldingstypen BEHOVSMELDING."
    nn "Bruk meldingstypen BEHOVSMELDING."
    en "Use the message type BEHOVSMELDING."

    ReceiverUnknown "receiver_unknown" "MP-480" Error Sender AfterMending 400 None E21 -
    nb "Mottakeren i meldingen finnes ikke her."
    nn "Mottakaren i meldinga finst ikkje her."
    en "The receiver in the message is not here."
    mend nb "Slå opp riktig HER-id for kommunens koordinerende enhet i Adresseregisteret."
    nn "Slå opp rett HER-id for den koordinerande eininga til kommunen i Adresseregisteret."
    en "Look up the right HER-id of the municipality's coordinating unit in the Address Registry."

    MunicipalityWithoutUnit "municipality_without_unit" "MP-481" Error Sender AfterMending 400 None E21 -
    nb "Kommunen har ingen enhet som kan ta imot meldingen her."
    nn "Kommunen har inga eining som kan ta imot meldinga her."
    en "The municipality has no unit here that can receive the message."
    mend nb "Meld fra til kommunen på annen måte, for eksempel per telefon, og gjør det nå: meldingen er ikke levert."
    nn "Meld frå til kommunen på annan måte, til dømes per telefon, og gjer det no: meldinga er ikkje levert."
    en "Tell the municipality another way, for example by telephone, and do it now: the message is not delivered."

    ReceiverOfAnother "receiver_of_another" "MP-482" Error Sender AfterMending 400 None E21 -
    nb "Mottakeren i meldingshodet hører ikke til kommunen eller helseforetaket som behovet meldes til."
    nn "Mottakaren i meldingshovudet høyrer ikkje til kommunen eller helseføretaket som behovet blir meldt til."
    en "The receiver in the message header does not belong to the municipality or hospital trust that the need is reported to."
    mend nb "Rett HER-iden i MsgInfo/Receiver, eller rett Mottaker/Kommunenr, slik at de gjelder den samme."
    nn "Rett HER-id-en i MsgInfo/Receiver, eller rett Mottaker/Kommunenr, slik at dei gjeld den same."
    en "Correct the HER-id in MsgInfo/Receiver, or Mottaker/Kommunenr, so that both name the same."

    HospitalTrustWithoutUnit "hospital_trust_without_unit" "MP-483" Error Sender AfterMending 400 None E21 -
    nb "Helseforetaket har ingen koordinerende enhet som kan ta imot meldingen her."
    nn "Helseføretaket har inga koordinerande eining som kan ta imot meldinga her."
    en "The hospital trust has no coordinating unit here that can receive the message."
    mend nb "Kontroller Mottaker/Orgnr, eller send meldingen til pasientens kommune med nivå KOMMUNE."
    nn "Kontroller Mottaker/Orgnr, eller send meldinga til kommunen til pasienten med nivå KOMMUNE."
    en "Check Mottaker/Orgnr, or send the message to the patient's municipality with level KOMMUNE."

    // ── 5xx: delivery out ─────────────────────────────────────────────────────────────────────────────────────
    NoticeNotDelivered "notice_not_delivered" "MP-501" Error Downstream Needless 502 None - -
    nb "Enheten kunne ikke varsles."
    nn "Eininga kunne ikkje varslast."
    en "The unit could not be notified."
    mend nb "Kontroller e-postadressen eller webhooken til enheten, og be om nytt forsøk."
    nn "Kontroller e-postadressa eller webhooken til eininga, og be om nytt forsøk."
    en "Check the unit's e-mail address or webhook, and requeue the notice."

    // ── 9xx: our own house ────────────────────────────────────────────────────────────────────────────────────
    StoreUnavailable "store_unavailable" "MP-901" Error Gateway Later 503 DeliveryFailure - -
    nb "Mottaket kan ikke lagre meldingen akkurat nå."
    nn "Mottaket kan ikkje lagre meldinga akkurat no."
    en "The gateway cannot store the message right now."
    mend nb "Send den samme meldingen igjen om litt. Den er ikke mottatt."
    nn "Send den same meldinga igjen om litt. Ho er ikkje motteken."
    en "Send the same message again in a while. It has not been received."

    Overloaded "overloaded" "MP-902" Error Gateway Later 503 DeliveryFailure - -
    nb "Mottaket har mer å gjøre enn det rekker akkurat nå."
    nn "Mottaket har meir å gjere enn det rekk akkurat no."
    en "The gateway has more to do than it can manage right now."
    mend nb "Send den samme meldingen igjen om litt. Den er ikke mottatt."
    nn "Send den same meldinga igjen om litt. Ho er ikkje motteken."
    en "Send the same message again in a while. It has not been received."

    JudgingFailed "judging_failed" "MP-903" Error Gateway Needless 202 Unknown - -
    nb "Meldingen er mottatt og lagret, men en feil hos oss gjør at den må behandles av en person først."
    nn "Meldinga er motteken og lagra, men ein feil hos oss gjer at ho må handterast av ein person først."
    en "The message is received and stored, but a fault of ours means that a person must look at it first."
    mend nb "Ikke send på nytt. Kvitteringen kommer når feilen er rettet."
    nn "Ikkje send på nytt. Kvitteringa kjem når feilen er retta."
    en "Do not send it again. The receipt comes when the fault is mended."

    ShuttingDown "shutting_down" "MP-904" Error Gateway Later 503 DeliveryFailure - -
    nb "Mottaket stanser eller starter på nytt."
    nn "Mottaket stansar eller startar på nytt."
    en "The gateway is stopping or starting again."
    mend nb "Send den samme meldingen igjen om litt. Den er ikke mottatt."
    nn "Send den same meldinga igjen om litt. Ho er ikkje motteken."
    en "Send the same message again in a while. It has not been received."

    RouteUnknown "route_unknown" "MP-905" Error Sender Needless 404 None - -
    nb "Adressen finnes ikke på denne tjenesten."
    nn "Adressa finst ikkje på denne tenesta."
    en "This address is not part of the service."
    mend nb "Send meldinger med POST til /messages."
    nn "Send meldingar med POST til /messages."
    en "Send messages with POST to /messages."
}
