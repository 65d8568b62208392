//! A case worker at her browser: signs in, opens and takes what has come, and says what is to be said.

use crate::support::Browser;
use crate::support::Page;
use crate::support::TestGateway;
use meldeport::domain::Role;

const PASSWORD: &str = "fjorten grønne elger";

pub struct CaseWorker {
    pub browser: Browser,
    login: String,
    /// Path of the case that she works with.
    pub item: String,
}

impl CaseWorker {
    /// With a new account in `units`.
    pub async fn new(gateway: &TestGateway, login: &str, units: &[&str]) -> Self {
        let link = gateway.invite(login, units).await;
        let mut browser = gateway.browser();
        let page = browser.get(&link).await;
        let page = browser.post(&page, &link, &[("password", PASSWORD), ("repeat", PASSWORD)]).await;
        assert_eq!(page.status, 303, "{}", page.body);
        Self { browser, login: login.to_owned(), item: String::new() }
    }

    /// With a new account and one role in `unit`.
    pub async fn with_role(gateway: &TestGateway, login: &str, role: Role, unit: &str) -> Self {
        let person = Self::new(gateway, login, &[]).await;
        gateway.grant(login, role, unit).await;
        person
    }

    /// Signs in again: some days have gone.
    pub async fn sign_in(&mut self) {
        let page = self.browser.get("/sign-in").await;
        let fields = [("login", self.login.as_str()), ("password", PASSWORD)];
        let page = self.browser.post(&page, "/sign-in", &fields).await;
        assert_eq!(page.status, 303, "{}", page.body);
    }

    pub async fn list(&mut self) -> Page {
        let page = self.browser.get("/").await;
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// What she is responsible for.
    pub async fn mine(&mut self) -> Page {
        let page = self.browser.get("/?tab=mine").await;
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// Opens the first unread report of the list, and takes it.
    pub async fn take(&mut self) -> Page {
        let list = self.list().await;
        let open = list.actions().into_iter().find(|it| it.ends_with("/open"));
        let open = open.unwrap_or_else(|| panic!("nothing to open: {}", list.body)).to_owned();
        self.item = self.browser.post(&list, &open, &[]).await.location;
        self.press("take").await
    }

    /// Presses a button of the case's page.
    pub async fn press(&mut self, act: &str) -> Page {
        let (page, path) = (self.page().await, format!("{}/{act}", self.item));
        let page = self.browser.post(&page, &path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.body);
        self.page().await
    }

    /// The case's page.
    pub async fn page(&mut self) -> Page {
        let page = self.browser.get(&self.item.clone()).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// The form of an act, empty.
    pub async fn form(&mut self, act: &str) -> Page {
        let page = self.browser.get(&format!("{}/do/{act}", self.item)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// Fills in the form of an act and sends it.
    pub async fn say(&mut self, act: &str, fields: &[(&str, &str)]) -> Page {
        let (form, path) = (self.form(act).await, format!("{}/do/{act}", self.item));
        let page = self.browser.post(&form, &path, fields).await;
        assert_eq!(page.status, 303, "{}", page.body);
        self.page().await
    }
}
