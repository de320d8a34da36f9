//! Kernel "textscan" on a str and on bytes.

use pyo3::prelude::*;

/// 1 for the letters of ASCII; see native/textscan.h for why it is looked up.
static LETTER: [u8; 256] = {
    let mut table = [0; 256];
    let mut c = 0;
    while c < 256 {
        if (c as u8).is_ascii_alphabetic() {
            table[c] = 1;
        }
        c += 1;
    }
    table
};

pub fn is_letter(c: u8) -> bool {
    LETTER[usize::from(c)] != 0
}

fn count(letters: impl Iterator<Item = bool>) -> usize {
    let mut count = 0;
    let mut before = false;
    for now in letters {
        count += usize::from(now & !before);
        before = now;
    }
    count
}

#[pyfunction]
pub fn textscan_objects(text: &str) -> usize {
    count(text.chars().map(char::is_alphabetic))
}

#[pyfunction]
pub fn textscan_native(data: &[u8]) -> usize {
    count(data.iter().map(|c| is_letter(*c)))
}
