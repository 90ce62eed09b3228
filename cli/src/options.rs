//! Options that several subcommands share, and what they mean to the library.

mod graph;
mod method;
mod table;

pub use graph::GraphOptions;
pub use method::MethodOptions;
pub use table::TableOptions;
