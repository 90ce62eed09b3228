//! Options that several subcommands share, and what they mean to the library.

mod graph;
mod method;
mod table;

pub use graph::{GraphOptions, positive};
pub use method::{Alone, Assign, Clusters, Matrix, MethodOptions, Rows};
pub use table::{Answer, Mark, Rule, Separator, TableOptions};
