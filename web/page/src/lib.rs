//! What a page calls, as WebAssembly: the functions of [`fiedler_web::door`], under their names.

pub use fiedler_web::door::*;
