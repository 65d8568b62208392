//! Passkeys (WebAuthn): a key pair on the person's own device, which proves presence and person at once.
//!
//! We ask for no attestation, so what a browser says of a new key is as good as what an authenticator's certificate would
//! not say either. The challenge is a form key of ours with the time in it: it fits one browser, for a few minutes, once.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form_key;
use crate::inbox::form_key::Nonce;
use crate::inbox::known;
use crate::inbox::known::Origin;
use crate::inbox::language;
use crate::inbox::session;
use crate::inbox::session::AnyStage;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in;
use crate::inbox::start;
use crate::inbox::token;
use crate::storage::Actor;
use crate::storage::Passkey;
use crate::storage::Proof;
use crate::storage::SignInMethod;
use crate::storage::StoreError;
use aws_lc_rs::signature::ECDSA_P256_SHA256_ASN1;
use aws_lc_rs::signature::ED25519;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use aws_lc_rs::signature::UnparsedPublicKey;
use aws_lc_rs::signature::VerificationAlgorithm;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

const ADD: &str = "/account/passkey";
const SIGN_IN: &str = "/sign-in/passkey";
/// A challenge holds in the window it was made in and in the next one.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// Characters of a passkey's name.
const NAME_CHARACTERS_MAX: usize = 60;
/// Passkeys of one person.
const PASSKEYS_MAX: usize = 10;
/// Longest id of a credential. Bytes, as the standard has it.
const CREDENTIAL_BYTES_MAX: usize = 1023;

/// COSE's numbers of the algorithms that we take.
const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(ADD, post(add))
        .route("/account/passkey/{credential}/remove", post(remove))
        .route(SIGN_IN, post(sign_in_with))
}

pub(super) fn remove_action(credential: &[u8]) -> String {
    format!("/account/passkey/{}/remove", URL_SAFE_NO_PAD.encode(credential))
}

/// What a page needs so that the script can make a passkey.
pub(super) struct Making {
    pub key: String,
    pub challenge: String,
    pub rp_id: String,
    /// Base64url of an id that says nothing of the person.
    pub user: String,
    pub login: String,
    pub name: String,
    pub known: String,
}

impl Making {
    pub(super) fn of(house: &House, who: &SignedIn, known: &[Passkey]) -> Self {
        let known: Vec<String> = known.iter().map(|it| URL_SAFE_NO_PAD.encode(&it.credential)).collect();
        Self {
            key: who.draw_key(ADD),
            challenge: challenge(&who.session.form_secret, ADD, house.now()),
            rp_id: rp_id(house),
            user: URL_SAFE_NO_PAD.encode(who.user.id.0.as_bytes()),
            login: who.user.login.clone(),
            name: who.user.display_name.clone(),
            known: known.join(" "),
        }
    }
}

/// What the sign-in page needs so that the script can ask for a passkey: challenge and RP id.
pub(in crate::inbox) fn asking(house: &House, secret: &Redacted<String>) -> (String, String) {
    (challenge(secret, SIGN_IN, house.now()), rp_id(house))
}

fn rp_id(house: &House) -> String {
    let url = Url::parse(&house.config().public_address).ok();
    url.and_then(|it| it.host_str().map(str::to_owned)).unwrap_or_default()
}

fn origin(house: &House) -> String {
    Url::parse(&house.config().public_address).map(|it| it.origin().ascii_serialization()).unwrap_or_default()
}

fn window(at: Timestamp) -> i64 {
    at.0.div_euclid(i64::try_from(WINDOW.as_micros()).unwrap_or(i64::MAX))
}

fn challenge(secret: &Redacted<String>, action: &str, now: Timestamp) -> String {
    form_key::draw(secret, &format!("{action} {}", window(now)))
}

fn check_challenge(secret: &Redacted<String>, action: &str, brought: &str, now: Timestamp) -> Option<Nonce> {
    let here = window(now);
    [here, here - 1].into_iter().find_map(|it| form_key::check(secret, &format!("{action} {it}"), brought))
}

