//! Kernel "numeric" on Python's objects and on a block of memory.

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::buffers::items_of;

const RATE: f64 = 0.125;

struct Numeric {
    mean: f64,
    variance: f64,
}

impl Numeric {
    fn new(first: f64) -> Self {
        Numeric { mean: first, variance: 0.0 }
    }

    fn add(&mut self, x: f64) {
        let change = x - self.mean;
        let step = RATE * change;
        self.mean += step;
        self.variance = (1.0 - RATE) * (self.variance + change * step);
    }

    fn result(&self) -> f64 {
        self.mean + self.variance
    }
}

#[pyfunction]
pub fn numeric_objects(xs: &Bound<'_, PyList>) -> PyResult<f64> {
    let mut numeric = Numeric::new(xs.get_item(0)?.extract()?);
    for x in xs.iter() {
        numeric.add(x.extract()?);
    }
    Ok(numeric.result())
}

#[pyfunction]
pub fn numeric_native(xs: PyBuffer<f64>) -> PyResult<f64> {
    let items = items_of(&xs)?;
    let mut numeric = Numeric::new(items[0]);
    for x in items {
        numeric.add(*x);
    }
    Ok(numeric.result())
}
