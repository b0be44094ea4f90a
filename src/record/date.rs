//! Days and spans of time.

use jiff::ToSpan as _;
use serde_json::json;
use tera::Value;

use super::scalar::scalar;
use super::{Field, Look, Reader};
use crate::syntax::yaml::Node;

/// A day, `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub jiff::civil::Date);

/// A span of time, `12 months`.
#[derive(Debug, Clone, Copy)]
pub struct Period(pub jiff::Span);

impl Date {
    /// The day of a time in seconds since 1970, in UTC.
    pub fn at(seconds: i64) -> Option<Self> {
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Self(jiff::tz::Offset::UTC.to_datetime(time).date()))
    }

    /// Whether more than `period` has passed from this day to `today`.
    pub fn is_older_than(self, period: Period, today: Self) -> bool {
        self.0.checked_add(period.0).is_ok_and(|due| due < today.0)
    }

    fn parse(text: &str) -> Option<Self> {
        let shape =
            text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
        text.parse().ok().filter(|_| shape).map(Self)
    }
}

impl Period {
    /// Reads a count and a unit: days, weeks, months or years.
    fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: i32 =
            count.parse().ok().filter(|count| (1..=10_000).contains(count))?;
        let span = match unit.trim().trim_end_matches('s') {
            "day" => count.days(),
            "week" => count.weeks(),
            "month" => count.months(),
            "year" => i16::try_from(count).ok()?.years(),
            _ => return None,
        };
        Some(Self(span))
    }
}

impl Field for Date {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let expected = "a date such as `2026-11-23`";
        let date = Self::parse(scalar(node, reader, expected)?);
        if date.is_none() {
            reader.unfit(node, expected);
        }
        date
    }

    fn schema() -> serde_json::Value {
        json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "format": "date" })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::normal_string(&self.0.to_string())
    }
}

impl Field for Period {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let expected = "a time such as `12 months`";
        let period = Self::parse(scalar(node, reader, expected)?);
        if period.is_none() {
            reader.unfit(node, expected);
        }
        period
    }

    fn schema() -> serde_json::Value {
        json!({ "type": "string", "pattern": "^\\d+ (day|week|month|year)s?$" })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::none()
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Period};

    #[test]
    fn a_review_is_old_after_its_period() {
        let (day, today) =
            (Date::parse("2025-11-23").unwrap(), Date::parse("2026-11-23").unwrap());
        let year = Period::parse("12 months").unwrap();
        assert!(!day.is_older_than(year, today));
        assert!(Date::parse("2025-11-22").unwrap().is_older_than(year, today));
    }

    #[test]
    fn days_are_iso_and_exist() {
        assert!(Date::parse("2024-02-29").is_some());
        for wrong in
            ["2026-02-29", "2026-1-1", "20260101", "2026-01-01T00:00", "yesterday"]
        {
            assert!(Date::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn seconds_are_days_in_utc() {
        assert_eq!(Date::at(86_399).unwrap().0.to_string(), "1970-01-01");
        assert_eq!(Date::at(86_400).unwrap().0.to_string(), "1970-01-02");
    }
}
