//! A graph whose vertices have names.

use super::Delimiter;
use crate::error::Result;
use crate::graph::Graph;
use std::collections::HashMap;

/// A graph, the names of its vertices, and what was done to its edges.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct NamedGraph {
    /// The graph.
    pub graph: Graph,
    /// The name of each vertex.
    pub names: Vec<String>,
    /// The names of the vertices outside the largest component, where only that was to be kept.
    pub left_out: Vec<String>,
    /// How many lines were added to the weight of an edge before them.
    pub summed: usize,
    /// How many lines were left out because their weight is 0.
    pub dropped: usize,
    /// What separates the fields.
    pub delimiter: Option<Delimiter>,
    /// The names of the columns, where the first line is a header.
    pub header: Option<Vec<String>>,
    pub(super) numbers: HashMap<String, usize>,
}

impl NamedGraph {
    /// The vertex of this name.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// How the text was read and what was done, in words: "3 vertices and 2 edges, separated by commas; 1 line added to
    /// another".
    #[must_use]
    pub fn reading(&self) -> String {
        let (vertices, edges) = (self.graph.vertex_count(), self.graph.edge_count());
        let by = self.delimiter.map_or("nothing", Delimiter::words);
        let lines = |count: usize, done: &str| match count {
            0 => String::new(),
            1 => format!("; 1 line {done}"),
            _ => format!("; {count} lines {done}"),
        };
        let summed = lines(self.summed, "added to another");
        let dropped = lines(self.dropped, "of weight 0 left out");
        let outside = match self.left_out.len() {
            0 => String::new(),
            1 => "; 1 vertex outside the largest component left out".to_string(),
            count => format!("; {count} vertices outside the largest component left out"),
        };
        format!(
            "{vertices} vertices and {edges} edges, separated by {by}{summed}{dropped}{outside}"
        )
    }

    /// The same with the largest component alone; of two equally large, the one that appears first.
    pub(super) fn largest_component(mut self) -> Result<Self> {
        let components = self.graph.components();
        let mut sizes = vec![0_usize; self.graph.component_count()];
        components
            .iter()
            .for_each(|&component| sizes[component] += 1);
        let largest = sizes.iter().max().copied().unwrap_or(0);
        let kept = sizes.iter().position(|&size| size == largest);
        let inside = |vertex: usize| Some(components[vertex]) == kept;
        let vertices: Vec<usize> = (0..components.len())
            .filter(|&vertex| inside(vertex))
            .collect();
        self.graph = self.graph.induced(&vertices)?;
        let all = std::mem::take(&mut self.names).into_iter().enumerate();
        for (vertex, name) in all {
            if inside(vertex) {
                self.numbers.insert(name.clone(), self.names.len());
                self.names.push(name);
            } else {
                self.numbers.remove(&name);
                self.left_out.push(name);
            }
        }
        Ok(self)
    }
}
