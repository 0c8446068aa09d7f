//! What the npm package's JavaScript (`npm/`) needs of the drivers: functions by which it asks for all
//! (`core.rs`), and one by which it is told all that happens (`face.rs`), by number.

mod core;
mod face;
mod memory;
