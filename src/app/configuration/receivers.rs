//! Whether somebody receives for each municipality.

use crate::app::contacts;
use crate::domain::AlarmKind;
use crate::domain::MunicipalityNumber;
use crate::domain::NewAlarm;
use crate::domain::Timestamp;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use jiff::civil::Date;

/// The municipalities of the directory without anybody who receives today, or without a default unit in operation.
pub fn without_receiver(directory: &Directory, day: Date) -> Vec<String> {
    let mut numbers: Vec<String> = directory
        .bodies()
        .iter()
        .filter_map(|it| match &it.owner {
            Owner::Municipality(number) => Some(number),
            Owner::HospitalTrust(_) => None,
        })
        .filter(|it| contacts::reception(directory, it, day).is_none() || !has_default(directory, it, day))
        .map(|it| it.as_str().to_owned())
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

/// One alarm for each municipality without anybody who receives, or without a default unit; cleared when there is somebody.
pub(in crate::app) async fn tell_receivers(
    directory: &Directory,
    store: &dyn OperatorStore,
    now: Timestamp,
) -> Result<(), StoreError> {
    const KIND: AlarmKind = AlarmKind::NoReceiver;
    let missing = without_receiver(directory, now.date_in_norway());
    for subject in &missing {
        store.open_alarm(NewAlarm { kind: KIND, subject: subject.clone() }, now).await?;
    }
    for alarm in store.alarms().await? {
        if alarm.kind == KIND && !missing.contains(&alarm.subject) {
            store.clear_alarm(KIND, &alarm.subject, now).await?;
        }
    }
    Ok(())
}

fn has_default(directory: &Directory, number: &MunicipalityNumber, day: Date) -> bool {
    let body = directory.body_on(&Owner::Municipality(number.clone()), day);
    let unit = body.and_then(|it| it.default_on(day)).and_then(|it| directory.unit(&it.unit));
    unit.is_some_and(|it| it.validity.contains(day))
}
