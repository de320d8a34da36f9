//! Arguments that are looked at for what reading them asks of the allocators.

use pyo3::prelude::*;

#[pyfunction]
pub fn pair_in(pair: (i32, i32)) -> bool {
    pair.0 < pair.1
}

#[pyfunction]
pub fn text_in(text: &str) -> bool {
    text.len() > 5
}

#[pyfunction]
pub fn text_copied(text: String) -> bool {
    text.len() > 5
}
