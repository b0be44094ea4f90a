//! One instance to many, each with one thing changed.

use serde_json::{Value, json};

/// Texts that fit somewhere and nearly fit elsewhere, for what is a text or a number.
const TEXTS: &str = r#"[
    " ", "two words", "UPPER", "a--b", "-a", "a_b", "index", "é", "true", "True", "no",
    "1", "4", "5", "-1", "1.5", "012", 0, 1, 3, 5, -1, 300, 4294967296,
    "2026-11-20", "2026-02-30", "2026-1-1", "20261120", "2026-11-20T00:00", " 2026-11-20",
    "3 h", " 3 h ", "3  h", "2-5 h", "0.5-1.5 days", ".5 weeks", "5. h", "0 h", "0-3 h",
    "1.2.3 h", "2 hours", "2-5", "h", "2--5 h", "-2 h",
    "http://a.b", " https://a.b/c?d#e ", "https://", "https:///c", "https://a b",
    "https://a/<b>", "ftp://a.b", "HTTPS://a.b", "a.b",
    "easy", "Easy", "apm", "none", "draft", "step:sample", "custo*"
]"#;

/// Values of every shape, for all.
const SHAPES: &str = r#"[
    null, "", "text", true, false, 1.5, [], [""], [null], ["text"], [1], [[]], [{}], {},
    { "text": "text" }, { "1": "text" }
]"#;

fn odd(value: &Value) -> Vec<Value> {
    let list = |text| serde_json::from_str::<Vec<Value>>(text).expect("it is JSON");
    let lengths = [65, 161, 221].map(|length| Value::from("a".repeat(length)));
    match value.is_array() || value.is_object() {
        true => list(SHAPES),
        false => [list(SHAPES), list(TEXTS), lengths.to_vec()].concat(),
    }
}

/// All changes of an instance, each with words that name it.
pub(crate) fn of(instance: &Value) -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    for place in places(instance) {
        let at = instance.pointer(&place).expect("the place is there");
        if !place.is_empty() {
            changes.extend(odd(at).into_iter().map(|value| (place.clone(), value)));
        }
        changes.extend(variants(at).into_iter().map(|value| (place.clone(), value)));
    }
    let apply = |(place, value): (String, Value)| {
        let mut changed = instance.clone();
        let said: String = value.to_string().chars().take(60).collect();
        *changed.pointer_mut(&place).expect("the place is there") = value;
        (format!("{place} = {said}"), changed)
    };
    changes.into_iter().map(apply).collect()
}

/// The pointers to all values; what holds entries is not taken apart at the root.
fn places(value: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.map(|(number, value)| (number.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, child) in children {
        places.extend(places_of(child).map(|place| format!("/{name}{place}")));
    }
    places
}

fn places_of(value: &Value) -> impl Iterator<Item = String> {
    places(value).into_iter()
}

/// A map without each of its fields and with one more, a list of other lengths.
fn variants(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => {
            let without = fields.keys().map(|name| {
                let mut fields = fields.clone();
                fields.shift_remove(name);
                Value::from(fields)
            });
            let mut more = fields.clone();
            more.insert("unheard-of".into(), json!("text"));
            without.chain([more.into()]).collect()
        }
        // The same entry twice is a clash of two entries, which no schema sees.
        Value::Array(items) if items.iter().any(is_entry) => Vec::new(),
        Value::Array(items) => {
            let length = |length| items.iter().cycle().take(length).cloned().collect();
            [1, 2, 3, 4, 8, 9].map(|count| Value::Array(length(count))).to_vec()
        }
        _ => Vec::new(),
    }
}

fn is_entry(value: &Value) -> bool {
    value.get("id").is_some() && value.get("title").is_none()
}
