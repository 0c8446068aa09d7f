//! The text that came, as the decoders see it: looked at where it is, never copied.

use core::cell::Cell;

use wasm_bindgen::prelude::*;

use super::network::Network;
use crate::proto::text;

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    fn head(network: u32, at: usize) -> u32;
    fn find(network: u32, unit: u8, from: usize) -> i32;
}

/// How many code units are seen at once: mostly the header of a packet needs no more.
const WINDOW: usize = 4;

/// The text that a connection's JavaScript has.
pub(super) struct Text {
    network: Network,
    len: usize,
    /// Where the window is.
    at: Cell<usize>,
    /// What is in it, eight bits for each; what isn't ASCII is 255.
    units: Cell<u32>,
}

impl Text {
    /// `units`: those at the text's begin.
    pub(super) fn new(network: Network, len: usize, units: u32) -> Self {
        Self { network, len, at: Cell::new(0), units: Cell::new(units) }
    }
}

impl text::Text for Text {
    fn len(&self) -> usize {
        self.len
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        let mut place = at.wrapping_sub(self.at.get());
        if place >= WINDOW {
            self.units.set(head(self.network.0, at));
            self.at.set(at);
            place = 0;
        }
        let [first, second, third, fourth] = self.units.get().to_le_bytes();
        let unit = match place {
            0 => first,
            1 => second,
            2 => third,
            _ => fourth,
        };
        (at < self.len).then_some(unit.into())
    }

    fn find(&self, unit: &str, from: usize) -> Option<usize> {
        let &unit = unit.as_bytes().first()?;
        usize::try_from(find(self.network.0, unit, from)).ok()
    }
}
