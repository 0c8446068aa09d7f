//! What the page can have done: one function for all, by number. `npm/core.js` says what each means.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use super::face::{Page, PageFace};
use crate::proto::error::DisconnectReason;
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::output::NspId;
use crate::proto::socket::packet::PacketType;
use crate::proto::time::Millis;
use crate::web::Driver;

type Core = Closure<dyn Fn(u32, u32, f64, JsValue, JsValue) -> f64>;

/// A connection that does nothing yet, as the function that it is asked by. `page` hears of it;
/// `endpoint` says how the server is addressed. It ends when JavaScript has nothing of it any more.
#[expect(unreachable_pub, reason = "wasm-bindgen exports no other")]
#[wasm_bindgen(skip_typescript)]
pub fn connect(page: Page, endpoint: JsValue) -> JsValue {
    let driver = Driver::new(endpoint, ManagerOptions::default(), Box::new(PageFace(page)));
    Core::new(move |what, n, x, a, b| ask(&driver, what, n, x, a, &b)).into_js_value()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn ask(driver: &Driver, what: u32, n: u32, x: f64, a: JsValue, b: &JsValue) -> f64 {
    let nsp = NspId(n);
    let session = x as u32;
    match what {
        0 => driver.turn(|manager, now| manager.open(n > 0, now)),
        1 if n > 0 => driver.turn(|manager, now| manager.close(now)),
        1 => driver.turn(|manager, now| manager.close_session(now)),
        2 => driver.lose(a),
        3 => driver.turn(|manager, _| manager.change(|options| set(options, n, x))),
        4 => {
            driver.max_attachments.set(n);
            driver.raw.set(session & 1 > 0);
            driver.traced.set(session & 2 > 0);
        }
        6 => driver.turn(|manager, now| manager.connect(nsp, now)),
        7 => driver.turn(|manager, now| manager.disconnect(nsp, now)),
        12 => {
            if let Some(packet_type) = PacketType::from_digit(session.into()) {
                driver.on_packet(nsp, packet_type, &a, b);
            }
        }
        13 => driver.end(DisconnectReason::ParseError, a),
        14 => driver.write(&a),
        _ => return answer(driver, what, nsp, session, &a),
    }
    0.0
}

fn answer(driver: &Driver, what: u32, nsp: NspId, session: u32, a: &JsValue) -> f64 {
    let is_so = match what {
        5 => return driver.socket(a.unchecked_ref::<JsString>()).0.into(),
        8 => driver.ask(|manager| manager.is_active(nsp)),
        9 | 10 => driver.turn(|manager, now| manager.authenticate(nsp, session, what < 10, now)),
        11 => driver.send(nsp, a),
        15 => driver.ask(|manager| manager.is_writable()),
        16 => {
            return driver
                .ask(|manager| manager.transport())
                .map_or(0, |(_, it)| number(it))
                .into();
        }
        _ => return driver.current().into(),
    };
    u32::from(is_so).into()
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