/// What a browser tells of the ceremony.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

/// What a ceremony is held against.
struct Expected<'a> {
    kind: &'a str,
    origin: &'a str,
    rp_id: &'a str,
}

/// What an authenticator says.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    /// Our challenge, as text.
    challenge: String,
    signatures: u32,
    /// Of a new key.
    credential: Option<Vec<u8>>,
}

/// Checks everything but the signature and the challenge. `None`: it is not for us, or the person was not verified.
fn shown(client_data: &[u8], authenticator: &[u8], expected: &Expected<'_>) -> Option<Shown> {
    let said: ClientData = serde_json::from_slice(client_data).ok()?;
    if said.kind != expected.kind || said.origin != expected.origin || said.cross_origin {
        return None;
    }
    let challenge = String::from_utf8(URL_SAFE_NO_PAD.decode(said.challenge).ok()?).ok()?;
    let (rp, rest) = authenticator.split_at_checked(32)?;
    if rp != token::sha256(expected.rp_id.as_bytes()) {
        return None;
    }
    let (flags, rest) = rest.split_first()?;
    // The person was there (bit 0) and was verified (bit 2): by fingerprint, face or PIN.
    if flags & 0b101 != 0b101 {
        return None;
    }
    let (counter, rest) = rest.split_first_chunk::<4>()?;
    let signatures = u32::from_be_bytes(*counter);
    let credential = if flags & 0b0100_0000 == 0 {
        None
    } else {
        let (_aaguid, rest) = rest.split_at_checked(16)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        Some(rest.get(..length).filter(|it| !it.is_empty() && it.len() <= CREDENTIAL_BYTES_MAX)?.to_vec())
    };
    Some(Shown { challenge, signatures, credential })
}

/// Whether `signature` over what was shown is by that key.
fn is_by(passkey: &Passkey, client_data: &[u8], authenticator: &[u8], signature: &[u8]) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm = match passkey.algorithm {
        ES256 => &ECDSA_P256_SHA256_ASN1,
        EDDSA => &ED25519,
        RS256 => &RSA_PKCS1_2048_8192_SHA256,
        _ => return false,
    };
    let mut signed = authenticator.to_vec();
    signed.extend_from_slice(&token::sha256(client_data));
    UnparsedPublicKey::new(algorithm, &passkey.public_key).verify(&signed, signature).is_ok()
}

#[derive(Deserialize)]
struct AddForm {
    key: String,
    #[serde(default)]
    name: String,
    client_data: String,
    authenticator: String,
    public_key: String,
    algorithm: i64,
}

/// Keeps a new passkey.
async fn add(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    headers: HeaderMap,
    Posted(form): Posted<AddForm>,
) -> Result<Response, Fault> {
    who.check_key(ADD, &form.key)?;
    factor::refuse_half(&house, &who).await?;
    let fault = |it| Fault::store(who.language, it);
    let wrong = || Fault::form_key_wrong(who.language);
    let (client_data, authenticator) = (decoded(&form.client_data), decoded(&form.authenticator));
    let expected = Expected { kind: "webauthn.create", origin: &origin(&house), rp_id: &rp_id(&house) };
    let shown = shown(&client_data, &authenticator, &expected).ok_or_else(wrong)?;
    let secret = &who.session.form_secret;
    check_challenge(secret, ADD, &shown.challenge, house.now()).ok_or_else(wrong)?;
    let known = house.inbox.factors.passkeys(who.user.id).await.map_err(fault)?;
    if !matches!(form.algorithm, ES256 | EDDSA | RS256) || known.len() >= PASSKEYS_MAX {
        return Err(wrong());
    }
    let name: String = form.name.trim().chars().take(NAME_CHARACTERS_MAX).collect();
    let passkey = Passkey {
        credential: shown.credential.ok_or_else(wrong)?,
        user: who.user.id,
        name: if name.is_empty() { format!("{}", known.len() + 1) } else { name },
        public_key: decoded(&form.public_key),
        algorithm: form.algorithm,
        signatures: shown.signatures,
    };
    if !house.inbox.factors.add_passkey(&passkey, house.now()).await.map_err(fault)? {
        return Ok(Redirect::to(factor::ACCOUNT).into_response());
    }
    house.journal(who.actor(), "second_factor_set", "passkey").await.map_err(fault)?;
    if who.session.proof.factors >= 2 {
        return Ok(Redirect::to(factor::ACCOUNT).into_response());
    }
    // The device has just verified the person, as at a sign-in: from now on the session has two factors.
    let cookie = factor::go_on(&house, &headers, &who).await.map_err(fault)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(factor::ACCOUNT)).into_response())
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).unwrap_or_default()
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

