//! Attributes of objects of Python classes, looked up by name.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

fn age_of(object: &Bound<'_, PyAny>) -> PyResult<i64> {
    object.getattr(intern!(object.py(), "age"))?.extract()
}

/// The name is made once.
#[pyfunction]
pub fn object_attribute(o: &Bound<'_, PyAny>) -> PyResult<i64> {
    Ok(age_of(o)? & 127)
}

/// The name is made anew from a &str in every call.
#[pyfunction]
pub fn object_attribute_built(o: &Bound<'_, PyAny>) -> PyResult<i64> {
    Ok(o.getattr("age")?.extract::<i64>()? & 127)
}

/// Five attributes of an object; each is looked up by its name, which is made once.
#[derive(FromPyObject)]
pub struct Five {
    id: i64,
    age: i64,
    score: f64,
    weight: f64,
    level: i64,
}

impl Five {
    fn sum(&self) -> i64 {
        self.id + self.age + self.level + (self.score + self.weight) as i64
    }
}

#[pyfunction]
pub fn object_five(o: Five) -> i64 {
    o.sum() & 127
}

#[derive(FromPyObject)]
pub struct Eight {
    id: i64,
    age: i64,
    score: f64,
    weight: f64,
    level: i64,
    rank: i64,
    stock: i64,
    price: f64,
}

#[pyfunction]
pub fn object_eight(o: Eight) -> i64 {
    let whole = o.id + o.age + o.level + o.rank + o.stock;
    (whole + (o.score + o.weight + o.price) as i64) & 127
}

#[pyfunction]
pub fn list_object_by_reference(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += age_of(&x)?;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_object_copied(xs: Vec<Five>) -> i64 {
    xs.iter().map(Five::sum).sum()
}

#[pyfunction]
pub fn dict_object_walk(d: &Bound<'_, PyDict>) -> PyResult<i64> {
    let mut total = 0;
    for (_, value) in d.iter() {
        total += age_of(&value)?;
    }
    Ok(total)
}
