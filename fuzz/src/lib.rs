//! What the fuzzer's bytes are made of, and what must hold whatever they are.
//!
//! Nothing is checked in here that the tests do not check: their oracles are taken in.

mod bytes;
mod numbers;
mod script;

#[path = "../../tests/proto/any_text.rs"]
mod any_text;
#[path = "../../tests/proto/driver.rs"]
mod driver;
#[path = "../../tests/proto/random.rs"]
#[expect(dead_code, reason = "the tests' own chance")]
mod random;
#[path = "../../tests/proto/transcript.rs"]
#[expect(dead_code, reason = "what is said in transcripts only")]
mod transcript;
#[path = "../../tests/proto/walk.rs"]
mod walk;
#[path = "../../tests/proto/world.rs"]
mod world;

use any_text::{Utf16, check_header, check_payload};
use bytes::Bytes;
use random::Chance;
use socketio_wasm::proto::socket::packet::Header;
use socketio_wasm::proto::text::Text;
use walk::Walk;

pub use numbers::numbers;
pub use script::text;

/// A Socket.IO packet: any text, any JavaScript string, any part of it.
pub fn header(data: &[u8]) {
    let Some((&max, data)) = data.split_first() else { return };
    check_header(&String::from_utf8_lossy(data), max.into());
    // Not always UTF-16: in JavaScript half a character is a string, too.
    let units = data.chunks_exact(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(pair[1]));
    let text = Utf16(units.collect());
    let from = usize::from(max) % (text.len() + 1);
    for range in [0..text.len(), from..text.len(), 0..from] {
        if let Ok((header, data_at)) = Header::decode(&text, &range, max.into()) {
            assert!(range.start < data_at && data_at <= range.end);
            let nsp = header.nsp.unwrap_or(range.start..range.end);
            assert!(range.start <= nsp.start && nsp.end <= range.end);
        }
    }
}

/// The body of an HTTP response.
pub fn payload(data: &[u8]) {
    check_payload(&String::from_utf8_lossy(data));
}

/// What a server, a network and a user do to a manager, in any order.
pub fn manager(data: &[u8]) {
    let mut random = Bytes::new(data);
    let seed = random.below(256);
    let mut walk = Walk::new(random, seed);
    while !walk.random.is_empty() {
        walk.step();
    }
    walk.finish();
}
