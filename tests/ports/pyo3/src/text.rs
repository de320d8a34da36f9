//! plain() of text.py, over the text where it lies.

use pyo3::prelude::*;

#[pyfunction]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    let mut blank = true;
    for c in text.chars() {
        match c {
            '*' | '_' | '`' => continue,
            ' ' | '\n' | '\t' => {
                if !blank {
                    out.push(' ');
                }
                blank = true;
                continue;
            }
            _ => blank = false,
        }
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            start = false;
            continue;
        }
        if c == '.' || c == '!' || c == '?' {
            start = true;
        }
        out.push(c);
    }
    out
}
