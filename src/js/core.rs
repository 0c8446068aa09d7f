//! What the page can have done, by number: `npm/core.js` says what each means. All that crosses is
//! numbers.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::face::PageFace;
use super::memory;
use crate::proto::error::DisconnectReason;
use crate::proto::manager::Manager;
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::output::NspId;
use crate::proto::socket::packet::PacketType;
use crate::proto::time::Millis;
use crate::web::{Driver, Incoming, Network};

type PageDriver = Driver<PageFace>;

thread_local! {
    /// By the number of their network. They stay, and the one of a connection that is not needed any
    /// more is the next one's: who is asked something needs no share in it.
    static DRIVERS: RefCell<Vec<&'static PageDriver>> = const { RefCell::new(Vec::new()) };
}

fn driver(network: u32) -> Option<&'static PageDriver> {
    DRIVERS.with_borrow(|drivers| drivers.get(network as usize).copied())
}

/// A connection that does nothing yet.
#[expect(unreachable_pub, reason = "wasm-bindgen exports no other")]
#[wasm_bindgen(skip_typescript)]
pub fn connect(network: u32) {
    memory::claim();
    let options = ManagerOptions::default();
    if let Some(driver) = driver(network) {
        return driver.renew(options);
    }
    let driver = Driver::new(Network(network), options, PageFace(Network(network)));
    // The numbers of networks are the first that are free: this one is the next.
    DRIVERS.with_borrow_mut(|drivers| drivers.push(Box::leak(Box::new(driver))));
}

/// Nobody asks this connection any more.
#[expect(unreachable_pub, reason = "wasm-bindgen exports no other")]
#[wasm_bindgen(skip_typescript)]
pub fn release(network: u32) {
    Network(network).end();
}

/// What the network tells: see [`Driver::hear`].
#[expect(unreachable_pub, reason = "wasm-bindgen exports no other")]
#[wasm_bindgen(skip_typescript)]
pub fn hear(network: u32, what: u32, id: u32, len: u32, head: u32) {
    if let Some(driver) = driver(network) {
        driver.hear(what, id, len, head);
    }
}

/// Has something done, or answered by a number: 1 for yes.
#[expect(unreachable_pub, reason = "wasm-bindgen exports no other")]
#[wasm_bindgen(skip_typescript)]
pub fn ask(network: u32, what: u32, n: u32, x: f64) -> f64 {
    driver(network).map_or(0.0, |driver| command(driver, what, n, x))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn command(driver: &PageDriver, what: u32, n: u32, x: f64) -> f64 {
    let session = x as u32;
    match what {
        4 => {
            driver.max_attachments.set(n);
            driver.raw.set(session & 1 > 0);
            driver.traced.set(session & 2 > 0);
        }
        5 => drop(driver.socket(n)),
        11 => {
            let is_sent = driver.send(NspId(n));
            return if is_sent { 1.0 + f64::from(is_handed_over(driver)) } else { 0.0 };
        }
        12 => hand_over(driver, NspId(n), session),
        13 => driver.end(DisconnectReason::ParseError),
        14 => {
            driver.write();
            return is_handed_over(driver).into();
        }
        17 => return driver.current().into(),
        15.. => return driver.ask(|manager| answer(manager, what, NspId(n))).into(),
        _ => return driver.turn(|manager, now| order(manager, now, what, n, x)).into(),
    }
    0.0
}

/// What changes the machine; whether that mattered, where it may not.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn order(manager: &mut Manager, now: Millis, what: u32, n: u32, x: f64) -> bool {
    let nsp = NspId(n);
    match what {
        0 => manager.open(n > 0, now),
        1 if n > 0 => manager.close(now),
        1 => manager.close_session(now),
        3 => manager.change(|options| set(options, n, x)),
        6 => manager.connect(nsp, now),
        7 => manager.disconnect(nsp, now),
        _ => return manager.authenticate(nsp, x as u32, what < 10, now),
    }
    true
}

/// What only asks it.
fn answer(manager: &Manager, what: u32, nsp: NspId) -> u32 {
    match what {
        15 => manager.is_writable().into(),
        16 => manager.transport().map_or(0, |(_, candidate)| number(candidate)),
        _ => manager.is_active(nsp).into(),
    }
}

/// Whether what was written is with the transport.
fn is_handed_over(driver: &PageDriver) -> bool {
    driver.ask(|manager| {
        let is_polling =
            manager.transport().is_some_and(|(_, it)| it.kind == TransportKind::Polling);
        is_polling || manager.is_writable()
    })
}

/// A packet that the page has decoded: its type, with 8 for data that has a session id.
fn hand_over(driver: &PageDriver, nsp: NspId, x: u32) {
    if let Some(packet_type) = PacketType::from_digit(x & 7) {
        driver.on_packet(Incoming { packet_type, nsp: Some(nsp), id: None, is_session: x > 7 });
    }
}

/// Sets one option. Times are in milliseconds, `Infinity` for never.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn set(options: &mut ManagerOptions, which: u32, value: f64) {
    let millis = Millis::from_f64(value).unwrap_or_default();
    match which {
        0 => options.transports = candidates(value as u32),
        1 => options.upgrade = value > 0.0,
        2 => options.fallback_delay = millis,
        3 => options.timeout = millis,
        4 => options.reconnection = value > 0.0,
        // `as` makes of Infinity the largest number there is.
        5 => options.reconnection_attempts = value as u32,
        6 => options.reconnection_delay = millis,
        7 => options.reconnection_delay_max = millis,
        _ => options.randomization_factor = value,
    }
}

/// The first of what is not a polling transport.
const WEBSOCKET: u32 = 3;

/// Transports are numbers: 1 polling by XMLHttpRequest, 2 by fetch, 3 a WebSocket, from 4 on what
/// the page brings. Four bits each, the first one lowest.
fn candidates(mut packed: u32) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    while packed > 0 {
        let number = packed & 15;
        packed >>= 4;
        candidates.push(match number.checked_sub(WEBSOCKET) {
            Some(tag) => Candidate { kind: TransportKind::WebSocket, tag: tag as u8 },
            None => Candidate { kind: TransportKind::Polling, tag: (number >> 1) as u8 },
        });
    }
    candidates
}

fn number(candidate: Candidate) -> u32 {
    let tag = u32::from(candidate.tag);
    match candidate.kind {
        TransportKind::WebSocket => WEBSOCKET.saturating_add(tag),
        TransportKind::Polling => tag.saturating_add(1),
    }
}
