//! How long something takes: `2-5 h`, `3 h`, `4-12 weeks`.

use serde_json::json;
use tera::Value;

use super::scalar::scalar;
use super::{Data, Field, Look, Reader, choices};
use crate::syntax::yaml::Node;

choices! {
    /// What effort is counted in.
    Unit {
        /// Hours.
        Hours "h",
        /// Days.
        Days "days",
        /// Weeks.
        Weeks "weeks",
    }
}

/// A range of effort; both ends are equal for a single number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// The least.
    pub from: f64,
    /// The most.
    pub to: f64,
    /// What is counted.
    pub unit: Unit,
}

impl Effort {
    fn parse(text: &str) -> Option<Self> {
        let (range, unit) = text.trim().split_once(' ')?;
        let unit = match unit.trim() {
            "h" => Unit::Hours,
            "days" => Unit::Days,
            "weeks" => Unit::Weeks,
            _ => return None,
        };
        let (from, to) = match range.split_once('-') {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(range)?, number(range)?),
        };
        let fits = from > 0.0 && (from < to || !range.contains('-'));
        fits.then_some(Self { from, to, unit })
    }
}

fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| plain)
}

impl Field for Effort {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let expected = "an effort such as `2-5 h`, `3 days` or `4-12 weeks`";
        let effort = Self::parse(scalar(node, reader, expected)?);
        if effort.is_none() {
            reader.unfit(node, expected);
        }
        effort
    }

    fn schema() -> serde_json::Value {
        // Not zero; that a range rises is more than a pattern can say.
        let number = "(\\d*[1-9]\\d*(\\.\\d*)?|\\d*\\.\\d*[1-9]\\d*)";
        let pattern = format!("^\\s*{number}(-{number})? \\s*(h|days|weeks)\\s*$");
        json!({ "type": "string", "pattern": pattern })
    }

    fn data(&self, _: &dyn Look) -> Value {
        let range = match self.from < self.to {
            true => format!("{}\u{2013}{}", self.from, self.to),
            false => self.from.to_string(),
        };
        let mut data = Data::new();
        data.insert("range", Value::normal_string(&range));
        data.insert("from", Value::from(self.from));
        data.insert("to", Value::from(self.to));
        data.insert("unit", Value::normal_string(self.unit.word()));
        data.into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Effort, Unit};

    #[test]
    fn one_number_or_a_rising_range() {
        let effort = |from, to, unit| Some(Effort { from, to, unit });
        assert_eq!(Effort::parse("2-5 h"), effort(2.0, 5.0, Unit::Hours));
        assert_eq!(Effort::parse("1.5 days"), effort(1.5, 1.5, Unit::Days));
        for wrong in
            ["5-2 h", "3-3 h", "2 hours", "h", "2-5", "-2 h", "2--5 h", "0 h", "inf h"]
        {
            assert_eq!(Effort::parse(wrong), None, "{wrong}");
        }
    }
}
