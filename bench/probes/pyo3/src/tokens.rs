//! Kernel "tokens" on a str and into a dict, and on bytes and into a map.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::groups::groups;
use crate::textscan::is_letter;

#[pyfunction]
pub fn tokens_objects<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyDict>> {
    let counts = PyDict::new(py);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        if word.is_empty() {
            continue;
        }
        let word = PyString::new(py, word);
        let count: i64 = match counts.get_item(&word)? {
            Some(count) => count.extract()?,
            None => 0,
        };
        counts.set_item(word, count + 1)?;
    }
    Ok(counts)
}

#[pyfunction]
pub fn tokens_native(data: &[u8]) -> PyResult<u64> {
    let text = std::str::from_utf8(data).map_err(|e| PyValueError::new_err(e.to_string()))?;
    // A guess of how many words there are: one of 32 characters is a new one.
    let mut counts = groups::<u64>(text.len() / 32);
    // Between letters of ASCII every place is a boundary of characters.
    let mut rest = 0;
    while let Some(start) = data[rest..].iter().position(|c| is_letter(*c)) {
        let start = rest + start;
        let length = data[start..].iter().position(|c| !is_letter(*c));
        rest = length.map_or(data.len(), |length| start + length);
        *counts.entry(&text[start..rest]).or_insert(0) += 1;
    }
    Ok(counts.values().map(|count| count * count).sum())
}
