//! Texts to trees with places: front matter, YAML, Markdown, slugs, addresses.
//!
//! In: a text, or a region of one. Out: trees whose every node knows its bytes in the
//! file. Keeps true: parsing never fails, it returns what it could read and findings; a
//! part of a file is passed on as a [`Region`], never as a bare string. Knows no kind of
//! content.

pub mod front_matter;
pub mod link;
pub mod markdown;
mod region;
pub mod sentence;
pub mod slug;
pub mod url;
pub mod yaml;

pub use region::Region;
