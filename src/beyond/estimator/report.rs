//! What was done, by which solver, and how long it took; and the same while it is being done.

use super::Warning;
use crate::engine::eigenpairs::SolverReport;
use crate::engine::progress::{Bar, now};
use crate::error::{Error, Result};
use crate::graph::{Bridge, GraphRule};
use crate::labelling::Candidate;
use std::fmt;
use std::ops::ControlFlow;
use std::time::Instant;

/// The stages of a clustering, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Stage {
    /// From points to a graph.
    Graph,
    /// The eigenvectors.
    Eigenvectors,
    /// From rows of numbers to labels.
    Labels,
    /// The certificate and the characteristics.
    Certificate,
}

impl Stage {
    /// Its name, as errors and bars print it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "the graph",
            Self::Eigenvectors => "the eigenvectors",
            Self::Labels => "the labels",
            Self::Certificate => "the certificate",
        }
    }
}

/// Where a clustering stands: told at the start of each stage, and at each step of the search for eigenvectors.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// The step within it, from 0.
    pub step: usize,
    /// The largest residual so far, in the search for eigenvectors.
    pub residual: Option<f64>,
}

/// What was done, and how long each stage took. Two reports are equal where the same was done, however long it took.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Report {
    /// The graph that was built, each rule replaced by the number that it gave; `None` where a graph was given.
    pub rule: Option<GraphRule>,
    /// The edges that were added to join pieces of the graph, shortest first.
    pub bridges: Vec<Bridge>,
    /// Where the eigengap said how many clusters: what speaks for each number, the most first. Empty where a number was
    /// given.
    pub ranking: Vec<Candidate>,
    /// What the answer may be wrong in.
    pub warnings: Vec<Warning>,
    /// Which solver, why, its steps and residuals.
    pub solver: SolverReport,
    /// Whose routines find all eigenpairs of a full matrix in this build: `OpenBLAS` or `pure Rust`.
    pub library: &'static str,
    /// The seconds of each stage.
    pub seconds: Vec<(Stage, f64)>,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        (self.rule, &self.bridges, &self.ranking) == (other.rule, &other.bridges, &other.ranking)
            && (&self.warnings, &self.solver) == (&other.warnings, &other.solver)
    }
}

/// A few aligned lines.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            writeln!(f, "graph        {rule}")?;
        }
        if let (Some(first), Some(last)) = (self.bridges.first(), self.bridges.last()) {
            let (count, from, to) = (self.bridges.len(), first.length, last.length);
            writeln!(f, "bridges      {count}, {from:.3e} to {to:.3e} long")?;
        }
        if !self.ranking.is_empty() {
            let best = self.ranking.iter().take(3);
            let shown = best.map(|one| format!("{} ({:.0} %)", one.clusters, 100.0 * one.share));
            let shown: Vec<String> = shown.collect();
            writeln!(f, "by the gap   {}", shown.join(", next "))?;
        }
        writeln!(
            f,
            "solver       {:?} ({})",
            self.solver.solver, self.solver.reason
        )?;
        if !self.solver.levels.is_empty() {
            let levels: Vec<String> = self.solver.levels.iter().map(usize::to_string).collect();
            writeln!(f, "levels       {}", levels.join(" > "))?;
        }
        if let Some(residual) = self.solver.history.last() {
            let steps = self.solver.iterations;
            writeln!(f, "steps        {steps}, to a residual of {residual:.0e}")?;
        }
        writeln!(f, "library      {}", self.library)?;
        write!(f, "seconds     ")?;
        for (stage, seconds) in &self.seconds {
            write!(f, " {} {seconds:.3}", stage.name())?;
        }
        for warning in &self.warnings {
            write!(f, "\nwarning      {warning}")?;
        }
        Ok(())
    }
}

/// Takes the time of each stage, tells the caller, and stops where the caller says so.
pub(super) struct Course<'a> {
    watch: &'a mut (dyn FnMut(&Progress) -> ControlFlow<()> + Send),
    bar: Bar,
    begun: Option<(Stage, Option<Instant>)>,
    seconds: Vec<(Stage, f64)>,
}

impl<'a> Course<'a> {
    pub(super) fn new(
        watch: &'a mut (dyn FnMut(&Progress) -> ControlFlow<()> + Send),
        bar_shown: bool,
    ) -> Self {
        Self {
            watch,
            bar: Bar::turning(bar_shown),
            begun: None,
            seconds: Vec::new(),
        }
    }

    /// A stage begins, and the one before it has ended.
    pub(super) fn begin(&mut self, stage: Stage) -> Result<()> {
        self.end();
        self.begun = Some((stage, now()));
        match self.step(stage, 0, None) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Stopped {
                stage: stage.name(),
            }),
        }
    }

    /// A step within a stage.
    pub(super) fn step(
        &mut self,
        stage: Stage,
        step: usize,
        residual: Option<f64>,
    ) -> ControlFlow<()> {
        let message = match residual {
            Some(residual) => format!("{}: step {step}, residual {residual:.0e}", stage.name()),
            None => stage.name().to_string(),
        };
        self.bar.say(message);
        (self.watch)(&Progress {
            stage,
            step,
            residual,
        })
    }

    fn end(&mut self) {
        if let Some((stage, Some(start))) = self.begun.take() {
            self.seconds.push((stage, start.elapsed().as_secs_f64()));
        }
    }

    /// The seconds of all stages.
    pub(super) fn finish(&mut self) -> Vec<(Stage, f64)> {
        self.end();
        self.bar.finish();
        std::mem::take(&mut self.seconds)
    }
}