async fn remove(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(credential): Path<String>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let credential = decoded(&credential);
    who.check_key(&remove_action(&credential), &form.key)?;
    factor::may_take_away(&house, &who).await?;
    let fault = |it| Fault::store(who.language, it);
    if house.inbox.factors.remove_passkey(who.user.id, &credential).await.map_err(fault)? {
        house.journal(who.actor(), "second_factor_removed", "passkey").await.map_err(fault)?;
        factor::end_others(&house, &who).await?;
    }
    Ok(Redirect::to(factor::ACCOUNT).into_response())
}

#[derive(Deserialize)]
struct SignInForm {
    credential: String,
    client_data: String,
    authenticator: String,
    signature: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    lang: String,
}

/// Signs in with a passkey.
async fn sign_in_with(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    client: Client,
    Posted(form): Posted<SignInForm>,
) -> Result<Response, Fault> {
    let language = language::from_tag(&form.lang).unwrap_or_else(|| language::of_browser(&headers));
    let fault = |it| Fault::store(language, it);
    let Some(passkey) = proved(&house, &headers, &form).await.map_err(fault)? else {
        if let Some(wait) = Origin::of(&house, client, &headers).failed(&house).await.map_err(fault)? {
            return Ok(sign_in::turned_away(&house, &headers, language, wait));
        }
        house.inbox.metrics.sign_in_failed("passkey");
        house.journal(Actor::House, "sign_in_failed", "passkey").await.map_err(fault)?;
        return Ok(Redirect::to("/sign-in?refused=provider").into_response());
    };
    let user = house.inbox.accounts.user_by_id(passkey.user).await.map_err(fault)?;
    let Some(user) = user.filter(|it| it.ended_at.is_none() && house.config().local_accounts) else {
        return Ok(Redirect::to("/sign-in?refused=nobody").into_response());
    };
    let proof = Proof { method: SignInMethod::Passkey, factors: 2, ..Proof::password(house.now()) };
    let token = session::begin(&house, &headers, user.id, proof).await.map_err(fault)?;
    house.journal(session::actor_of(&user), "signed_in", "passkey").await.map_err(fault)?;
    let cookie = session::cookie(&token, language, house.config().session_max());
    let place = start::place(&house, passkey.user, &form.next).await.map_err(fault)?;
    let response = ([(header::SET_COOKIE, cookie)], Redirect::to(&place)).into_response();
    Ok(sign_in::with_cookie(response, known::remember(&house, &headers)))
}

