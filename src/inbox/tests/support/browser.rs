//! One browser: keeps cookies, reads form keys off the page.

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::Method;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use http_body_util::BodyExt as _;
use std::collections::HashMap;
use tower::ServiceExt as _;

/// One browser: keeps cookies, reads form keys off the page.
#[derive(Clone)]
pub(in crate::inbox::tests) struct Browser {
    pub(super) router: Router,
    pub cookies: HashMap<String, String>,
    pub language: &'static str,
}

pub(in crate::inbox::tests) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub(in crate::inbox::tests) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The key of the form on this page that posts to `action`.
    pub(in crate::inbox::tests) fn key(&self, action: &str) -> Option<String> {
        let form = self.body.split("<form").find(|it| it.contains(&format!("action=\"{action}\"")))?;
        let key = form.split("name=\"key\" value=\"").nth(1)?;
        Some(key.split('"').next()?.to_owned())
    }

    /// Where the forms on this page go to.
    pub(in crate::inbox::tests) fn actions(&self) -> Vec<&str> {
        self.body.split(" action=\"").skip(1).filter_map(|it| it.split('"').next()).collect()
    }

    pub(in crate::inbox::tests) fn title(&self) -> &str {
        self.body.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
    }
}

impl Browser {
    pub(in crate::inbox::tests) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Posts the form on `page` that goes to `action`, with its key, as a browser would.
    pub(in crate::inbox::tests) async fn post(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        page: &Answer,
    ) -> Answer {
        let key = page.key(action).unwrap_or_else(|| panic!("no form to {action} on {}", page.body));
        let mut fields = fields.to_vec();
        fields.push(("key", &key));
        self.post_bare(action, &fields).await
    }

    /// Posts exactly these fields.
    pub(in crate::inbox::tests) async fn post_bare(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = crate::inbox::fault::query_value;
        let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.send(Method::POST, action, Body::from(fields.join("&"))).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Body) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method.clone()).uri(path);
        request = request.header(header::ACCEPT_LANGUAGE, self.language).header(header::COOKIE, cookies.join("; "));
        if method == Method::POST {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin");
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        // A package for the archive is not text.
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
