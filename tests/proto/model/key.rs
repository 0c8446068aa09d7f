//! When two states are the same: what is compared is how they go on, not how they came about.

use core::fmt::Write;
use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;

use crate::model::Play;

/// Times are far from here; what is nearer to zero is a length.
pub(super) const BEGIN: u64 = 1_000_000_000_000;

/// From here on each wait for a reconnection is as long as the one before.
const ENOUGH_ATTEMPTS: u64 = 4;

/// Names a state. Everything that can be seen of it counts: the machine's own fields by `Debug`,
/// so that none is forgotten.
pub(super) fn key(play: &Play, text: &mut String) -> u64 {
    text.clear();
    write!(text, "{play:?}").unwrap();
    let mut plain = Plain { text: String::with_capacity(text.len()), ids: Vec::new() };
    plain.take(text, play.world.now.0);
    let mut hasher = DefaultHasher::new();
    plain.text.hash(&mut hasher);
    hasher.finish()
}

/// A description in which transports are numbered as they are mentioned, and times count from now.
struct Plain {
    text: String,
    ids: Vec<u64>,
}

impl Plain {
    fn take(&mut self, text: &str, now: u64) {
        let (bytes, mut from, mut at) = (text.as_bytes(), 0, 0);
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            self.text.push_str(&text[from..at]);
            from = at;
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            self.number(&text[..from], text[from..at].parse().unwrap(), now);
            from = at;
        }
        self.text.push_str(&text[from..]);
    }

    fn number(&mut self, before: &str, number: u64, now: u64) {
        let plain = if before.ends_with("TransportId(") {
            self.id(number)
        } else if before.ends_with("Millis(") && (BEGIN..u64::MAX).contains(&number) {
            // It makes no difference for how long something has been due.
            number.saturating_sub(now)
        } else if before.ends_with("attempts: ") {
            number.min(ENOUGH_ATTEMPTS)
        } else if ["random: ", "next_id: ", "session: "].iter().any(|name| before.ends_with(name)) {
            // Jitter is switched off, and the other two only tell new from old.
            0
        } else {
            number
        };
        write!(self.text, "{plain}").unwrap();
    }

    fn id(&mut self, number: u64) -> u64 {
        let known = self.ids.iter().position(|&id| id == number).unwrap_or_else(|| {
            self.ids.push(number);
            self.ids.len() - 1
        });
        known as u64
    }
}