/// The passkey whose signature fits. `None`: something does not.
async fn proved(house: &House, headers: &HeaderMap, form: &SignInForm) -> Result<Option<Passkey>, StoreError> {
    let (client_data, authenticator) = (decoded(&form.client_data), decoded(&form.authenticator));
    let expected = Expected { kind: "webauthn.get", origin: &origin(house), rp_id: &rp_id(house) };
    let Some(shown) = shown(&client_data, &authenticator, &expected) else { return Ok(None) };
    let (secret, unknown) = sign_in::form_secret(headers);
    let now = house.now();
    let Some(nonce) = check_challenge(&secret, SIGN_IN, &shown.challenge, now).filter(|_| unknown.is_none()) else {
        return Ok(None);
    };
    let credential = decoded(&form.credential);
    let Some(passkey) = house.inbox.factors.passkey(&credential).await? else { return Ok(None) };
    if !is_by(&passkey, &client_data, &authenticator, &decoded(&form.signature)) {
        return Ok(None);
    }
    // Once for each challenge, in this process; the counter of the key sees to it elsewhere, when it has one.
    let mut first = false;
    let once = house.challenges.run(nonce, now, || async {
        first = true;
        Ok::<(), StoreError>(())
    });
    once.await?;
    if !first || !house.inbox.factors.use_passkey(&credential, shown.signatures, now).await? {
        return Ok(None);
    }
    Ok(Some(passkey))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::UserId;
    use aws_lc_rs::encoding::AsDer as _;
    use aws_lc_rs::encoding::PublicKeyX509Der;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    use aws_lc_rs::signature::EcdsaKeyPair;
    use aws_lc_rs::signature::KeyPair as _;
    use uuid::Uuid;

    const EXPECTED: Expected<'static> =
        Expected { kind: "webauthn.get", origin: "https://innboks.example:9443", rp_id: "innboks.example" };

    fn client_data(kind: &str, origin: &str) -> Vec<u8> {
        let challenge = URL_SAFE_NO_PAD.encode("nonce.tag");
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#).into_bytes()
    }

    fn authenticator(rp: &str, flags: u8) -> Vec<u8> {
        let mut data = token::sha256(rp.as_bytes()).to_vec();
        data.push(flags);
        data.extend_from_slice(&7_u32.to_be_bytes());
        if flags & 0x40 != 0 {
            data.extend_from_slice(&[0; 16]);
            data.extend_from_slice(&3_u16.to_be_bytes());
            data.extend_from_slice(b"kid and then the key itself");
        }
        data
    }

    #[test]
    fn only_what_is_for_us_and_by_a_verified_person_is_taken() {
        let good = client_data("webauthn.get", EXPECTED.origin);
        let seen = shown(&good, &authenticator("innboks.example", 0b101), &EXPECTED);

        assert_eq!(seen, Some(Shown { challenge: "nonce.tag".to_owned(), signatures: 7, credential: None }));
        let new = shown(&good, &authenticator("innboks.example", 0b0100_0101), &EXPECTED).unwrap();
        assert_eq!(new.credential.as_deref(), Some(&b"kid"[..]));
        for (said, data) in [
            (client_data("webauthn.create", EXPECTED.origin), authenticator("innboks.example", 0b101)),
            (client_data("webauthn.get", "https://innboks.example"), authenticator("innboks.example", 0b101)),
            (good.clone(), authenticator("evil.example", 0b101)),
            (good.clone(), authenticator("innboks.example", 0b001)),
            (good.clone(), authenticator("innboks.example", 0b100)),
            (good.clone(), authenticator("innboks.example", 0b101)[..36].to_vec()),
            (b"{}".to_vec(), authenticator("innboks.example", 0b101)),
        ] {
            assert_eq!(shown(&said, &data, &EXPECTED), None);
        }
    }

    #[test]
    fn a_signature_is_by_its_own_key_over_all_that_was_shown() {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let der: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
        let mut passkey = Passkey {
            credential: b"kid".to_vec(),
            user: UserId(Uuid::nil()),
            name: "telefon".to_owned(),
            public_key: der.as_ref().to_vec(),
            algorithm: ES256,
            signatures: 0,
        };
        let (said, data) = (client_data("webauthn.get", EXPECTED.origin), authenticator("innboks.example", 0b101));
        let signed = [data.clone(), token::sha256(&said).to_vec()].concat();
        let signature = key.sign(&SystemRandom::new(), &signed).unwrap();

        assert!(is_by(&passkey, &said, &data, signature.as_ref()));
        assert!(!is_by(&passkey, b"{}", &data, signature.as_ref()));
        assert!(!is_by(&passkey, &said, &authenticator("innboks.example", 0b111), signature.as_ref()));
        assert!(!is_by(&passkey, &said, &data, b"no signature"));
        passkey.algorithm = -65535;
        assert!(!is_by(&passkey, &said, &data, signature.as_ref()), "RS1 is not taken");
    }
}
