//! Near names for the help line.

/// The greatest number of edits at which a name still counts as meant.
const FARTHEST: usize = 2;

/// The known name that is nearest to `name`, at most two edits (insert, delete, replace,
/// swap of neighbours) away; the first in order among equals. A name is never meant when
/// all of its letters would have to change.
pub fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let letters: Vec<char> = name.chars().collect();
    known
        .into_iter()
        .filter_map(|other| Some((distance(&letters, other)?, other)))
        .min()
        .map(|(_, other)| other)
}

fn distance(name: &[char], other: &str) -> Option<usize> {
    let other: Vec<char> = other.chars().collect();
    let shorter = name.len().min(other.len());
    if name.len().abs_diff(other.len()) > FARTHEST {
        return None;
    }
    let edits = edits(name, &other);
    (edits > 0 && edits <= FARTHEST && edits < shorter.max(1)).then_some(edits)
}

/// Optimal string alignment distance, three rows at a time.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_within_two_edits_are_meant() {
        let known = ["customer-insight", "communication", "delivery"];
        assert_eq!(nearest("custmer-insight", known), Some("customer-insight"));
        assert_eq!(nearest("delviery", known), Some("delivery"));
        assert_eq!(nearest("comunicaton", known), Some("communication"));
        assert_eq!(nearest("customers", known), None);
    }

    #[test]
    fn a_short_name_is_not_turned_into_another() {
        assert_eq!(nearest("ab", ["xy"]), None);
        assert_eq!(nearest("stp", ["step"]), Some("step"));
    }

    #[test]
    fn the_nearest_wins_and_ties_go_by_name() {
        assert_eq!(nearest("hard", ["hara", "har"]), Some("har"));
        assert_eq!(nearest("esy", ["easy", "espy"]), Some("easy"));
    }
}
