//! What JavaScript has of a connection, and does for it: `network.js`.
//!
//! The values stay there: what came, the data taken from it, the last error. A call with numbers
//! takes a fraction of the time and the bytes of one with values.

use core::ops::Range;

use wasm_bindgen::prelude::*;

use super::text::Text;
use super::{Driver, Face, Incoming};
use crate::proto::engine::Packet;
use crate::proto::error::{ConnectError, DecodeError, DisconnectReason};
use crate::proto::manager::Manager;
use crate::proto::options::TransportKind;
use crate::proto::output::{NspId, Output, TransportId};
use crate::proto::socket::packet::PacketType;
use crate::proto::time::Millis;

// Each file of ours is named here or in `host.rs` for something that every page needs: wasm-bindgen
// does not look for what they import from each other.
#[wasm_bindgen(module = "/src/web/transports.js")]
extern "C" {
    fn open(network: u32, id: u32, is_websocket: bool, tag: u8, other: u32);
}

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    fn poll(network: u32, id: u32);
    fn send(network: u32, id: u32, digit: u32);
    fn flush(network: u32, id: u32);
    fn put(network: u32, digit: u32);
    fn write(network: u32);
    fn discard(network: u32);
    fn close(network: u32, id: u32);
    fn now(network: u32) -> f64;
    fn arm(network: u32, deadline: f64);
    fn decode(
        network: u32,
        from: usize,
        to: usize,
        packet_type: u8,
        nsp_from: usize,
        nsp_to: usize,
    ) -> i32;
    fn slice(network: u32, from: usize, to: usize);
    fn binary(network: u32, from: usize, to: usize) -> bool;
    fn hold(network: u32, is_attachment: bool);
    fn complete(network: u32) -> bool;
    fn accept(network: u32, id: u32, from: usize, to: usize) -> bool;
    fn interval(network: u32, is_timeout: bool) -> f64;
    #[wasm_bindgen(js_name = canUpgrade)]
    fn can_upgrade(network: u32) -> bool;
    fn forget(network: u32);
    fn blame(network: u32, what: u32, from: usize, to: usize);
    #[wasm_bindgen(js_name = isFirstPolling)]
    fn is_first_polling(network: u32) -> bool;
    fn prefer(network: u32, is_polling: bool);
    #[wasm_bindgen(js_name = endNetwork)]
    fn end_network(network: u32);
}

/// What JavaScript has of a connection, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(pub u32);

/// What went wrong beside what is wrong with a text, by the numbers of `network.js`.
#[derive(Clone, Copy)]
pub(super) enum Blame {
    Timeout,
    NoTransport,
    Closed,
    ClosedByServer,
}

impl From<ConnectError> for Blame {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Timeout => Self::Timeout,
            ConnectError::NoTransport => Self::NoTransport,
            ConnectError::Transport => Self::Closed,
        }
    }
}

/// Each is explained in `network.js`.
impl Network {
    pub(super) fn write(self) {
        write(self.0);
    }

    /// The time as the manager sees it.
    pub(super) fn now(self) -> Millis {
        Millis::from_f64(now(self.0)).unwrap_or_default()
    }

    /// Makes the timer fire at this time, or never.
    pub(super) fn arm(self, deadline: Option<Millis>) {
        #[expect(clippy::cast_precision_loss)]
        arm(self.0, deadline.map_or(-1.0, |at| at.0 as f64));
    }

    /// The packet, if its data is such; its acknowledgement id is not looked at here.
    pub(super) fn decode(
        self,
        packet_type: PacketType,
        data: &Range<usize>,
        nsp: &Range<usize>,
    ) -> Option<Incoming> {
        let answer = decode(self.0, data.start, data.end, packet_type as u8, nsp.start, nsp.end);
        let number = u32::try_from(answer >> 1).ok();
        let incoming =
            Incoming { packet_type, nsp: number.map(NspId), id: None, is_session: answer & 1 > 0 };
        (answer != -1).then_some(incoming)
    }

    pub(super) fn slice(self, part: &Range<usize>) {
        slice(self.0, part.start, part.end);
    }

    pub(super) fn binary(self, part: &Range<usize>) -> bool {
        binary(self.0, part.start, part.end)
    }

    pub(super) fn hold(self, is_attachment: bool) {
        hold(self.0, is_attachment);
    }

    pub(super) fn complete(self) -> bool {
        complete(self.0)
    }

    pub(super) fn accept(self, TransportId(id): TransportId, part: &Range<usize>) -> bool {
        accept(self.0, id, part.start, part.end)
    }

    pub(super) fn interval(self, is_timeout: bool) -> Millis {
        Millis::from_f64(interval(self.0, is_timeout)).unwrap_or_default()
    }

    pub(super) fn can_upgrade(self) -> bool {
        can_upgrade(self.0)
    }

    pub(super) fn forget(self) {
        forget(self.0);
    }

    pub(super) fn blame(self, what: Blame) {
        blame(self.0, what as u32, 0, 0);
    }

    /// A part of the text is wrong.
    pub(super) fn blame_text(self, error: DecodeError, part: &Range<usize>) {
        let before = Blame::ClosedByServer as u32;
        blame(
            self.0,
            (error as u32).saturating_add(before).saturating_add(1),
            part.start,
            part.end,
        );
    }

    pub(super) fn is_first_polling(self) -> bool {
        is_first_polling(self.0)
    }

    pub(super) fn prefer(self, is_polling: bool) {
        prefer(self.0, is_polling);
    }

    /// Nothing is heard of it any more.
    pub fn end(self) {
        end_network(self.0);
    }
}

impl<F: Face> Driver<F> {
    /// JavaScript tells what happened, to which transport; with text: its length and its head.
    pub fn hear(&self, what: u32, id: u32, len: u32, head: u32) {
        let id = TransportId(id);
        let text = || Text::new(self.network, len as usize, head);
        match what {
            1 => self.on_text(id, &text(), 0..len as usize, false),
            2 => self.on_binary(id),
            5 | 8 => self.on_payload(id, &text(), what == 5),
            7 | 9 => {
                // The timer has fired, or may have stood still: it is set anew.
                self.deadline.set(None);
                self.turn(Manager::handle_timeout);
                if what == 9 {
                    self.turn(Manager::hurry);
                }
            }
            _ => self.turn(|manager, now| match what {
                0 => manager.handle_open(id),
                3 => manager.handle_failure(id, DisconnectReason::TransportError, now),
                4 => manager.handle_failure(id, DisconnectReason::TransportClose, now),
                6 => manager.handle_drain(id),
                _ => manager.lose(now),
            }),
        }
    }

    /// Carries out what the machine wants of the network.
    pub(super) fn reach(&self, output: Output) {
        let Network(network) = self.network;
        match output {
            Output::Open { id, transport, session_of } => {
                let is_websocket = transport.kind == TransportKind::WebSocket;
                let other = session_of.map_or(u32::MAX, |TransportId(id)| id);
                open(network, id.0, is_websocket, transport.tag, other);
            }
            Output::Poll(id) => poll(network, id.0),
            Output::Send(id, packet) => send(network, id.0, digit(packet)),
            Output::Write(packet) => put(network, digit(packet)),
            Output::Flush(id) => flush(network, id.0),
            Output::Discard => discard(network),
            Output::Close(id) => close(network, id.0),
            _ => {}
        }
    }
}

/// By what `network.js` knows a packet.
fn digit(packet: Packet) -> u32 {
    packet as u32
}
