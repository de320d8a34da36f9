//! Classes that Rust defines and Python holds.

use pyo3::prelude::*;
use pyo3::types::PyList;

/// A class whose borrows are counted at run time, the default.
#[pyclass(get_all)]
pub struct NativeItem {
    number: i64,
    weight: f64,
}

#[pymethods]
impl NativeItem {
    #[new]
    fn new(number: i64, weight: f64) -> Self {
        NativeItem { number, weight }
    }
}

/// A class that never changes, so that nothing has to be counted.
#[pyclass(frozen, get_all)]
pub struct NativeItemFrozen {
    number: i64,
    weight: f64,
}

#[pymethods]
impl NativeItemFrozen {
    #[new]
    fn new(number: i64, weight: f64) -> Self {
        NativeItemFrozen { number, weight }
    }
}

/// The same, from which Python classes may be derived.
#[pyclass(frozen, subclass, get_all)]
pub struct NativeItemBase {
    number: i64,
    weight: f64,
}

#[pymethods]
impl NativeItemBase {
    #[new]
    fn new(number: i64, weight: f64) -> Self {
        NativeItemBase { number, weight }
    }
}

#[pyfunction]
pub fn native_field(o: &Bound<'_, NativeItemFrozen>) -> i64 {
    o.get().number & 127
}

#[pyfunction]
pub fn native_field_borrowed(o: PyRef<'_, NativeItem>) -> i64 {
    o.number & 127
}

#[pyfunction]
pub fn native_item_out() -> NativeItemFrozen {
    NativeItemFrozen { number: 1_234_567, weight: 0.5 }
}

#[pyfunction]
pub fn native_items_out(n: i64) -> Vec<NativeItemFrozen> {
    (0..n).map(|i| NativeItemFrozen { number: i + 5_000, weight: 0.5 }).collect()
}

#[pyfunction]
pub fn list_native_borrowed(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.cast::<NativeItem>()?.try_borrow()?.number;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_native_frozen(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.cast::<NativeItemFrozen>()?.get().number;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_native_exact(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.cast_exact::<NativeItemFrozen>()?.get().number;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_native_base(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.cast::<NativeItemBase>()?.get().number;
    }
    Ok(total)
}
