//! What may happen to a client, a server and the network between them.

use proptest::prelude::*;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::time::Millis;

/// Something happens; a number chooses one of the transports.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Connect,
    Leave,
    /// The connection is closed as if the network had.
    CloseSession,
    Emit,
    ServerEmits,
    Accept(usize),
    Up(usize),
    Down(usize),
    /// The network breaks, with an error or without.
    Cut(usize, bool),
    /// The page loses the network: it is gone with all that is on its way, or the page is only put
    /// aside.
    Lose(bool),
    /// The page finds the network again.
    Hurry,
    Pass(Millis),
    /// Everywhere the next thing arrives.
    All,
}

pub(super) fn act() -> impl Strategy<Value = Act> {
    let which = 0..4_usize;
    prop_oneof![
        4 => Just(Act::Connect),
        1 => Just(Act::Leave),
        1 => Just(Act::CloseSession),
        25 => Just(Act::Emit),
        8 => Just(Act::ServerEmits),
        4 => which.clone().prop_map(Act::Accept),
        8 => which.clone().prop_map(Act::Up),
        16 => which.clone().prop_map(Act::Down),
        2 => (which, any::<bool>()).prop_map(|(which, is_error)| Act::Cut(which, is_error)),
        1 => any::<bool>().prop_map(Act::Lose),
        2 => Just(Act::Hurry),
        12 => Just(Act::All),
        2 => (0..4_000_u64).prop_map(|ms| Act::Pass(Millis(ms))),
    ]
}

pub(super) fn transports() -> impl Strategy<Value = &'static [TransportKind]> {
    let lists: [&[TransportKind]; 4] =
        [&[WebSocket], &[Polling], &[WebSocket, Polling], &[Polling, WebSocket]];
    proptest::sample::select(lists.to_vec())
}
