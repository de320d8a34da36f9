//! Text and bytes: seen in place, copied, and made.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

/// What proves that a text was read: a number under 128.
fn ends(text: &[u8]) -> usize {
    (text.len() + usize::from(text[0]) + usize::from(text[text.len() - 1])) & 127
}

#[pyfunction]
pub fn str_by_reference(s: &str) -> usize {
    ends(s.as_bytes())
}

#[pyfunction]
pub fn str_copied(s: String) -> usize {
    ends(s.as_bytes())
}

#[pyfunction]
pub fn str_wide(s: &str) -> usize {
    ends(s.as_bytes())
}

#[pyfunction]
pub fn str_untouched(_s: &Bound<'_, PyString>) -> bool {
    true
}

/// A text that Python holds and only native code reads.
#[pyclass(frozen, name = "native_text")]
pub struct NativeText {
    text: String,
}

#[pymethods]
impl NativeText {
    #[new]
    fn new(n: usize) -> Self {
        NativeText { text: "x".repeat(n) }
    }
}

#[pyfunction]
pub fn str_out(held: &NativeText) -> &str {
    &held.text
}

#[pyfunction]
pub fn bytes_by_reference(b: &[u8]) -> usize {
    ends(b)
}

#[pyfunction]
pub fn bytes_copied(b: Vec<u8>) -> usize {
    ends(&b)
}

/// A slice of bytes becomes an object of class bytes.
#[pyfunction]
pub fn bytes_out(held: &NativeText) -> &[u8] {
    held.text.as_bytes()
}

#[pyfunction]
pub fn list_str_by_reference(xs: &Bound<'_, PyList>) -> PyResult<usize> {
    let mut total = 0;
    for x in xs.iter() {
        let text = x.extract::<&str>()?;
        total += text.len() + usize::from(text.as_bytes()[0]);
    }
    Ok(total)
}

#[pyfunction]
pub fn list_str_copied(xs: Vec<String>) -> usize {
    let mut total = 0;
    for text in &xs {
        total += text.len() + usize::from(text.as_bytes()[0]);
    }
    total
}

/// Texts that Python holds and only native code reads.
#[pyclass(frozen, name = "native_texts")]
pub struct NativeTexts {
    pub texts: Vec<String>,
}

#[pymethods]
impl NativeTexts {
    #[new]
    fn new(texts: Vec<String>) -> Self {
        NativeTexts { texts }
    }
}

#[pyfunction]
pub fn list_str_out(held: &NativeTexts) -> &Vec<String> {
    &held.texts
}
