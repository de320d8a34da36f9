//! Kernel "editdist" on two strs and on bytes.

use pyo3::prelude::*;

/// One row of distances, in place.
fn distance<T: PartialEq>(a: impl Iterator<Item = T>, b: &[T]) -> u32 {
    let mut row: Vec<u32> = (0..=b.len() as u32).collect();
    for (i, mine) in (1..).zip(a) {
        let mut diagonal = row[0];
        let mut best = i;
        row[0] = best;
        for (other, place) in b.iter().zip(&mut row[1..]) {
            let above = *place;
            best = (best + 1).min((above + 1).min(diagonal + u32::from(mine != *other)));
            *place = best;
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Rust reads a str from its start only, so that one of them is spread out first.
#[pyfunction]
pub fn editdist_objects(a: &str, b: &str) -> u32 {
    let mut spread = Vec::with_capacity(b.len());
    spread.extend(b.chars());
    distance(a.chars(), &spread)
}

#[pyfunction]
pub fn editdist_native(a: &[u8], b: &[u8]) -> u32 {
    distance(a.iter().copied(), b)
}
