//! A form as posted; one that cannot be read is answered with a page like every other fault.

use crate::inbox::fault;
use crate::inbox::fault::Fault;
use axum::extract::Form;
use axum::extract::FromRequest;
use axum::extract::Request;
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;

/// As axum's `Form`, with our page when it fails (a missing form key among them).
pub(super) struct Posted<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Posted<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let headers = request.headers().clone();
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(rejection) => Err(fault::unreadable_form(&headers, rejection.into_response().status())),
        }
    }
}
