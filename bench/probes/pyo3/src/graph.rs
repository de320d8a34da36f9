//! Kernel "graph" on Python's objects and on a tree of Rust structs.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

const LEAST: f64 = 0.25;

fn walk_objects(node: &Bound<'_, PyAny>) -> PyResult<f64> {
    let py = node.py();
    let mut total = 0.0;
    let weight: f64 = node.getattr(intern!(py, "weight"))?.extract()?;
    if weight > LEAST {
        let value: f64 = node.getattr(intern!(py, "value"))?.extract()?;
        total += value * weight;
    }
    let children = node.getattr(intern!(py, "children"))?;
    for child in children.cast::<PyList>()?.iter() {
        total += walk_objects(&child)?;
    }
    Ok(total)
}

#[pyfunction]
pub fn graph_objects(root: &Bound<'_, PyAny>) -> PyResult<f64> {
    walk_objects(root)
}

struct Node {
    value: f64,
    weight: f64,
    children: Vec<Node>,
}

fn build(node: &Bound<'_, PyAny>) -> PyResult<Node> {
    let py = node.py();
    let mut made = Node {
        value: node.getattr(intern!(py, "value"))?.extract()?,
        weight: node.getattr(intern!(py, "weight"))?.extract()?,
        children: Vec::new(),
    };
    for child in node
        .getattr(intern!(py, "children"))?
        .cast::<PyList>()?
        .iter()
    {
        made.children.push(build(&child)?);
    }
    Ok(made)
}

fn walk(node: &Node) -> f64 {
    let mut total = 0.0;
    if node.weight > LEAST {
        total += node.value * node.weight;
    }
    for child in &node.children {
        total += walk(child);
    }
    total
}

/// A tree that Python holds and only native code reads.
#[pyclass(frozen)]
pub struct NativeGraph {
    root: Node,
}

#[pyfunction]
pub fn graph_build(root: &Bound<'_, PyAny>) -> PyResult<NativeGraph> {
    Ok(NativeGraph { root: build(root)? })
}

#[pyfunction]
pub fn graph_native(held: &NativeGraph) -> f64 {
    walk(&held.root)
}
