//! Tuples: converted to Rust's own, and item by item.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

fn sum<const N: usize>(items: [i32; N]) -> i64 {
    items.iter().map(|item| i64::from(*item)).sum::<i64>() & 127
}

#[pyfunction]
pub fn tuple2_in(t: (i32, i32)) -> i64 {
    sum(t.into())
}

#[pyfunction]
pub fn tuple4_in(t: (i32, i32, i32, i32)) -> i64 {
    sum(t.into())
}

#[pyfunction]
pub fn tuple8_in(t: (i32, i32, i32, i32, i32, i32, i32, i32)) -> i64 {
    sum(t.into())
}

/// By PyTuple_GetItem, which looks at the type and the length each time.
#[pyfunction]
pub fn tuple_checked(t: &Bound<'_, PyTuple>) -> PyResult<i64> {
    let a: i32 = t.get_borrowed_item(0)?.extract()?;
    let b: i32 = t.get_borrowed_item(1)?.extract()?;
    Ok(sum([a, b]))
}

/// By PySequence_GetItem, which any sequence answers.
#[pyfunction]
pub fn tuple_sequence(t: &Bound<'_, PyTuple>) -> PyResult<i64> {
    let sequence = t.as_sequence();
    let a: i32 = sequence.get_item(0)?.extract()?;
    let b: i32 = sequence.get_item(1)?.extract()?;
    Ok(sum([a, b]))
}

#[pyfunction]
pub fn tuple_out() -> (i32, i32) {
    (1_234_567, 7_654_321)
}

#[pyfunction]
pub fn list_tuple_by_reference(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        let first = x.cast::<PyTuple>()?.get_borrowed_item(0)?;
        total += i64::from(first.extract::<i32>()?);
    }
    Ok(total)
}

#[pyfunction]
pub fn list_tuple_copied(xs: Vec<(i32, i32)>) -> i64 {
    xs.iter().map(|(a, b)| i64::from(*a) + i64::from(*b)).sum()
}
