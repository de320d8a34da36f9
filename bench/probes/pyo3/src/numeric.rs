//! Kernel "numeric" on Python's objects and on a block of memory.

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::buffers::items_of;

const RATE: f64 = 0.125;
const LIMIT: f64 = 0.5;

struct Numeric {
    level: f64,
    total: f64,
}

impl Numeric {
    fn add(&mut self, x: f64) {
        let change = (x - self.level).clamp(-LIMIT, LIMIT);
        self.level += RATE * change;
        self.total += self.level * self.level;
    }
}

#[pyfunction]
pub fn numeric_objects(xs: &Bound<'_, PyList>) -> PyResult<f64> {
    let level = xs.get_item(0)?.extract()?;
    let mut numeric = Numeric { level, total: 0.0 };
    for x in xs.iter() {
        numeric.add(x.extract()?);
    }
    Ok(numeric.total)
}

#[pyfunction]
pub fn numeric_native(xs: PyBuffer<f64>) -> PyResult<f64> {
    let items = items_of(&xs)?;
    let mut numeric = Numeric {
        level: items[0],
        total: 0.0,
    };
    for x in items {
        numeric.add(*x);
    }
    Ok(numeric.total)
}
