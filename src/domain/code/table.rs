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

    CertificateNoLongerTrusted "certificate_no_longer_trusted" "MP-107" Error Sender Later 403 SecurityFailure S03 -
    nb "Sertifikatet er ikke lenger gyldig her: det er utløpt eller trukket tilbake etter at forbindelsen ble opprettet."
    nn "Sertifikatet er ikkje lenger gyldig her: det er gått ut eller trekt tilbake etter at sambandet vart oppretta."
    en "The certificate is no longer trusted here: it has ended or been revoked since the connection was made."
    mend nb "Koble til på nytt med et gyldig virksomhetssertifikat, og send så den samme meldingen igjen."
    nn "Kople til på nytt med eit gyldig verksemdssertifikat, og send så den same meldinga igjen."
    en "Connect again with a valid enterprise certificate. Then send the same message again."

    // ── 2xx: envelope ─────────────────────────────────────────────────────────────────────────────────────────
    BodyEmpty "body_empty" "MP-201" Error Sender AfterMending 400 OtherXml - -
    nb "Forsendelsen er tom."
    nn "Sendinga er tom."
    en "The request has no content."
    mend nb "Legg meldingen i forsendelsen, og send på nytt."
    nn "Legg meldinga i sendinga, og send på nytt."
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
    mend nb "Oppgi det samme tegnsettet overalt: i Content-Type, i den første linjen i meldingen og i merket foran den, hvis den har et."
    nn "Oppgi det same teiknsettet overalt: i Content-Type, i den første linja i meldinga og i merket framfor henne, om ho har eitt."
    en "Declare the same encoding in Content-Type, in the XML declaration and in any byte order mark."

    EncodingMalformed "encoding_malformed" "MP-206" Error Sender AfterMending 400 OtherXml - -
    nb "Meldingen har tegn som ikke er gyldige i tegnsettet den oppgir."
    nn "Meldinga har teikn som ikkje er gyldige i teiknsettet ho oppgir."
    en "The message has bytes that are not valid in the encoding it declares."
    mend nb "Skriv meldingen i det tegnsettet som er oppgitt, helst UTF-8."
    nn "Skriv meldinga i det teiknsettet som er oppgitt, helst UTF-8."
    en "Write the message in the encoding it declares, preferably UTF-8."

    XmlMalformed "xml_malformed" "MP-207" Error Sender AfterMending 400 OtherXml T01 -
    nb "Meldingen kan ikke leses: den er ikke skrevet etter reglene for XML."
    nn "Meldinga kan ikkje lesast: ho er ikkje skriven etter reglane for XML."
    en "The message cannot be read: it does not keep the rules of XML."
    mend nb "Rett feilen på stedet som er oppgitt. Meldingen er trolig kuttet eller satt sammen feil."
    nn "Rett feilen på staden som er oppgitt. Meldinga er truleg kutta eller sett saman feil."
    en "Correct the fault at the place given. The message has probably been cut off or put together wrongly."

    DoctypeRefused "doctype_refused" "MP-208" Error Sender AfterMending 400 NotSupported - -
    nb "Meldingen har en DOCTYPE. Det tas ikke imot, av hensyn til sikkerheten."
    nn "Meldinga har ein DOCTYPE. Det blir ikkje teke imot, av omsyn til tryggleiken."
    en "The message has a DOCTYPE. That is refused for security."
    mend nb "Fjern DOCTYPE og alt som er definert i den."
    nn "Fjern DOCTYPE og alt som er definert i han."
    en "Remove the DOCTYPE and all that is defined in it."

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
    nb "Meldingen har ikke noe hoveddokument av det slaget som meldingstypen sier."
    nn "Meldinga har ikkje noko hovuddokument av det slaget som meldingstypen seier."
    en "The message has no main document of the kind that its type says."
    mend nb "Legg hoveddokumentet i Document/RefDoc/Content, eller rett meldingstypen."
    nn "Legg hovuddokumentet i Document/RefDoc/Content, eller rett meldingstypen."
    en "Put the main document in Document/RefDoc/Content, or correct the message type."

    FindingsLeftOut "findings_left_out" "MP-217" Info Sender AfterMending 400 None X99 -
    nb "Det er flere feil enn det er plass til å vise."
    nn "Det er fleire feil enn det er plass til å vise."
    en "There are more findings than there is room to show."
    mend nb "Rett feilene som vises, og prøv igjen."
    nn "Rett feila som er viste, og prøv igjen."
    en "Mend those that are shown, and try again."

    BodyIncomplete "body_incomplete" "MP-218" Error Sender Later 408 DeliveryFailure - -
    nb "Meldingen kom ikke fram hel i tide."
    nn "Meldinga kom ikkje fram heil i tide."
    en "The message did not arrive whole in time."
    mend nb "Send den samme meldingen igjen. Den er ikke mottatt. Kontroller linjen dersom det gjentar seg."
    nn "Send den same meldinga igjen. Ho er ikkje motteken. Kontroller linja dersom det tek seg opp att."
    en "Send the same message again. It has not been received. Check the line if this happens again."

    ContentEncodingFaulty "content_encoding_faulty" "MP-219" Error Sender AfterMending 400 OtherXml - -
    nb "Det komprimerte innholdet kan ikke pakkes ut."
    nn "Det komprimerte innhaldet kan ikkje pakkast ut."
    en "The compressed content cannot be decompressed."
    mend nb "Send meldingen ukomprimert, eller med Content-Encoding gzip og innhold som faktisk er gzip."
    nn "Send meldinga ukomprimert, eller med Content-Encoding gzip og innhald som faktisk er gzip."
    en "Send the message uncompressed, or with Content-Encoding gzip and content that is gzip indeed."

    SecondReport "second_report" "MP-220" Error Sender AfterMending 400 None T10 -
    nb "Meldingen har mer enn ett hoveddokument av samme slag."
    nn "Meldinga har meir enn eitt hovuddokument av same slag."
    en "The message holds more than one main document of the same kind."
    mend nb "Send én melding for hver person. Søsken knyttes sammen med FamilieLenke."
    nn "Send éi melding for kvar person. Sysken blir knytte saman med FamilieLenke."
    en "Send one message for each person. Siblings are tied together with FamilieLenke."

    ActiveContentLeftOut "active_content_left_out" "MP-221" Warning Sender Needless 200 None X99 -
    nb "Teksten hadde skript, stilark, bilder utenfra eller annet aktivt innhold. Det vises ikke. All annen tekst vises."
    nn "Teksten hadde skript, stilark, bilete utanfrå eller anna aktivt innhald. Det blir ikkje vist. All annan tekst blir vist."
    en "The text held scripts, style sheets, outside pictures or other active content. It is not shown. All other text is."
    mend nb "Send bare tekst med de overskriftene, listene og tabellene som standarden for dialogmelding tillater. Legg bilder ved."
    nn "Send berre tekst med dei overskriftene, listene og tabellane som standarden for dialogmelding tillèt. Legg bilete ved."
    en "Send only text with the headings, lists and tables that the standard for dialogue messages allows. Attach pictures."

    MessageTypeMissing "message_type_missing" "MP-230" Error Sender AfterMending 400 None T10 Header
    nb "Meldingen sier ikke hva slags melding den er."
    nn "Meldinga seier ikkje kva slags melding ho er."
    en "The message does not say what kind of message it is."
    mend nb "Skriv BEHOVSMELDING i MsgInfo/Type."
    nn "Skriv BEHOVSMELDING i MsgInfo/Type."
    en "Write BEHOVSMELDING in MsgInfo/Type."

    HeaderVersionWrong "header_version_wrong" "MP-231" Error Sender AfterMending 400 None T10 Header
    nb "Meldingshodet har en annen versjon enn den mottaket forstår."
    nn "Meldingshovudet har ein annan versjon enn den mottaket forstår."
    en "The message header has another version than the one this gateway understands."
    mend nb "Bruk versjon 1.2 av meldingshodet, og skriv «v1.2 2006-05-24» i MIGversion."
    nn "Bruk versjon 1.2 av meldingshovudet, og skriv «v1.2 2006-05-24» i MIGversion."
    en "Use version 1.2 of the message header, and write «v1.2 2006-05-24» in MIGversion."

    GeneratedInFuture "generated_in_future" "MP-232" Error Sender AfterMending 400 None T99 Header
    nb "Meldingen er datert fram i tid."
    nn "Meldinga er datert fram i tid."
    en "The message is dated in the future."
    mend nb "Kontroller klokken og tidssonen på maskinen som lager meldingen."
    nn "Kontroller klokka og tidssona på maskina som lagar meldinga."
    en "Check the clock and the time zone of the computer that makes the message."

    GeneratedLongAgo "generated_long_ago" "MP-233" Warning Sender Needless 200 None T99 Header
    nb "Meldingen er gammel: det er lenge siden den ble laget."
    nn "Meldinga er gammal: det er lenge sidan ho vart laga."
    en "The message is old: it was made long ago."
    mend nb "Kontroller at opplysningene fortsatt stemmer, og at meldinger ikke blir liggende hos dere."
    nn "Kontroller at opplysningane framleis stemmer, og at meldingar ikkje blir liggjande hos dykk."
    en "Check that what it says is still right, and that messages do not wait in your system."

    MessageNotInEarnest "message_not_in_earnest" "MP-234" Error Sender AfterMending 400 None X99 -
    nb "Meldingen er merket som opplæring eller test, og tas ikke imot her."
    nn "Meldinga er merkt som opplæring eller test, og blir ikkje teken imot her."
    en "The message is marked as training or test, and is not accepted here."
    mend nb "Send øvelsesmeldinger til testmottaket. Gjelder meldingen en virkelig person, så fjern merket i ProcessingStatus."
    nn "Send øvingsmeldingar til testmottaket. Gjeld meldinga ein verkeleg person, så fjern merket i ProcessingStatus."
    en "Send practice messages to the test gateway. If it concerns a real person, remove the mark in ProcessingStatus."

    ProcessingStatusUnknown "processing_status_unknown" "MP-235" Warning Sender Needless 200 None X99 Header
    nb "Meldingen er merket med en status som mottaket ikke kjenner. Den er behandlet som en vanlig melding."
    nn "Meldinga er merkt med ein status som mottaket ikkje kjenner. Ho er behandla som ei vanleg melding."
    en "The message is marked with a status that this gateway does not know. It was treated as an ordinary message."
    mend nb "Bruk P, T eller D i ProcessingStatus, eller utelat feltet."
    nn "Bruk P, T eller D i ProcessingStatus, eller utelat feltet."
    en "Use P, T or D in ProcessingStatus, or leave the field out."

    AckWishUnknown "ack_wish_unknown" "MP-236" Warning Sender Needless 200 None X99 Header
    nb "Ønsket om kvittering har en kode som mottaket ikke kjenner. Kvittering sendes uansett."
    nn "Ønsket om kvittering har ein kode som mottaket ikkje kjenner. Kvittering blir send uansett."
    en "The wish for a receipt has a code that this gateway does not know. A receipt is sent all the same."
    mend nb "Bruk J, N eller F i Ack, eller utelat feltet."
    nn "Bruk J, N eller F i Ack, eller utelat feltet."
    en "Use J, N or F in Ack, or leave the field out."

    ConversationReferenceEmpty "conversation_reference_empty" "MP-237" Warning Sender Needless 200 None X99 Header
    nb "Meldingen skal vise til en tidligere melding, men sier ikke hvilken."
    nn "Meldinga skal vise til ei tidlegare melding, men seier ikkje kva for ei."
    en "The message means to refer to an earlier message, but does not say which."
    mend nb "Fyll ut begge feltene i ConversationRef, eller utelat ConversationRef i den første meldingen."
    nn "Fyll ut begge felta i ConversationRef, eller utelat ConversationRef i den første meldinga."
    en "Fill in both fields of ConversationRef, or leave ConversationRef out of a first message."

    ConversationReferenceToItself "conversation_reference_to_itself" "MP-238" Warning Sender Needless 200 None X99 Header
    nb "Meldingen viser til seg selv som den tidligere meldingen."
    nn "Meldinga viser til seg sjølv som den tidlegare meldinga."
    en "The message refers to itself as the earlier message."
    mend nb "Utelat ConversationRef i den første meldingen. I et svar skal RefToParent være iden til meldingen det svares på."
    nn "Utelat ConversationRef i den første meldinga. I eit svar skal RefToParent vere id-en til meldinga det blir svart på."
    en "Leave ConversationRef out of a first message. In an answer, RefToParent is the id of the message answered."

    HeadPatientEmpty "head_patient_empty" "MP-239" Error Sender AfterMending 400 None E36 Header
    nb "Meldingshodet nevner en pasient, men har verken navn eller id."
    nn "Meldingshovudet nemner ein pasient, men har verken namn eller id."
    en "The message header mentions a patient, but gives neither a name nor an id."
    mend nb "Oppgi navnet eller iden til pasienten i meldingshodet."
    nn "Oppgi namnet eller id-en til pasienten i meldingshovudet."
    en "Give the name or the id of the patient in the message header."

    HeadPatientMissing "head_patient_missing" "MP-240" Warning Sender Needless 200 None E36 Header
    nb "Pasienten står i selve meldingen, men ikke i meldingshodet."
    nn "Pasienten står i sjølve meldinga, men ikkje i meldingshovudet."
    en "The patient is named in the report itself, but not in the message header."
    mend nb "Oppgi pasienten i meldingshodet også, slik at systemene på veien kan kjenne igjen meldingen."
    nn "Oppgi pasienten i meldingshovudet òg, slik at systema på vegen kan kjenne att meldinga."
    en "Name the patient in the message header too, so that the systems on the way can recognise the message."

    PatientIdsDiffer "patient_ids_differ" "MP-241" Error Sender AfterMending 400 None E31 -
    nb "Pasienten i meldingshodet har en annen id enn personen i meldingen."
    nn "Pasienten i meldingshovudet har ein annan id enn personen i meldinga."
    en "The patient in the message header has another id than the person in the report."
    mend nb "Finn ut hvem meldingen gjelder, og skriv den samme iden begge steder."
    nn "Finn ut kven meldinga gjeld, og skriv den same id-en begge stader."
    en "Find out whom the report is about, and write the same id in both places."

    PatientBirthDatesDiffer "patient_birth_dates_differ" "MP-242" Error Sender AfterMending 400 None E36 Header
    nb "Fødselsdatoen i meldingshodet er en annen enn fødselsdatoen i meldingen."
    nn "Fødselsdatoen i meldingshovudet er ein annan enn fødselsdatoen i meldinga."
    en "The date of birth in the message header differs from the one in the report."
    mend nb "Finn ut hvilken dato som er riktig, og skriv den begge steder."
    nn "Finn ut kva dato som er rett, og skriv han begge stader."
    en "Find out which date is right, and write it in both places."

    SenderEmpty "sender_empty" "MP-243" Error Sender AfterMending 400 None X99 Addressing
    nb "Avsenderen i meldingshodet er tom."
    nn "Avsendaren i meldingshovudet er tom."
    en "The sender in the message header is empty."
    mend nb "Oppgi virksomheten og enheten som sender, begge med navn og HER-id."
    nn "Oppgi verksemda og eininga som sender, begge med namn og HER-id."
    en "Give the organisation and the unit that sends, both with a name and a HER-id."

    ReceiverEmpty "receiver_empty" "MP-244" Error Sender AfterMending 400 None E21 Addressing
    nb "Mottakeren i meldingshodet er tom."
    nn "Mottakaren i meldingshovudet er tom."
    en "The receiver in the message header is empty."
    mend nb "Oppgi kommunen og den koordinerende enheten, begge med navn og HER-id."
    nn "Oppgi kommunen og den koordinerande eininga, begge med namn og HER-id."
    en "Give the municipality and its coordinating unit, both with a name and a HER-id."

    SenderHerIdMissing "sender_her_id_missing" "MP-245" Error Sender AfterMending 400 None X99 Addressing
    nb "Avsenderen mangler HER-id."
    nn "Avsendaren manglar HER-id."
    en "The sender has no HER-id."
    mend nb "Oppgi HER-id både for virksomheten og for enheten som sender."
    nn "Oppgi HER-id både for verksemda og for eininga som sender."
    en "Give a HER-id both for the organisation and for the unit that sends."

    SenderHerIdMalformed "sender_her_id_malformed" "MP-246" Error Sender AfterMending 400 None X99 Addressing
    nb "HER-iden til avsenderen er ikke et helt tall."
    nn "HER-id-en til avsendaren er ikkje eit heilt tal."
    en "The sender's HER-id is not a whole number."
    mend nb "Slå opp HER-iden i Adresseregisteret, og skriv bare sifrene."
    nn "Slå opp HER-id-en i Adresseregisteret, og skriv berre siffera."
    en "Look up the HER-id in the Address Registry, and write its digits only."

    ReceiverHerIdMissing "receiver_her_id_missing" "MP-247" Error Sender AfterMending 400 None E21 Addressing
    nb "Mottakeren mangler HER-id."
    nn "Mottakaren manglar HER-id."
    en "The receiver has no HER-id."
    mend nb "Oppgi HER-id både for kommunen og for den koordinerende enheten."
    nn "Oppgi HER-id både for kommunen og for den koordinerande eininga."
    en "Give a HER-id both for the municipality and for its coordinating unit."

    ReceiverHerIdMalformed "receiver_her_id_malformed" "MP-248" Error Sender AfterMending 400 None E21 Addressing
    nb "HER-iden til mottakeren er ikke et helt tall."
    nn "HER-id-en til mottakaren er ikkje eit heilt tal."
    en "The receiver's HER-id is not a whole number."
    mend nb "Slå opp HER-iden i Adresseregisteret, og skriv bare sifrene."
    nn "Slå opp HER-id-en i Adresseregisteret, og skriv berre siffera."
    en "Look up the HER-id in the Address Registry, and write its digits only."

    PartyOneLevel "party_one_level" "MP-249" Error Sender AfterMending 400 None X99 Addressing
    nb "Adressen nevner bare virksomheten, ikke hvilken enhet i den."
    nn "Adressa nemner berre verksemda, ikkje kva eining i verksemda."
    en "The address names the organisation only, not the unit within it."
    mend nb "Oppgi to nivåer: virksomheten og enheten, slik tjenestebasert adressering sier (HIS 1153)."
    nn "Oppgi to nivå: verksemda og eininga, slik tenestebasert adressering seier (HIS 1153)."
    en "Give two levels, the organisation and the unit, as service-based addressing says (HIS 1153)."

    PartyTooManyLevels "party_too_many_levels" "MP-250" Warning Sender Needless 200 None X99 Addressing
    nb "Adressen har flere enn to nivåer. Det innerste er brukt."
    nn "Adressa har fleire enn to nivå. Det inste er brukt."
    en "The address has more than two levels. The innermost was used."
    mend nb "Oppgi to nivåer: virksomheten og enheten, slik tjenestebasert adressering sier (HIS 1153)."
    nn "Oppgi to nivå: verksemda og eininga, slik tenestebasert adressering seier (HIS 1153)."
    en "Give two levels, the organisation and the unit, as service-based addressing says (HIS 1153)."

    OrganisationNumberMalformed "organisation_number_malformed" "MP-251" Warning Sender Needless 200 None X99 Registers
    nb "Et organisasjonsnummer i meldingshodet har ikke ni sifre."
    nn "Eit organisasjonsnummer i meldingshovudet har ikkje ni siffer."
    en "An organisation number in the message header does not have nine digits."
    mend nb "Slå opp nummeret i Enhetsregisteret, og skriv de ni sifrene."
    nn "Slå opp nummeret i Einingsregisteret, og skriv dei ni siffera."
    en "Look up the number in the Central Coordinating Register, and write its nine digits."

    AttachmentsTooMany "attachments_too_many" "MP-260" Error Sender AfterMending 400 None X99 Attachments
    nb "Meldingen har flere vedlegg enn det er lov å sende."
    nn "Meldinga har fleire vedlegg enn det er lov å sende."
    en "The message has more attachments than may be sent."
    mend nb "Send bare vedlegg som trengs for å komme i gang, eller slå dem sammen."
    nn "Send berre vedlegg som trengst for å kome i gang, eller slå dei saman."
    en "Send only the attachments that are needed to begin, or join them together."

    AttachmentTooLarge "attachment_too_large" "MP-261" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedlegget er for stort."
    nn "Vedlegget er for stort."
    en "The attachment is too large."
    mend nb "Gjør filen mindre, for eksempel ved å skanne med lavere oppløsning, eller avtal en annen måte med kommunen."
    nn "Gjer fila mindre, til dømes ved å skanne med lågare oppløysing, eller avtal ein annan måte med kommunen."
    en "Make the file smaller, for example by scanning at a lower resolution, or agree on another way with the municipality."

    AttachmentTypeNotAllowed "attachment_type_not_allowed" "MP-262" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedlegget er av en filtype som ikke tas imot."
    nn "Vedlegget er av ein filtype som ikkje blir teken imot."
    en "The attachment is of a file type that is not accepted."
    mend nb "Lagre vedlegget som PDF, PNG, JPEG, TIFF eller ren tekst, og send meldingen på nytt."
    nn "Lagre vedlegget som PDF, PNG, JPEG, TIFF eller rein tekst, og send meldinga på nytt."
    en "Save the attachment as PDF, PNG, JPEG, TIFF or plain text, and send the message again."

    AttachmentTypeDiffers "attachment_type_differs" "MP-263" Warning Sender Needless 200 None X99 Attachments
    nb "Vedlegget er av en annen filtype enn det meldingen sier."
    nn "Vedlegget er av ein annan filtype enn det meldinga seier."
    en "The attachment is of another file type than the message says."
    mend nb "Rett filtypen i RefDoc/MimeType, slik at vedlegget lar seg åpne overalt."
    nn "Rett filtypen i RefDoc/MimeType, slik at vedlegget lèt seg opne overalt."
    en "Correct the file type in RefDoc/MimeType, so that the attachment can be opened everywhere."

    AttachmentUndecodable "attachment_undecodable" "MP-264" Error Sender AfterMending 400 None T02 Attachments
    nb "Innholdet i vedlegget er ødelagt og kan ikke leses."
    nn "Innhaldet i vedlegget er øydelagt og kan ikkje lesast."
    en "The content of the attachment is damaged and cannot be read."
    mend nb "Legg ved filen på nytt. Innholdet skal være kodet som base64."
    nn "Legg ved fila på nytt. Innhaldet skal vere koda som base64."
    en "Attach the file again. Its content must be encoded as base64."

    AttachmentElsewhere "attachment_elsewhere" "MP-265" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedlegget ligger et annet sted enn i meldingen. Mottaket henter aldri filer andre steder fra."
    nn "Vedlegget ligg ein annan stad enn i meldinga. Mottaket hentar aldri filer andre stader frå."
    en "The attachment is kept somewhere else than in the message. This gateway never fetches files from elsewhere."
    mend nb "Legg selve filen i meldingen, i Content, og fjern FileReference."
    nn "Legg sjølve fila i meldinga, i Content, og fjern FileReference."
    en "Put the file itself in the message, in Content, and remove FileReference."

    AttachmentEmpty "attachment_empty" "MP-266" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedlegget er tomt."
    nn "Vedlegget er tomt."
    en "The attachment is empty."
    mend nb "Legg ved filen på nytt, eller fjern vedlegget."
    nn "Legg ved fila på nytt, eller fjern vedlegget."
    en "Attach the file again, or remove the attachment."

    AttachmentCompressed "attachment_compressed" "MP-267" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedlegget er pakket sammen på en måte som ikke kan pakkes ut her."
    nn "Vedlegget er pakka saman på ein måte som ikkje kan pakkast ut her."
    en "The attachment is compressed in a way that cannot be unpacked here."
    mend nb "Legg ved filen slik den er, eller pakk den med gzip (GZ) eller deflate (DF)."
    nn "Legg ved fila slik ho er, eller pakk ho med gzip (GZ) eller deflate (DF)."
    en "Attach the file as it is, or compress it with gzip (GZ) or deflate (DF)."

    AttachmentReferenceToNothing "attachment_reference_to_nothing" "MP-268" Error Sender AfterMending 400 None X99 Attachments
    nb "Meldingen viser til et vedlegg som ikke er med."
    nn "Meldinga viser til eit vedlegg som ikkje er med."
    en "The report refers to an attachment that is not there."
    mend nb "Legg ved filen, og la DokumentId være den samme som RefDoc/Id, eller fjern henvisningen."
    nn "Legg ved fila, og lat DokumentId vere den same som RefDoc/Id, eller fjern tilvisinga."
    en "Attach the file and let DokumentId be the same as RefDoc/Id, or remove the reference."

    AttachmentUnmentioned "attachment_unmentioned" "MP-269" Warning Sender Needless 200 None X99 Attachments
    nb "Et vedlegg er med uten at meldingen sier hva det er."
    nn "Eit vedlegg er med utan at meldinga seier kva det er."
    en "An attachment is there, but the report does not say what it is."
    mend nb "Nevn vedlegget i meldingen, med type og DokumentId."
    nn "Nemn vedlegget i meldinga, med type og DokumentId."
    en "Mention the attachment in the report, with its type and DokumentId."

    AttachmentIdRepeated "attachment_id_repeated" "MP-270" Error Sender AfterMending 400 None X99 Attachments
    nb "To vedlegg har den samme iden, så det er uklart hvilket av dem meldingen mener."
    nn "To vedlegg har den same id-en, så det er uklart kva for eit av dei meldinga meiner."
    en "Two attachments have the same id, so it is unclear which of them the report means."
    mend nb "Gi hvert vedlegg sin egen RefDoc/Id."
    nn "Gi kvart vedlegg sin eigen RefDoc/Id."
    en "Give each attachment its own RefDoc/Id."

    MainDocumentMarkedAttachment "main_document_marked_attachment" "MP-271" Error Sender AfterMending 400 None T10 Attachments
    nb "Det første dokumentet er merket som vedlegg, men skal være selve meldingen."
    nn "Det første dokumentet er merkt som vedlegg, men skal vere sjølve meldinga."
    en "The first document is marked as an attachment, but must be the report itself."
    mend nb "Sett RefDoc/MsgType til XML for selve meldingen, og la vedleggene komme etter."
    nn "Set RefDoc/MsgType til XML for sjølve meldinga, og lat vedlegga kome etter."
    en "Set RefDoc/MsgType to XML for the report itself, and let the attachments follow."

    AttachmentNotUnpackable "attachment_not_unpackable" "MP-272" Error Sender AfterMending 400 None T02 Attachments
    nb "Vedlegget kan ikke pakkes ut. Det er ødelagt, eller pakket på en annen måte enn meldingen sier."
    nn "Vedlegget kan ikkje pakkast ut. Det er øydelagt, eller pakka på ein annan måte enn meldinga seier."
    en "The attachment cannot be unpacked. It is damaged, or compressed in another way than the message says."
    mend nb "Legg ved filen på nytt, og la RefDoc/Compression si hvordan den er pakket."
    nn "Legg ved fila på nytt, og lat RefDoc/Compression seie korleis ho er pakka."
    en "Attach the file again, and let RefDoc/Compression say how it is compressed."

    AttachmentUnpacksTooFar "attachment_unpacks_too_far" "MP-273" Error Sender AfterMending 400 None X99 -
    nb "Vedlegget er pakket så hardt at det blir for stort når det pakkes ut."
    nn "Vedlegget er pakka så hardt at det blir for stort når det blir pakka ut."
    en "The attachment is compressed so far that it becomes too large when it is unpacked."
    mend nb "Legg ved filen uten komprimering, eller gjør den mindre."
    nn "Legg ved fila utan komprimering, eller gjer ho mindre."
    en "Attach the file without compression, or make it smaller."

    AttachmentsTooLargeTogether "attachments_too_large_together" "MP-274" Error Sender AfterMending 400 None X99 Attachments
    nb "Vedleggene er for store til sammen."
    nn "Vedlegga er for store til saman."
    en "The attachments are too large together."
    mend nb "Send færre eller mindre vedlegg, eller avtal en annen måte med kommunen."
    nn "Send færre eller mindre vedlegg, eller avtal ein annan måte med kommunen."
    en "Send fewer or smaller attachments, or agree on another way with the municipality."

    IdentTypeSwapped "ident_type_swapped" "MP-290" Error Sender AfterMending 400 None X99 Header
    nb "Koden og navnet for id-typen har byttet plass: V har navnet, og DN har koden."
    nn "Koden og namnet for id-typen har bytt plass: V har namnet, og DN har koden."
    en "The code and the name of the id type have changed places: V holds the name, and DN the code."
    mend nb "Skriv koden i V og navnet i DN, for eksempel V=\"HER\" DN=\"HER-id\"."
    nn "Skriv koden i V og namnet i DN, til dømes V=\"HER\" DN=\"HER-id\"."
    en "Write the code in V and the name in DN, such as V=\"HER\" DN=\"HER-id\"."

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
    mend nb "Bruk BEHOVSMELDING, eller en av de andre meldingstypene som er listet i veiledningen."
    nn "Bruk BEHOVSMELDING, eller ein av dei andre meldingstypane som er lista i rettleiinga."
    en "Use BEHOVSMELDING, or another of the message types listed in the guide."

    PatientMissing "patient_missing" "MP-402" Error Sender AfterMending 400 None E36 Needs
    nb "Meldingen sier ikke hvem den gjelder."
    nn "Meldinga seier ikkje kven ho gjeld."
    en "The report does not say whom it is about."
    mend nb "Fyll ut personen meldingen gjelder. Vil dere bare spørre, uten å nevne noen, så bruk meldingstypen SPORSMAL."
    nn "Fyll ut personen meldinga gjeld. Vil de berre spørje, utan å nemne nokon, så bruk meldingstypen SPORSMAL."
    en "Fill in the person the report is about. To ask only, without naming anybody, use the kind SPORSMAL."

    QuestionWithPatient "question_with_patient" "MP-403" Error Sender AfterMending 400 None X99 Needs
    nb "Et spørsmål skal ikke ha opplysninger om en person, men det har dette."
    nn "Eit spørsmål skal ikkje ha opplysningar om ein person, men det har dette."
    en "A question must not hold information about a person, but this one does."
    mend nb "Fjern personen fra spørsmålet. Gjelder det et behov hos personen, så send det som BEHOV."
    nn "Fjern personen frå spørsmålet. Gjeld det eit behov hos personen, så send det som BEHOV."
    en "Remove the person from the question. If it is about a need of that person, send it as BEHOV."

    IdentityNumberMissing "identity_number_missing" "MP-404" Error Sender AfterMending 400 None E30 IdentityNumbers
    nb "Id-nummeret til personen mangler."
    nn "Id-nummeret til personen manglar."
    en "The person's identity number is missing."
    mend nb "Fyll ut nummeret. Er det ikke kjent, så bruk typen UKJENT og oppgi grunnen."
    nn "Fyll ut nummeret. Er det ikkje kjent, så bruk typen UKJENT og oppgi grunnen."
    en "Fill in the number. If it is not known, use the type UKJENT and give the reason."

    IdentityNumberMalformed "identity_number_malformed" "MP-405" Error Sender AfterMending 400 None E31 IdentityNumbers
    nb "Id-nummeret til personen er ikke skrevet slik et slikt nummer skal være."
    nn "Id-nummeret til personen er ikkje skrive slik eit slikt nummer skal vere."
    en "The person's identity number is not written the way such a number should be."
    mend nb "Kontroller nummeret og typen. Er nummeret ikke kjent, så bruk typen UKJENT og oppgi grunnen."
    nn "Kontroller nummeret og typen. Er nummeret ikkje kjent, så bruk typen UKJENT og oppgi grunnen."
    en "Check the number and its type. If the number is not known, use the type UKJENT and give the reason."

    IdentityNumberControlDigits "identity_number_control_digits" "MP-406" Error Sender AfterMending 400 None E31 IdentityNumbers
    nb "Kontrollsifrene i id-nummeret stemmer ikke. Nummeret er trolig skrevet feil."
    nn "Kontrollsiffera i id-nummeret stemmer ikkje. Nummeret er truleg skrive feil."
    en "The control digits of the identity number do not hold. It has probably been mistyped."
    mend nb "Kontroller nummeret mot journalen eller et legitimasjonsbevis."
    nn "Kontroller nummeret mot journalen eller eit legitimasjonsbevis."
    en "Check the number against the record or a proof of identity."

    IdentityNumberNotYetInUse "identity_number_not_yet_in_use" "MP-407" Error Sender AfterMending 400 None E31 IdentityNumbers
    nb "Id-nummeret hører til en nummerserie som ikke er tatt i bruk ennå."
    nn "Id-nummeret høyrer til ein nummerserie som ikkje er teken i bruk enno."
    en "The identity number belongs to a series that is not in use yet."
    mend nb "Kontroller nummeret. Slike numre blir delt ut av Folkeregisteret fra 2032."
    nn "Kontroller nummeret. Slike nummer blir delte ut av Folkeregisteret frå 2032."
    en "Check the number. Such numbers are given by the National Population Register from 2032."

    IdentityNumberKindDiffers "identity_number_kind_differs" "MP-408" Error Sender AfterMending 400 None E31 IdentityNumbers
    nb "Id-nummeret er av et annet slag enn typen sier."
    nn "Id-nummeret er av eit anna slag enn typen seier."
    en "The identity number is of another kind than its type says."
    mend nb "Kontroller nummeret, og velg typen som passer: FNR, DNR, FHN eller HNR."
    nn "Kontroller nummeret, og vel typen som passar: FNR, DNR, FHN eller HNR."
    en "Check the number, and choose the type that fits: FNR, DNR, FHN or HNR."

    IdentityNumberDateImpossible "identity_number_date_impossible" "MP-409" Error Sender AfterMending 400 None E31 IdentityNumbers
    nb "Datoen i id-nummeret finnes ikke."
    nn "Datoen i id-nummeret finst ikkje."
    en "The date within the identity number does not exist."
    mend nb "Kontroller nummeret mot journalen eller et legitimasjonsbevis."
    nn "Kontroller nummeret mot journalen eller eit legitimasjonsbevis."
    en "Check the number against the record or a proof of identity."

    IdentityNumberDateDiffers "identity_number_date_differs" "MP-410" Warning Sender Needless 200 None E31 IdentityNumbers
    nb "Fødselsdatoen er en annen enn datoen i id-nummeret."
    nn "Fødselsdatoen er ein annan enn datoen i id-nummeret."
    en "The date of birth differs from the date within the identity number."
    mend nb "Kontroller begge, og rett den som er feil."
    nn "Kontroller begge, og rett den som er feil."
    en "Check both, and correct the one that is wrong."

    IdentityNumberPlaceholder "identity_number_placeholder" "MP-411" Warning Sender Needless 200 None E31 IdentityNumbers
    nb "Id-nummeret er et midlertidig fyllnummer. Meldingen er tatt imot som om nummeret var ukjent."
    nn "Id-nummeret er eit mellombels fyllnummer. Meldinga er teken imot som om nummeret var ukjent."
    en "The identity number is a stand-in. The report was accepted as if the number were unknown."
    mend nb "Bruk typen UKJENT med grunnen NYFODT eller UFODT når et barn ikke har fått nummer ennå."
    nn "Bruk typen UKJENT med grunnen NYFODT eller UFODT når eit barn ikkje har fått nummer enno."
    en "Use the type UKJENT with the reason NYFODT or UFODT when a child has no number yet."

    IdentityNumberSynthetic "identity_number_synthetic" "MP-412" Error Sender AfterMending 400 None E31 -
    nb "Id-nummeret er et testnummer, og tas ikke imot her."
    nn "Id-nummeret er eit testnummer, og blir ikkje teke imot her."
    en "The identity number is a test number, and is not accepted here."
    mend nb "Send oppdiktede personer til testmottaket."
    nn "Send oppdikta personar til testmottaket."
    en "Send made-up persons to the test gateway."

    UnknownIdentityWithoutReason "unknown_identity_without_reason" "MP-413" Error Sender AfterMending 400 None E36 IdentityNumbers
    nb "Id-nummeret er ukjent, men grunnen mangler."
    nn "Id-nummeret er ukjent, men grunnen manglar."
    en "The identity number is unknown, but the reason is missing."
    mend nb "Oppgi hvorfor nummeret er ukjent: NYFODT, UFODT, IKKE_TILDELT, IKKE_OPPGITT eller ANNET."
    nn "Oppgi kvifor nummeret er ukjent: NYFODT, UFODT, IKKE_TILDELT, IKKE_OPPGITT eller ANNET."
    en "Say why the number is unknown: NYFODT, UFODT, IKKE_TILDELT, IKKE_OPPGITT or ANNET."

    UnknownIdentityWithNumber "unknown_identity_with_number" "MP-414" Warning Sender Needless 200 None E31 IdentityNumbers
    nb "Id-nummeret er merket som ukjent, men det står likevel et nummer der."
    nn "Id-nummeret er merkt som ukjent, men det står likevel eit nummer der."
    en "The identity number is marked as unknown, yet a number stands there."
    mend nb "Velg typen som passer til nummeret, eller fjern nummeret."
    nn "Vel typen som passar til nummeret, eller fjern nummeret."
    en "Choose the type that fits the number, or remove the number."

    UnknownIdentityReasonContradicted "unknown_identity_reason_contradicted" "MP-415" Warning Sender Needless 200 None E36 IdentityNumbers
    nb "Grunnen til at id-nummeret er ukjent, passer ikke med resten av meldingen."
    nn "Grunnen til at id-nummeret er ukjent, passar ikkje med resten av meldinga."
    en "The reason why the identity number is unknown does not fit the rest of the report."
    mend nb "Bruk UFODT bare for et barn som ventes, og NYFODT bare for et barn i det første leveåret."
    nn "Bruk UFODT berre for eit barn som er venta, og NYFODT berre for eit barn i det første leveåret."
    en "Use UFODT only for a child that is expected, and NYFODT only for a child in its first year."

    IdentityNumberTemporary "identity_number_temporary" "MP-416" Info Sender Needless 200 None E31 IdentityNumbers
    nb "Personen er meldt med et midlertidig nummer. Det kan finnes et fødselsnummer."
    nn "Personen er meld med eit mellombels nummer. Det kan finnast eit fødselsnummer."
    en "The person is reported with a temporary number. There may be a permanent one."
    mend nb "Bruk fødselsnummeret når det er kjent."
    nn "Bruk fødselsnummeret når det er kjent."
    en "Use the permanent identity number when it is known."

    IdentityNumberLocal "identity_number_local" "MP-417" Warning Sender Needless 200 None E31 IdentityNumbers
    nb "Id-nummeret er et hjelpenummer som bare gjelder hos avsenderen."
    nn "Id-nummeret er eit hjelpenummer som berre gjeld hos avsendaren."
    en "The identity number is an auxiliary number that only counts with the sender."
    mend nb "Bruk fødselsnummer, D-nummer eller felles hjelpenummer når personen har det."
    nn "Bruk fødselsnummer, D-nummer eller felles hjelpenummer når personen har det."
    en "Use a national number, a D-number or the common auxiliary number when the person has one."

    PatientNameMissing "patient_name_missing" "MP-418" Error Sender AfterMending 400 None E32 IdentityNumbers
    nb "Navnet på personen mangler."
    nn "Namnet på personen manglar."
    en "The person's name is missing."
    mend nb "Fyll ut navnet. Bare for et barn som ventes, kan det stå tomt."
    nn "Fyll ut namnet. Berre for eit barn som er venta, kan det stå tomt."
    en "Fill in the name. It may be left out only for a child that is expected."

    BirthDateMissing "birth_date_missing" "MP-419" Error Sender AfterMending 400 None E36 IdentityNumbers
    nb "Fødselsdatoen til personen mangler."
    nn "Fødselsdatoen til personen manglar."
    en "The person's date of birth is missing."
    mend nb "Fyll ut fødselsdatoen. Den trengs for å finne rett enhet og for å vite hvem som kan samtykke."
    nn "Fyll ut fødselsdatoen. Han trengst for å finne rett eining og for å vite kven som kan samtykkje."
    en "Fill in the date of birth. It is needed to find the right unit and to know who can consent."

    BirthDateInFuture "birth_date_in_future" "MP-420" Error Sender AfterMending 400 None E36 IdentityNumbers
    nb "Fødselsdatoen ligger fram i tid."
    nn "Fødselsdatoen ligg fram i tid."
    en "The date of birth is in the future."
    mend nb "Rett datoen. For et barn som ventes, brukes Ufodt med termindato."
    nn "Rett datoen. For eit barn som er venta, bruk Ufodt med termindato."
    en "Correct the date. For a child that is expected, use Ufodt with the due date."

    BirthDateImplausible "birth_date_implausible" "MP-421" Warning Sender Needless 200 None E36 IdentityNumbers
    nb "Etter fødselsdatoen er personen over 120 år."
    nn "Etter fødselsdatoen er personen over 120 år."
    en "By the date of birth, the person is more than 120 years old."
    mend nb "Kontroller årstallet i fødselsdatoen."
    nn "Kontroller årstalet i fødselsdatoen."
    en "Check the year of the date of birth."

    DueDateImplausible "due_date_implausible" "MP-422" Warning Sender Needless 200 None E36 IdentityNumbers
    nb "Termindatoen ligger for langt tilbake eller for langt fram til å kunne stemme."
    nn "Termindatoen ligg for langt tilbake eller for langt fram til å kunne stemme."
    en "The due date lies too far back or too far ahead to be right."
    mend nb "Kontroller datoen. Er barnet født, så meld om barnet med navn og fødselsdato."
    nn "Kontroller datoen. Er barnet fødd, så meld om barnet med namn og fødselsdato."
    en "Check the date. If the child is born, report it with its name and date of birth."

    OrganisationNumberControlDigit "organisation_number_control_digit" "MP-423" Error Sender AfterMending 400 None X99 Registers
    nb "Kontrollsifferet i organisasjonsnummeret stemmer ikke. Nummeret er trolig skrevet feil."
    nn "Kontrollsifferet i organisasjonsnummeret stemmer ikkje. Nummeret er truleg skrive feil."
    en "The control digit of the organisation number does not hold. It has probably been mistyped."
    mend nb "Slå opp nummeret i Enhetsregisteret."
    nn "Slå opp nummeret i Einingsregisteret."
    en "Look up the number in the Central Coordinating Register."

    TextLanguageOther "text_language_other" "MP-424" Info Sender Needless 200 None X99 Codes
    nb "Meldingen er skrevet på et annet språk enn bokmål og nynorsk."
    nn "Meldinga er skriven på eit anna språk enn bokmål og nynorsk."
    en "The report is written in another language than Norwegian."
    mend nb "Enheten kan trenge hjelp til å lese den. Skriv gjerne på norsk når det går."
    nn "Eininga kan trenge hjelp til å lese ho. Skriv gjerne på norsk når det går."
    en "The unit may need help to read it. Please write in Norwegian when you can."

    HerIdOutOfRange "her_id_out_of_range" "MP-425" Warning Sender Needless 200 None X99 Registers
    nb "HER-iden til melderens virksomhet er for høy til å kunne være riktig."
    nn "HER-id-en til verksemda som melder, er for høg til å kunne vere rett."
    en "The HER-id of the reporter's organisation is too high to be right."
    mend nb "Slå opp HER-iden i Adresseregisteret."
    nn "Slå opp HER-id-en i Adresseregisteret."
    en "Look up the HER-id in the Address Registry."

    HprNumberImplausible "hpr_number_implausible" "MP-426" Warning Sender Needless 200 None X99 Registers
    nb "HPR-nummeret til melderen kan ikke være riktig."
    nn "HPR-nummeret til meldaren kan ikkje vere rett."
    en "The reporter's HPR number cannot be right."
    mend nb "Kontroller nummeret, eller utelat det. Det kreves aldri."
    nn "Kontroller nummeret, eller utelat det. Det blir aldri kravt."
    en "Check the number, or leave it out. It is never required."

    HospitalTrustNumberMissing "hospital_trust_number_missing" "MP-427" Error Sender AfterMending 400 None E21 Registers
    nb "Meldingen er til et helseforetak, men sier ikke hvilket."
    nn "Meldinga er til eit helseføretak, men seier ikkje kva for eit."
    en "The report is for a hospital trust, but does not say which."
    mend nb "Oppgi organisasjonsnummeret til helseforetaket i Mottaker/Orgnr."
    nn "Oppgi organisasjonsnummeret til helseføretaket i Mottaker/Orgnr."
    en "Give the organisation number of the hospital trust in Mottaker/Orgnr."

    MunicipalityNotValid "municipality_not_valid" "MP-428" Error Sender AfterMending 400 None E21 Geography
    nb "Kommunenummeret var ikke i bruk den dagen meldingen ble skrevet."
    nn "Kommunenummeret var ikkje i bruk den dagen meldinga vart skriven."
    en "The municipality number was not in use on the day the report was written."
    mend nb "Slå opp det gjeldende kommunenummeret hos Statistisk sentralbyrå, og oppdater listen i systemet."
    nn "Slå opp det gjeldande kommunenummeret hos Statistisk sentralbyrå, og oppdater lista i systemet."
    en "Look up the current municipality number at Statistics Norway, and update the list in your system."

    DistrictOutsideMunicipality "district_outside_municipality" "MP-429" Error Sender AfterMending 400 None E21 Geography
    nb "Bydelen hører ikke til kommunen meldingen er til."
    nn "Bydelen høyrer ikkje til kommunen meldinga er til."
    en "The city district does not belong to the municipality that the report is for."
    mend nb "Rett bydelen eller kommunen. De fire første sifrene i bydelsnummeret er kommunenummeret."
    nn "Rett bydelen eller kommunen. Dei fire første siffera i bydelsnummeret er kommunenummeret."
    en "Correct the district or the municipality. The first four digits of a district are its municipality."

    DistrictRecommended "district_recommended" "MP-430" Warning Sender Needless 200 None E21 Geography
    nb "Kommunen er delt i bydeler, men meldingen sier ikke hvilken bydel. Den går til kommunens felles mottak."
    nn "Kommunen er delt i bydelar, men meldinga seier ikkje kva bydel. Ho går til det felles mottaket i kommunen."
    en "The municipality has city districts, but the report names none. It goes to the municipality's common unit."
    mend nb "Oppgi bydelen personen bor i."
    nn "Oppgi bydelen personen bur i."
    en "Give the district where the person lives."

    NewMunicipalityNotValid "new_municipality_not_valid" "MP-431" Warning Sender Needless 200 None X99 Geography
    nb "Nummeret til kommunen personen flytter til, er ikke i bruk."
    nn "Nummeret til kommunen personen flyttar til, er ikkje i bruk."
    en "The number of the municipality that the person moves to is not in use."
    mend nb "Slå opp det gjeldende kommunenummeret hos Statistisk sentralbyrå."
    nn "Slå opp det gjeldande kommunenummeret hos Statistisk sentralbyrå."
    en "Look up the current municipality number at Statistics Norway."

    NewMunicipalitySameAsReceiver "new_municipality_same_as_receiver" "MP-432" Warning Sender Needless 200 None X99 Geography
    nb "Personen skal flytte til den samme kommunen som meldingen er til."
    nn "Personen skal flytte til den same kommunen som meldinga er til."
    en "The person moves to the same municipality that the report is for."
    mend nb "Kontroller hvilken kommune personen bor i nå, og hvilken som er den nye."
    nn "Kontroller kva kommune personen bur i no, og kva for ein som er den nye."
    en "Check which municipality the person lives in now, and which one is new."

    MoveWithoutNewMunicipality "move_without_new_municipality" "MP-433" Info Sender Needless 200 None X99 Geography
    nb "Meldingen sier at personen skal flytte, men ikke hvor."
    nn "Meldinga seier at personen skal flytte, men ikkje kvar."
    en "The report says that the person is moving, but not where to."
    mend nb "Oppgi den nye kommunen når den er kjent."
    nn "Oppgi den nye kommunen når han er kjend."
    en "Give the new municipality when it is known."

    ConsentMissing "consent_missing" "MP-434" Error Sender AfterMending 400 None X99 Consent
    nb "Meldingen sier ikke om personen samtykker."
    nn "Meldinga seier ikkje om personen samtykkjer."
    en "The report does not say whether the person consents."
    mend nb "Fyll ut samtykket. Er det ikke avklart, så snakk med personen først, eller send et spørsmål uten navn."
    nn "Fyll ut samtykket. Er det ikkje avklart, så snakk med personen først, eller send eit spørsmål utan namn."
    en "Fill in the consent. If it is not clear, talk with the person first, or send a question without a name."

    ConsentObjected "consent_objected" "MP-435" Error Sender AfterMending 400 None X99 -
    nb "Personen har motsatt seg at meldingen sendes. Meldingen er derfor ikke levert."
    nn "Personen har motsett seg at meldinga blir send. Meldinga er difor ikkje levert."
    en "The person objects to the report. It was therefore not delivered."
    mend nb "Skriv i journalen at personen motsetter seg. Dere kan sende et spørsmål uten navn. Finnes et annet lovlig grunnlag, så bruk Grunnlag med koden ANNET og skriv hvorfor."
    nn "Skriv i journalen at personen motset seg. De kan sende eit spørsmål utan namn. Finst det eit anna lovleg grunnlag, så bruk Grunnlag med koden ANNET og skriv kvifor."
    en "Write in the record that the person objects. You may send a question without a name. If there is another legal basis, use Grunnlag with the code ANNET and say why."

    ObjectionReasonMissing "objection_reason_missing" "MP-436" Error Sender AfterMending 400 None X99 -
    nb "Meldingen sendes mot personens ønske, men begrunnelsen mangler. Meldingen er derfor ikke levert."
    nn "Meldinga blir send mot ønsket til personen, men grunngivinga manglar. Meldinga er difor ikkje levert."
    en "The report is sent against the person's wish, but the reason is missing. It was therefore not delivered."
    mend nb "Skriv i Grunnlag hvorfor meldingen kan sendes likevel, for eksempel at det er nær og alvorlig fare."
    nn "Skriv i Grunnlag kvifor meldinga kan sendast likevel, til dømes at det er nær og alvorleg fare."
    en "Say in Grunnlag why the report may be sent all the same, for example that there is close and serious danger."

    BasisReasonMissing "basis_reason_missing" "MP-437" Warning Sender Needless 200 None X99 Consent
    nb "Grunnlaget er satt til ANNET uten begrunnelse."
    nn "Grunnlaget er sett til ANNET utan grunngiving."
    en "The legal basis is set to ANNET without a reason."
    mend nb "Skriv begrunnelsen i ord."
    nn "Skriv grunngivinga med ord."
    en "Write the reason in words."

    ObjectionOverridden "objection_overridden" "MP-438" Warning Sender Needless 200 None X99 Consent
    nb "Personen har motsatt seg meldingen. Den er sendt på et annet grunnlag, som enheten må vurdere."
    nn "Personen har motsett seg meldinga. Ho er send på eit anna grunnlag, som eininga må vurdere."
    en "The person objects to the report. It is sent on another basis, which the unit must consider."
    mend nb "Skriv i journalen at personen motsetter seg, og hvorfor meldingen likevel er sendt."
    nn "Skriv i journalen at personen motset seg, og kvifor meldinga likevel er send."
    en "Write in the record that the person objects, and why the report was sent all the same."

    ConsentUnclearInHealth "consent_unclear_in_health" "MP-439" Warning Sender Needless 200 None X99 Consent
    nb "Samtykket er ikke avklart."
    nn "Samtykket er ikkje avklart."
    en "The consent is not clear."
    mend nb "Snakk med personen, og send en ny melding når samtykket er avklart. Enheten bør spørre før den gjør noe."
    nn "Snakk med personen, og send ei ny melding når samtykket er avklart. Eininga bør spørje før ho gjer noko."
    en "Talk with the person, and send a new report when the consent is clear. The unit should ask before it acts."

    ConsentUnclearOutsideHealth "consent_unclear_outside_health" "MP-440" Error Sender AfterMending 400 None X99 Consent
    nb "Samtykket er ikke avklart. Fra andre enn helsetjenesten må det være det før en melding kan leveres."
    nn "Samtykket er ikkje avklart. Frå andre enn helsetenesta må det vere det før ei melding kan leverast."
    en "The consent is not clear. From others than the health service it must be, before a report can be delivered."
    mend nb "Snakk med personen eller den som kan samtykke, eller send et spørsmål uten navn."
    nn "Snakk med personen eller den som kan samtykkje, eller send eit spørsmål utan namn."
    en "Talk with the person or the one who can consent, or send a question without a name."

    NotObjectedOutsideHealth "not_objected_outside_health" "MP-441" Error Sender AfterMending 400 None X99 Consent
    nb "At personen ikke har motsatt seg, er nok bare mellom helsetjenester."
    nn "At personen ikkje har motsett seg, er nok berre mellom helsetenester."
    en "That the person has not objected is enough only between health services."
    mend nb "Be om samtykke, og oppgi det i meldingen."
    nn "Be om samtykke, og oppgi det i meldinga."
    en "Ask for consent, and give it in the report."

    ConsentDateMissing "consent_date_missing" "MP-442" Error Sender AfterMending 400 None X99 Consent
    nb "Meldingen sier at det er gitt samtykke, men ikke når."
    nn "Meldinga seier at det er gitt samtykke, men ikkje når."
    en "The report says that consent is given, but not when."
    mend nb "Fyll ut datoen da samtykket ble gitt."
    nn "Fyll ut datoen då samtykket vart gitt."
    en "Fill in the date on which consent was given."

    ConsentDateInFuture "consent_date_in_future" "MP-443" Error Sender AfterMending 400 None X99 Consent
    nb "Datoen for samtykket ligger fram i tid."
    nn "Datoen for samtykket ligg fram i tid."
    en "The date of the consent is in the future."
    mend nb "Rett datoen. Er samtykket ikke gitt ennå, så vent med å sende."
    nn "Rett datoen. Er samtykket ikkje gitt enno, så vent med å sende."
    en "Correct the date. If consent is not given yet, wait before you send."

    ConsentOld "consent_old" "MP-444" Warning Sender Needless 200 None X99 Consent
    nb "Det er lenge siden samtykket ble gitt."
    nn "Det er lenge sidan samtykket vart gitt."
    en "It is long since the consent was given."
    mend nb "Spør personen om samtykket fortsatt gjelder."
    nn "Spør personen om samtykket framleis gjeld."
    en "Ask the person whether the consent still stands."

    ConsentExpired "consent_expired" "MP-445" Error Sender AfterMending 400 None X99 Consent
    nb "Samtykket har gått ut."
    nn "Samtykket har gått ut."
    en "The consent has run out."
    mend nb "Be om et nytt samtykke, og send meldingen på nytt."
    nn "Be om eit nytt samtykke, og send meldinga på nytt."
    en "Ask for a new consent, and send the report again."

    ConsentPeriodBackwards "consent_period_backwards" "MP-446" Error Sender AfterMending 400 None X99 Consent
    nb "Samtykket går ut før det er gitt."
    nn "Samtykket går ut før det er gitt."
    en "The consent ends before it is given."
    mend nb "Rett den av de to datoene som er feil."
    nn "Rett den av dei to datoane som er feil."
    en "Correct the one of the two dates that is wrong."

    ConsentGiverMissing "consent_giver_missing" "MP-447" Error Sender AfterMending 400 None X99 Consent
    nb "Samtykket er gitt på vegne av personen, men meldingen sier ikke av hvem."
    nn "Samtykket er gitt på vegner av personen, men meldinga seier ikkje av kven."
    en "The consent is given on behalf of the person, but the report does not say by whom."
    mend nb "Oppgi i AvgittAv hvem som har samtykket."
    nn "Oppgi i AvgittAv kven som har samtykt."
    en "Say in AvgittAv who has consented."

    ConsentGiverIsPerson "consent_giver_is_person" "MP-448" Error Sender AfterMending 400 None X99 Consent
    nb "Samtykket er gitt på vegne av personen, men av personen selv. Begge deler kan ikke stemme."
    nn "Samtykket er gitt på vegner av personen, men av personen sjølv. Begge delar kan ikkje stemme."
    en "The consent is given on behalf of the person, yet by the person. Both cannot be right."
    mend nb "Velg statusen SAMTYKKET, eller rett hvem som har samtykket."
    nn "Vel statusen SAMTYKKET, eller rett kven som har samtykt."
    en "Choose the status SAMTYKKET, or correct who has consented."

    ConsentByChild "consent_by_child" "MP-449" Warning Sender Needless 200 None X99 Consent
    nb "Personen er under 16 år og har samtykket selv. Til vanlig er det de med foreldreansvar som samtykker."
    nn "Personen er under 16 år og har samtykt sjølv. Til vanleg er det dei med foreldreansvar som samtykkjer."
    en "The person is under 16 and has consented alone. Usually those with parental responsibility consent."
    mend nb "Oppgi hvem som har samtykket for barnet. Barnet skal høres."
    nn "Oppgi kven som har samtykt for barnet. Barnet skal høyrast."
    en "Say who has consented for the child. The child must be heard."

    ConsentByParentOverSixteen "consent_by_parent_over_sixteen" "MP-450" Warning Sender Needless 200 None X99 Consent
    nb "Personen har fylt 16 år, men andre med omsorg har samtykket. Fra 16 år samtykker man selv."
    nn "Personen har fylt 16 år, men andre med omsorg har samtykt. Frå 16 år samtykkjer ein sjølv."
    en "The person is 16 or more, but a carer has consented. From 16 one consents oneself."
    mend nb "Spør personen selv, eller skriv i Grunnlag hvorfor personen ikke kan samtykke."
    nn "Spør personen sjølv, eller skriv i Grunnlag kvifor personen ikkje kan samtykkje."
    en "Ask the person, or write in Grunnlag why the person cannot consent."

    ConsentOnBehalfWithoutBasis "consent_on_behalf_without_basis" "MP-451" Warning Sender Needless 200 None X99 Consent
    nb "Andre har samtykket for en voksen, uten at meldingen sier hvorfor."
    nn "Andre har samtykt for ein vaksen, utan at meldinga seier kvifor."
    en "Somebody else has consented for an adult, and the report does not say why."
    mend nb "Skriv i Grunnlag hvorfor personen ikke kan samtykke selv."
    nn "Skriv i Grunnlag kvifor personen ikkje kan samtykkje sjølv."
    en "Write in Grunnlag why the person cannot consent."

    ConsentScopeUnnamed "consent_scope_unnamed" "MP-452" Warning Sender Needless 200 None X99 Consent
    nb "Samtykket gjelder å innhente opplysninger, men sier ikke fra hvilken tjeneste."
    nn "Samtykket gjeld å hente inn opplysningar, men seier ikkje frå kva teneste."
    en "The consent covers asking others for information, but does not say which service."
    mend nb "Skriv navnet på tjenesten i Omfang."
    nn "Skriv namnet på tenesta i Omfang."
    en "Write the name of the service in Omfang."

    GuardianMissing "guardian_missing" "MP-453" Warning Sender Needless 200 None X99 Guardians
    nb "Personen er under 16 år, men ingen foresatt er oppgitt."
    nn "Personen er under 16 år, men ingen føresett er oppgitt."
    en "The person is under 16, but no guardian is named."
    mend nb "Oppgi minst én foresatt, eller skriv i ForesattMangler hvorfor ingen er oppgitt."
    nn "Oppgi minst éin føresett, eller skriv i ForesattMangler kvifor ingen er oppgitt."
    en "Name at least one guardian, or say in ForesattMangler why none is named."

    GuardianHiddenWithoutReason "guardian_hidden_without_reason" "MP-454" Warning Sender Needless 200 None X99 Guardians
    nb "En foresatt skal ikke informeres, men grunnen mangler."
    nn "Ein føresett skal ikkje informerast, men grunnen manglar."
    en "A guardian is not to be informed, but the reason is missing."
    mend nb "Skriv grunnen i OrientertGrunn. Enheten må vite den for å ta vare på barnet."
    nn "Skriv grunnen i OrientertGrunn. Eininga må vite han for å ta vare på barnet."
    en "Write the reason in OrientertGrunn. The unit must know it to look after the child."

    ContactWayContradicted "contact_way_contradicted" "MP-455" Warning Sender Needless 200 None X99 GradedAddress
    nb "Meldingen sier både at personen ikke skal kontaktes, og hvordan personen kan kontaktes."
    nn "Meldinga seier både at personen ikkje skal kontaktast, og korleis personen kan kontaktast."
    en "The report says both that the person is not to be contacted and how to make contact."
    mend nb "Bestem hva som er trygt, og behold bare det. Enheten bør ikke ta kontakt før dette er avklart."
    nn "Avgjer kva som er trygt, og behald berre det. Eininga bør ikkje ta kontakt før dette er avklart."
    en "Decide what is safe, and keep only that. The unit should not make contact before this is clear."

    GuardianUninformedWithoutReason "guardian_uninformed_without_reason" "MP-456" Warning Sender Needless 200 None X99 Guardians
    nb "En foresatt vet ikke om meldingen, og grunnen mangler."
    nn "Ein føresett veit ikkje om meldinga, og grunnen manglar."
    en "A guardian does not know about the report, and the reason is missing."
    mend nb "Fortell den foresatte om meldingen, eller skriv grunnen i OrientertGrunn."
    nn "Fortel den føresette om meldinga, eller skriv grunnen i OrientertGrunn."
    en "Tell the guardian about the report, or write the reason in OrientertGrunn."

    GuardianOfAdult "guardian_of_adult" "MP-457" Info Sender Needless 200 None X99 Guardians
    nb "Personen er myndig, men en foresatt er oppgitt."
    nn "Personen er myndig, men ein føresett er oppgitt."
    en "The person is of age, but a guardian is named."
    mend nb "Bruk Verge for den som kan handle på vegne av en voksen."
    nn "Bruk Verge for den som kan handle på vegner av ein vaksen."
    en "Use Verge for somebody who may act for an adult."

    GuardianContradicted "guardian_contradicted" "MP-458" Warning Sender Needless 200 None X99 Guardians
    nb "Meldingen oppgir foresatte, og sier samtidig hvorfor ingen er oppgitt."
    nn "Meldinga oppgir føresette, og seier samtidig kvifor ingen er oppgitt."
    en "The report names guardians, and at the same time says why none is named."
    mend nb "Behold det ene: Foresatt eller ForesattMangler."
    nn "Behald det eine: Foresatt eller ForesattMangler."
    en "Keep one of them: Foresatt or ForesattMangler."

    NoGuardianUnexplained "no_guardian_unexplained" "MP-459" Warning Sender Needless 200 None X99 Guardians
    nb "Ingen foresatt er oppgitt av en annen grunn enn de vanlige, men grunnen er ikke forklart."
    nn "Ingen føresett er oppgitt av ein annan grunn enn dei vanlege, men grunnen er ikkje forklart."
    en "No guardian is named, for another reason than the usual ones, but it is not explained."
    mend nb "Forklar kort i ForesattMangler."
    nn "Forklar kort i ForesattMangler."
    en "Explain briefly in ForesattMangler."

    GuardianHiddenYetContact "guardian_hidden_yet_contact" "MP-460" Warning Sender Needless 200 None X99 Guardians
    nb "Barnet kan kontaktes gjennom foresatte, men en foresatt skal ikke informeres."
    nn "Barnet kan kontaktast gjennom føresette, men ein føresett skal ikkje informerast."
    en "The child may be reached through guardians, but a guardian is not to be informed."
    mend nb "Kontroller hvordan barnet trygt kan kontaktes, og si fra til enheten."
    nn "Kontroller korleis barnet trygt kan kontaktast, og sei frå til eininga."
    en "Check how the child can safely be reached, and tell the unit."

    GradedAddressWithContact "graded_address_with_contact" "MP-461" Error Sender AfterMending 400 None X99 GradedAddress
    nb "Personen har gradert adresse, men meldingen røper hvor personen kan finnes."
    nn "Personen har gradert adresse, men meldinga røper kvar personen kan finnast."
    en "The person has a graded address, but the report tells where the person can be found."
    mend nb "Fjern adresse, telefon og e-post. Oppgi melderen som kontakt, og send på nytt."
    nn "Fjern adresse, telefon og e-post. Oppgi meldaren som kontakt, og send på nytt."
    en "Remove the address, the telephone and the e-mail. Name the reporter as contact, and send again."

    GradedAddressWithGuardianTelephone "graded_address_with_guardian_telephone" "MP-462" Error Sender AfterMending 400 None X99 GradedAddress
    nb "Barnet har gradert adresse, men meldingen har telefonnummeret til en foresatt."
    nn "Barnet har gradert adresse, men meldinga har telefonnummeret til ein føresett."
    en "The child has a graded address, but the report has the telephone number of a guardian."
    mend nb "Fjern telefonnummeret. Oppgi melderen som kontakt, og send på nytt."
    nn "Fjern telefonnummeret. Oppgi meldaren som kontakt, og send på nytt."
    en "Remove the telephone number. Name the reporter as contact, and send again."

    ReporterOrganisationMissing "reporter_organisation_missing" "MP-463" Error Sender AfterMending 400 None X99 Reporter
    nb "Melderen er fra en tjeneste, men er oppgitt som privatperson."
    nn "Meldaren er frå ei teneste, men er oppgitt som privatperson."
    en "The reporter is from a service, but is given as a private person."
    mend nb "Oppgi virksomheten med organisasjonsnummer, eller velg kategorien som passer for en privatperson."
    nn "Oppgi verksemda med organisasjonsnummer, eller vel kategorien som passar for ein privatperson."
    en "Give the organisation with its number, or choose the category that fits a private person."

    ReporterOrganisationUnexpected "reporter_organisation_unexpected" "MP-464" Warning Sender Needless 200 None X99 Reporter
    nb "Melderen er en privatperson, men er oppgitt med virksomhet."
    nn "Meldaren er ein privatperson, men er oppgitt med verksemd."
    en "The reporter is a private person, but is given with an organisation."
    mend nb "Bruk Privat for personen selv og de pårørende. Har en tjeneste hjulpet til, så er tjenesten melder."
    nn "Bruk Privat for personen sjølv og dei pårørande. Har ei teneste hjelpt til, så er tenesta meldar."
    en "Use Privat for the person and the next of kin. If a service has helped, that service is the reporter."

    OriginalReporterMissing "original_reporter_missing" "MP-465" Warning Sender Needless 200 None X99 Reporter
    nb "Helseforetakets koordinerende enhet sender meldingen videre, men sier ikke hvem som meldte først."
    nn "Den koordinerande eininga i helseføretaket sender meldinga vidare, men seier ikkje kven som melde først."
    en "The hospital trust's coordinating unit passes the report on, but does not say who reported first."
    mend nb "Oppgi den som så behovet i OpprinneligMelder, slik at kommunen kan ta kontakt."
    nn "Oppgi den som såg behovet i OpprinneligMelder, slik at kommunen kan ta kontakt."
    en "Name the one who saw the need in OpprinneligMelder, so that the municipality can make contact."

    ReporterTelephoneImplausible "reporter_telephone_implausible" "MP-466" Warning Sender Needless 200 None X99 Reporter
    nb "Telefonnummeret til melderen ser ikke ut til å være ekte."
    nn "Telefonnummeret til meldaren ser ikkje ut til å vere ekte."
    en "The reporter's telephone number does not look real."
    mend nb "Oppgi et nummer der enheten når melderen på dagtid."
    nn "Oppgi eit nummer der eininga når meldaren på dagtid."
    en "Give a number where the unit can reach the reporter in the daytime."

    NeedMissing "need_missing" "MP-467" Error Sender AfterMending 400 None X99 Needs
    nb "Meldingen sier ikke hva det er behov for."
    nn "Meldinga seier ikkje kva det er behov for."
    en "The report does not say what is needed."
    mend nb "Oppgi minst ett behov, for eksempel individuell plan eller koordinator."
    nn "Oppgi minst eitt behov, til dømes individuell plan eller koordinator."
    en "Give at least one need, for example an individual plan or a coordinator."

    WithdrawalWithoutReference "withdrawal_without_reference" "MP-468" Error Sender AfterMending 400 None X99 Needs
    nb "Meldingen trekker tilbake en tidligere melding, men sier ikke hvilken."
    nn "Meldinga trekkjer tilbake ei tidlegare melding, men seier ikkje kva for ei."
    en "The message withdraws an earlier report, but does not say which."
    mend nb "Oppgi meldingsId til den tidligere meldingen i gjelder."
    nn "Oppgi meldingsId til den tidlegare meldinga i gjelder."
    en "Give the meldingsId of the earlier report in gjelder."

    ChangeWithoutReference "change_without_reference" "MP-469" Warning Sender Needless 200 None X99 Needs
    nb "Meldingen er om et endret behov, men viser ikke til den tidligere meldingen."
    nn "Meldinga er om eit endra behov, men viser ikkje til den tidlegare meldinga."
    en "The report is about a changed need, but does not refer to the earlier report."
    mend nb "Oppgi meldingsId til den tidligere meldingen i gjelder når den er kjent."
    nn "Oppgi meldingsId til den tidlegare meldinga i gjelder når han er kjend."
    en "Give the meldingsId of the earlier report in gjelder when it is known."

    ReportRefersToItself "report_refers_to_itself" "MP-470" Warning Sender Needless 200 None X99 Needs
    nb "Meldingen viser til seg selv som den tidligere meldingen."
    nn "Meldinga viser til seg sjølv som den tidlegare meldinga."
    en "The report refers to itself as the earlier report."
    mend nb "Gi hver melding sin egen meldingsId, og la gjelder være iden til den tidligere."
    nn "Gi kvar melding sin eigen meldingsId, og lat gjelder vere id-en til den tidlegare."
    en "Give each report its own meldingsId, and let gjelder be the id of the earlier one."

    IdentityNumberInText "identity_number_in_text" "MP-471" Warning Sender Needless 200 None X99 Needs
    nb "Teksten har et tall på elleve sifre, som kan være et fødselsnummer."
    nn "Teksten har eit tal på elleve siffer, som kan vere eit fødselsnummer."
    en "The text has a number of eleven digits, which may be an identity number."
    mend nb "Skriv aldri fødselsnumre i fritekst. De hører bare hjemme i feltet for id."
    nn "Skriv aldri fødselsnummer i fritekst. Dei høyrer berre heime i feltet for id."
    en "Never write identity numbers in free text. They belong in the field for the id only."

    FewServices "few_services" "MP-472" Info Sender Needless 200 None X99 Needs
    nb "Meldingen nevner færre enn to tjenester. Plan og koordinator er for den som trenger to eller flere."
    nn "Meldinga nemner færre enn to tenester. Plan og koordinator er for den som treng to eller fleire."
    en "The report names fewer than two services. A plan and a coordinator are for those who need two or more."
    mend nb "Nevn gjerne tjenestene som er med, eller som trengs. Kommunen vurderer retten uansett."
    nn "Nemn gjerne tenestene som er med, eller som trengst. Kommunen vurderer retten uansett."
    en "Please name the services that take part or are needed. The municipality considers the right in any case."

    DurationShort "duration_short" "MP-473" Warning Sender Needless 200 None X99 Needs
    nb "Behovet er oppgitt som kortvarig. Plan og koordinator er for den som trenger tjenester over tid."
    nn "Behovet er oppgitt som kortvarig. Plan og koordinator er for den som treng tenester over tid."
    en "The need is given as short. A plan and a coordinator are for those who need services over time."
    mend nb "Kontroller varigheten. Kommunen vurderer retten uansett."
    nn "Kontroller kor lenge behovet varer. Kommunen vurderer retten uansett."
    en "Check the duration. The municipality considers the right in any case."

    ChildCoordinatorForAdult "child_coordinator_for_adult" "MP-474" Warning Sender Needless 200 None X99 Needs
    nb "Det er meldt behov for barnekoordinator, men personen har fylt 18 år."
    nn "Det er meldt behov for barnekoordinator, men personen har fylt 18 år."
    en "A child coordinator is asked for, but the person is 18 or more."
    mend nb "Kontroller fødselsdatoen, eller meld behov for koordinator i stedet. Kommunen vurderer retten uansett."
    nn "Kontroller fødselsdatoen, eller meld behov for koordinator i staden. Kommunen vurderer retten uansett."
    en "Check the date of birth, or ask for a coordinator instead. The municipality considers the right in any case."

    UnbornWithoutChildCoordinator "unborn_without_child_coordinator" "MP-475" Warning Sender Needless 200 None X99 Needs
    nb "Meldingen gjelder et barn som ventes, men ikke behov for barnekoordinator."
    nn "Meldinga gjeld eit barn som er venta, men ikkje behov for barnekoordinator."
    en "The report is about an expected child, but does not ask for a child coordinator."
    mend nb "For familier som venter barn, er det barnekoordinator det kan meldes behov for. Gjelder behovet den gravide selv, så meld om henne."
    nn "For familiar som ventar barn, er det barnekoordinator det kan meldast behov for. Gjeld behovet den gravide sjølv, så meld om henne."
    en "Families who expect a child can be reported for a child coordinator. If the need is the mother's own, report about her."

    UrgencyWithoutReason "urgency_without_reason" "MP-476" Warning Sender Needless 200 None X99 Needs
    nb "Meldingen haster, men sier ikke hvorfor."
    nn "Meldinga hastar, men seier ikkje kvifor."
    en "The report is urgent, but does not say why."
    mend nb "Oppgi grunnen: UTSKRIVNING, OVERGANG, SAMMENBRUDD_I_TILBUD eller ANNET."
    nn "Oppgi grunnen: UTSKRIVNING, OVERGANG, SAMMENBRUDD_I_TILBUD eller ANNET."
    en "Give the reason: UTSKRIVNING, OVERGANG, SAMMENBRUDD_I_TILBUD or ANNET."

    DischargeInPast "discharge_in_past" "MP-477" Warning Sender Needless 200 None X99 Needs
    nb "Den planlagte utskrivningen har vært."
    nn "Den planlagde utskrivinga har vore."
    en "The planned discharge is already past."
    mend nb "Oppgi den nye datoen, eller utelat innleggelsen når personen er hjemme."
    nn "Oppgi den nye datoen, eller utelat innlegginga når personen er heime."
    en "Give the new date, or leave the hospital stay out when the person is home."

    NationalCodeUnknown "national_code_unknown" "MP-478" Warning Sender Needless 200 None X99 Codes
    nb "Koden finnes ikke i det nasjonale kodeverket slik mottaket kjenner det."
    nn "Koden finst ikkje i det nasjonale kodeverket slik mottaket kjenner det."
    en "The code is not in the national code system as this gateway knows it."
    mend nb "Slå opp koden i kodeverket, og oppdater listen i systemet."
    nn "Slå opp koden i kodeverket, og oppdater lista i systemet."
    en "Look up the code in the code system, and update the list in your system."

    ReportIncomplete "report_incomplete" "MP-479" Error Sender AfterMending 400 None T02 -
    nb "En opplysning som trengs for å levere meldingen, mangler eller kan ikke leses."
    nn "Ei opplysning som trengst for å levere meldinga, manglar eller kan ikkje lesast."
    en "Something that is needed to deliver the report is missing or cannot be read."
    mend nb "Fyll ut feltet slik standarden sier, og send meldingen på nytt."
    nn "Fyll ut feltet slik standarden seier, og send meldinga på nytt."
    en "Fill in the field as the standard says, and send the report again."

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

    DialogueUnclassified "dialogue_unclassified" "MP-490" Info Sender Needless 200 None X99 -
    nb "Meldingen sier ikke klart at den gjelder individuell plan eller koordinator. En person leser den og avgjør."
    nn "Meldinga seier ikkje klart at ho gjeld individuell plan eller koordinator. Ein person les ho og avgjer."
    en "The message does not clearly say that it is about an individual plan or a coordinator. A person reads it and decides."
    mend nb "Skriv det i temaet, for eksempel «Individuell plan» eller «Koordinator», eller send en behovsmelding."
    nn "Skriv det i temaet, til dømes «Individuell plan» eller «Koordinator», eller send ei behovsmelding."
    en "Write it in the theme, such as «Individuell plan» or «Koordinator», or send a report of need."

    DialogueConsentUnsaid "dialogue_consent_unsaid" "MP-491" Info Sender Needless 200 None X99 -
    nb "Denne typen melding sier ikke om personen samtykker. Mottakeren må avklare det."
    nn "Denne typen melding seier ikkje om personen samtykkjer. Mottakaren må avklare det."
    en "This kind of message does not say whether the person consents. The receiver must clarify it."
    mend nb "Send en behovsmelding når samtykket er avklart; den har et eget felt for det."
    nn "Send ei behovsmelding når samtykket er avklart; ho har eit eige felt for det."
    en "Send a report of need when consent is clear; it has a field for it."

    DialogueSaysNothing "dialogue_says_nothing" "MP-492" Warning Sender Needless 200 None X99 -
    nb "Meldingen har ingen tekst, ikke noe spørsmål og ingen vedlegg."
    nn "Meldinga har ingen tekst, ikkje noko spørsmål og ingen vedlegg."
    en "The message has no text, no question and no attachment."
    mend nb "Skriv hva det gjelder, i en dialogmelding i TekstNotatInnhold eller Sporsmal."
    nn "Skriv kva det gjeld, i ei dialogmelding i TekstNotatInnhold eller Sporsmal."
    en "Write what it is about, in a dialogue message in TekstNotatInnhold or Sporsmal."

    CareMessageNotChecked "care_message_not_checked" "MP-493" Error Sender AfterMending 400 None T10 CareMessages
    nb "Innholdet i en pleie- og omsorgsmelding kan ikke kontrolleres her. Det vises slik det er, og en person leser det."
    nn "Innhaldet i ei pleie- og omsorgsmelding kan ikkje kontrollerast her. Det blir vist slik det er, og ein person les det."
    en "The content of a nursing and care message cannot be checked here. It is shown as it is, and a person reads it."
    mend nb "Send en behovsmelding når det gjelder individuell plan eller koordinator; den har et felt for hver opplysning."
    nn "Send ei behovsmelding når det gjeld individuell plan eller koordinator; ho har eit felt for kvar opplysning."
    en "Send a report of need when it is about an individual plan or a coordinator; it has a field for each fact."

    EarlierMessageNotFound "earlier_message_not_found" "MP-496" Info Sender Needless 200 None X99 -
    nb "Meldingen viser til en tidligere melding eller sak som ikke finnes her, eller som gjelder en annen person. Den er tatt imot som en ny sak."
    nn "Meldinga viser til ei tidlegare melding eller sak som ikkje finst her, eller som gjeld ein annan person. Ho er teken imot som ei ny sak."
    en "The message refers to an earlier message or case that is not here, or that is about another person. It was received as a new case."
    mend nb "Bruk MsgId fra den tidligere meldingen i ConversationRef, eller meldingsId i gjelder, og send til den samme mottakeren."
    nn "Bruk MsgId frå den tidlegare meldinga i ConversationRef, eller meldingsId i gjelder, og send til den same mottakaren."
    en "Use the MsgId of the earlier message in ConversationRef, or its meldingsId in gjelder, and send to the same receiver."

    // ── 5xx: delivery out ─────────────────────────────────────────────────────────────────────────────────────
    NoticeNotDelivered "notice_not_delivered" "MP-501" Error Downstream Needless 502 None - -
    nb "Enheten kunne ikke varsles."
    nn "Eininga kunne ikkje varslast."
    en "The unit could not be notified."
    mend nb "Kontroller e-postadressen eller webhooken til enheten, og be om nytt forsøk."
    nn "Kontroller e-postadressa eller webhooken til eininga, og be om nytt forsøk."
    en "Check the unit's e-mail address or webhook, and requeue the notice."

    ReceiptForNothingSent "receipt_for_nothing_sent" "MP-510" Error Sender Needless 404 None - -
    nb "Kvitteringen gjelder en melding som ikke er sendt til deres virksomhet herfra."
    nn "Kvitteringa gjeld ei melding som ikkje er send til verksemda dykkar herfrå."
    en "The receipt is about a message that was not sent from here to your organisation."
    mend nb "Kontroller OriginalMsgId/Id. Det skal være MsgId i meldingen som kvitteres."
    nn "Kontroller OriginalMsgId/Id. Det skal vere MsgId i meldinga som blir kvittert."
    en "Check OriginalMsgId/Id. It must be the MsgId of the message that is answered."

    ReceiptUnreadable "receipt_unreadable" "MP-511" Error Sender AfterMending 400 OtherXml - -
    nb "Kvitteringen sier ikke hvilken melding den gjelder, eller hva svaret er."
    nn "Kvitteringa seier ikkje kva melding ho gjeld, eller kva svaret er."
    en "The receipt does not say which message it is about, or what the answer is."
    mend nb "Fyll ut OriginalMsgId/Id, og bruk Status 1, 2 eller 3 (kodeverk 8258)."
    nn "Fyll ut OriginalMsgId/Id, og bruk Status 1, 2 eller 3 (kodeverk 8258)."
    en "Fill in OriginalMsgId/Id, and use Status 1, 2 or 3 (code list 8258)."

    ReceiptNotMessage "receipt_not_message" "MP-512" Error Sender Needless 400 None - -
    nb "Dette er en applikasjonskvittering, ikke en melding. Den kan ikke prøves uten å sendes på ordentlig."
    nn "Dette er ei applikasjonskvittering, ikkje ei melding. Ho kan ikkje prøvast utan å sendast på ordentleg."
    en "This is an application receipt, not a message. It cannot be rehearsed, only delivered in earnest."
    mend nb "Send kvitteringen med POST til /messages uten ?dry-run. Da blir den holdt sammen med det som ble sendt."
    nn "Send kvitteringa med POST til /messages utan ?dry-run. Då blir ho halden saman med det som vart sendt."
    en "Send the receipt with POST to /messages without ?dry-run. Then it is matched with what was sent."

    // ── 6xx: the interface for case systems ───────────────────────────────────────────────────────────────────
    ApiCredentialMissing "api_credential_missing" "MP-601" Error Sender AfterMending 401 SecurityFailure - -
    nb "Fagsystemet har ikke vist hvem det er."
    nn "Fagsystemet har ikkje vist kven det er."
    en "The case system has not shown who it is."
    mend nb "Send nøkkelen i hodet Authorization, etter ordet Bearer."
    nn "Send nøkkelen i hovudet Authorization, etter ordet Bearer."
    en "Send the token in the header Authorization, after the word Bearer."

    ApiCredentialRefused "api_credential_refused" "MP-602" Error Sender AfterMending 401 SecurityFailure - -
    nb "Nøkkelen gjelder ikke her: den er ukjent, utløpt eller trukket tilbake."
    nn "Nøkkelen gjeld ikkje her: han er ukjend, gått ut eller trekt tilbake."
    en "The token does not hold here: it is unknown, has expired or has been revoked."
    mend nb "Be den som driver mottaket, om en ny nøkkel."
    nn "Be den som driv mottaket, om ein ny nøkkel."
    en "Ask those who run the gateway for a new token."

    ApiCertificateDiffers "api_certificate_differs" "MP-603" Error Sender AfterMending 403 SecurityFailure - -
    nb "Fagsystemet er knyttet til et sertifikat, og kom uten det."
    nn "Fagsystemet er knytt til eit sertifikat, og kom utan det."
    en "The case system is bound to a client certificate, and came without it."
    mend nb "Bruk adressen for fagsystemer med sertifikat, og send det registrerte sertifikatet."
    nn "Bruk adressa for fagsystem med sertifikat, og send det registrerte sertifikatet."
    en "Use the address for case systems with certificates, and present the registered certificate."

    ApiItemUnknown "api_item_unknown" "MP-604" Error Sender Needless 404 None - -
    nb "Det finnes ingen slik sak for dette fagsystemet."
    nn "Det finst inga slik sak for dette fagsystemet."
    en "There is no such item for this case system."
    mend nb "Bruk en id som listen over endringer har gitt."
    nn "Bruk ein id som lista over endringar har gitt."
    en "Use an id that the list of changes has given."

    ApiNotPermitted "api_not_permitted" "MP-605" Error Sender Needless 403 SecurityFailure - -
    nb "Rollen til fagsystemet går ikke så langt."
    nn "Rolla til fagsystemet går ikkje så langt."
    en "The case system's role does not go so far."
    mend nb "Be den som driver mottaket, om å se på rollene i enheten."
    nn "Be den som driv mottaket, om å sjå på rollene i eininga."
    en "Ask those who run the gateway to look at the roles in the unit."

    ApiSecondPersonNeeded "api_second_person_needed" "MP-606" Error Sender Later 403 SecurityFailure - -
    nb "Saken gjelder en person med gradert adresse, og en annen må si ja først."
    nn "Saka gjeld ein person med gradert adresse, og ein annan må seie ja først."
    en "The item is about a person with a graded address, and a second person must agree first."
    mend nb "Spør med POST til /second-person. Les når en i enheten har sagt ja."
    nn "Spør med POST til /second-person. Les når ein i eininga har sagt ja."
    en "Ask with POST to /second-person. Read when somebody in the unit has agreed."

    ApiNotOpened "api_not_opened" "MP-607" Error Sender AfterMending 409 None - -
    nb "Ingen har åpnet saken, og da gis innholdet ikke ut."
    nn "Ingen har opna saka, og då blir innhaldet ikkje gitt ut."
    en "Nobody has opened the item, so its content is not given out."
    mend nb "Åpne den først med POST til /open, eller ta ansvar med POST til /claim."
    nn "Opne ho først med POST til /open, eller ta ansvar med POST til /claim."
    en "Open it first with POST to /open, or claim it with POST to /claim."

    ApiActRefused "api_act_refused" "MP-608" Error Sender AfterMending 409 None - -
    nb "Handlingen kan ikke gjøres slik saken står."
    nn "Handlinga kan ikkje gjerast slik saka står."
    en "The act cannot be done as the item stands."
    mend nb "Feltet reason sier hvorfor. Hent saken på nytt, og se hvordan den står."
    nn "Feltet reason seier kvifor. Hent saka på nytt, og sjå korleis ho står."
    en "The member reason says why. Fetch the item again and see how it stands."

    ApiVersionDiffers "api_version_differs" "MP-609" Error Sender AfterMending 412 None - -
    nb "Saken er endret siden fagsystemet hentet den."
    nn "Saka er endra sidan fagsystemet henta ho."
    en "The item has changed since the case system fetched it."
    mend nb "Hent saken på nytt, se hva som er endret, og send If-Match med den nye ETag."
    nn "Hent saka på nytt, sjå kva som er endra, og send If-Match med den nye ETag."
    en "Fetch the item again, see what has changed, and send If-Match with the new ETag."

    ApiVersionMissing "api_version_missing" "MP-610" Error Sender AfterMending 428 None - -
    nb "Forespørselen sier ikke hvilken utgave av saken den bygger på."
    nn "Førespurnaden seier ikkje kva utgåve av saka han bygger på."
    en "The request does not say which version of the item it is based on."
    mend nb "Send hodet If-Match med saken sin ETag."
    nn "Send hovudet If-Match med ETag frå saka."
    en "Send the header If-Match with the item's ETag."

    ApiKeyMissing "api_key_missing" "MP-611" Error Sender AfterMending 400 None - -
    nb "Forespørselen har ikke et eget kjennetegn, så den kan ikke trygt sendes to ganger."
    nn "Førespurnaden har ikkje eit eige kjenneteikn, så han kan ikkje trygt sendast to gonger."
    en "The request has no key of its own, so it cannot safely be sent twice."
    mend nb "Send hodet Idempotency-Key med 8 til 200 skrivbare ASCII-tegn, og et nytt for hver handling."
    nn "Send hovudet Idempotency-Key med 8 til 200 skrivbare ASCII-teikn, og eit nytt for kvar handling."
    en "Send the header Idempotency-Key with 8 to 200 printable ASCII characters, a new one for each act."

    ApiKeyReused "api_key_reused" "MP-612" Error Sender AfterMending 422 None - -
    nb "Det samme kjennetegnet er brukt før, til noe annet."
    nn "Det same kjenneteiknet er brukt før, til noko anna."
    en "The same key has been used before, for something else."
    mend nb "Bruk en ny Idempotency-Key for hver handling, også når den bygger på en annen versjon (If-Match)."
    nn "Bruk ein ny Idempotency-Key for kvar handling, også når ho byggjer på ein annan versjon (If-Match)."
    en "Use a new Idempotency-Key for each act, also when it is based on another version (If-Match)."

    ApiTooManyRequests "api_too_many_requests" "MP-613" Error Sender Later 429 DeliveryFailure - -
    nb "Fagsystemet spør oftere enn det har lov til."
    nn "Fagsystemet spør oftare enn det har lov til."
    en "The case system asks more often than it may."
    mend nb "Vent så lenge som Retry-After sier, og hent større sider sjeldnere."
    nn "Vent så lenge som Retry-After seier, og hent større sider sjeldnare."
    en "Wait as long as Retry-After says, and fetch larger pages less often."

    ApiRequestUnreadable "api_request_unreadable" "MP-614" Error Sender AfterMending 400 None - -
    nb "Forespørselen kan ikke leses: et felt mangler, er ukjent eller har feil form."
    nn "Førespurnaden kan ikkje lesast: eit felt manglar, er ukjent eller har feil form."
    en "The request cannot be read: a field is missing, unknown or of the wrong form."
    mend nb "Se findings: der står hvilket felt, og hva som ventes der. Se også beskrivelsen på /api/v1/openapi.json."
    nn "Sjå findings: der står kva felt, og kva som er venta der. Sjå også skildringa på /api/v1/openapi.json."
    en "See findings: they say which field, and what is expected there. See also the description at /api/v1/openapi.json."

    ApiAttachmentHeld "api_attachment_held" "MP-615" Error Sender Later 409 None - -
    nb "Vedlegget blir ikke gitt ut: det er ikke undersøkt ennå, eller det inneholder noe skadelig."
    nn "Vedlegget blir ikkje gitt ut: det er ikkje undersøkt enno, eller det inneheld noko skadeleg."
    en "The attachment is not given out: it has not been looked at yet, or it holds something harmful."
    mend nb "Prøv igjen senere. Blir det ikke bedre, må en i enheten se på det."
    nn "Prøv igjen seinare. Blir det ikkje betre, må ein i eininga sjå på det."
    en "Try again later. If that does not help, somebody in the unit must look at it."

    ApiContentNotHere "api_content_not_here" "MP-616" Error Sender Needless 403 None - -
    nb "Enheten har ikke innholdet: den vet bare at meldingen finnes, eller innholdet er fjernet."
    nn "Eininga har ikkje innhaldet: ho veit berre at meldinga finst, eller innhaldet er fjerna."
    en "The unit does not have the content: it only knows that the report exists, or the content has been removed."
    mend nb "Ingenting. Andre har saken."
    nn "Ingenting. Andre har saka."
    en "Nothing. Others have the case."

    ApiNotAcceptable "api_not_acceptable" "MP-617" Error Sender AfterMending 406 None - -
    nb "Innholdet finnes ikke i den formen som det blir bedt om."
    nn "Innhaldet finst ikkje i den forma som det blir bede om."
    en "The content does not exist in the form that is asked for."
    mend nb "Be om application/json eller application/xml."
    nn "Be om application/json eller application/xml."
    en "Ask for application/json or application/xml."

    ApiRouteUnknown "api_route_unknown" "MP-618" Error Sender Needless 404 None - -
    nb "Adressen eller metoden finnes ikke i grensesnittet for fagsystemer."
    nn "Adressa eller metoden finst ikkje i grensesnittet for fagsystem."
    en "The address or the method is not part of the interface for case systems."
    mend nb "Se beskrivelsen på /api/v1/openapi.json."
    nn "Sjå skildringa på /api/v1/openapi.json."
    en "See the description at /api/v1/openapi.json."

    ApiFault "api_fault" "MP-619" Error Gateway Later 500 Unknown - -
    nb "Noe gikk galt hos oss."
    nn "Noko gjekk gale hos oss."
    en "Something went wrong on our side."
    mend nb "Prøv igjen senere med samme Idempotency-Key. Hold frem instance når dere tar kontakt."
    nn "Prøv igjen seinare med same Idempotency-Key. Vis til instance når de tek kontakt."
    en "Try again later with the same Idempotency-Key. Quote instance when you contact us."

    ApiCursorUnknown "api_cursor_unknown" "MP-620" Error Sender AfterMending 410 None - -
    nb "Markøren er ikke fra journalen slik den er nå: en eldre kopi av lageret er satt tilbake, eller markøren har en form fra før en oppgradering."
    nn "Markøren er ikkje frå journalen slik han er no: ein eldre kopi av lageret er sett tilbake, eller markøren har ei form frå før ei oppgradering."
    en "The cursor is not of the journal as it is now: an older copy of the store has been put back, or the cursor has a form from before an upgrade."
    mend nb "Begynn på nytt uten cursor, og sammenlign versjonene: det som er hentet før, kommer igjen med samme id."
    nn "Byrj på nytt utan cursor, og samanlikn versjonane: det som er henta før, kjem igjen med same id."
    en "Begin again without a cursor, and compare versions: what was fetched before comes again under the same id."

    ApiRequestTooLarge "api_request_too_large" "MP-621" Error Sender AfterMending 413 None - -
    nb "Innholdet i forespørselen er for stort."
    nn "Innhaldet i førespurnaden er for stort."
    en "The body of the request is too large."
    mend nb "Send bare feltene i beskrivelsen på /api/v1/openapi.json. Vedlegg og meldinger sendes ikke hit."
    nn "Send berre felta i skildringa på /api/v1/openapi.json. Vedlegg og meldingar skal ikkje sendast hit."
    en "Send only the fields in the description at /api/v1/openapi.json. Attachments and reports are not sent here."

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
