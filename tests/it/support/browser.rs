//! A browser that keeps its cookies and follows nothing by itself.

use reqwest::Certificate;
use reqwest::Client;
use reqwest::Method;
use reqwest::header;
use reqwest::redirect;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::Path;

pub struct Browser {
    client: Client,
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

/// What the inbox answered.
pub struct Page {
    pub status: u16,
    /// Where it sends the browser.
    pub location: String,
    pub body: String,
}

impl Browser {
    /// Trusts the made-up authority and nobody else.
    pub fn new(address: SocketAddr, authority: &Path) -> Self {
        let authority = Certificate::from_pem(&std::fs::read(authority).unwrap()).unwrap();
        let client = Client::builder().tls_certs_only([authority]).redirect(redirect::Policy::none()).build().unwrap();
        Self { client, address, cookies: BTreeMap::new() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Posts the form on `page` that goes to `action`, with its key.
    pub async fn post(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let key = page.key(action);
        let mut body = format!("key={}", escaped(&key));
        for (name, value) in fields {
            write!(body, "&{name}={}", escaped(value)).unwrap();
        }
        self.send(Method::POST, action, Some(body)).await
    }

    /// The page «Sjekk en melding» after a message has been uploaded to it.
    pub async fn check(&self, message: &[u8]) -> String {
        const EDGE: &str = "kant-9f31";
        let head = "content-disposition: form-data; name=\"file\"; filename=\"melding.xml\"\r\ncontent-type: text/xml";
        let body =
            [format!("--{EDGE}\r\n{head}\r\n\r\n").as_bytes(), message, format!("\r\n--{EDGE}--\r\n").as_bytes()]
                .concat();
        let request = self
            .client
            .post(format!("https://{}/sjekk", self.address))
            .header(header::ACCEPT_LANGUAGE, "nb")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .body(body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.text().await.unwrap()
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Page {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self
            .client
            .request(method, format!("https://{}{path}", self.address))
            .header(header::ACCEPT_LANGUAGE, "nb")
            .header(header::COOKIE, cookies.join("; "));
        if let Some(form) = form {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        }
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = response.headers().get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned());
        Page {
            status: response.status().as_u16(),
            location: location.unwrap_or_default(),
            body: response.text().await.unwrap(),
        }
    }
}

impl Page {
    /// The key of the form that goes to `action`.
    fn key(&self, action: &str) -> String {
        let action = format!("action=\"{action}\"");
        let form = self.body.split("<form").find(|it| it.contains(&action));
        let form = form.unwrap_or_else(|| panic!("no form with {action} on {}", self.body));
        form.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// Where the forms on the page go to.
    pub fn actions(&self) -> Vec<&str> {
        self.body.split(" action=\"").skip(1).filter_map(|it| it.split('"').next()).collect()
    }

    pub fn title(&self) -> &str {
        self.body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
    }
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            write!(all, "%{byte:02X}").unwrap();
        }
        all
    })
}
