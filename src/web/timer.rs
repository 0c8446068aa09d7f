//! The one timer of a connection.

use std::cell::{Cell, RefCell};
use std::rc::Weak;

use gloo_timers::callback::Timeout;

use super::Driver;
use crate::proto::time::Millis;

/// Fires at the manager's next deadline.
pub(crate) struct Timer {
    armed: RefCell<Option<(Millis, Timeout)>>,
    clock: Clock,
}

impl Timer {
    pub(crate) fn new() -> Self {
        Self { armed: RefCell::new(None), clock: Clock::new() }
    }

    /// The time as the manager sees it.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Makes the timer fire at `deadline`, or never.
    pub(crate) fn arm(&self, deadline: Option<Millis>, driver: &Weak<Driver>) {
        // setTimeout takes what is longer for 0. Firing too early does no harm.
        const LONGEST: u64 = i32::MAX as u64;
        let mut armed = self.armed.borrow_mut();
        if armed.as_ref().map(|&(at, _)| at) == deadline {
            return;
        }
        *armed = deadline.map(|at| {
            let delay = self.now().until(at).0.min(LONGEST);
            let driver = Weak::clone(driver);
            let fire = move || {
                if let Some(driver) = driver.upgrade() {
                    driver.timer.fired(at, delay < LONGEST);
                    driver.turn(|manager, now| manager.handle_timeout(now));
                }
            };
            (at, Timeout::new(u32::try_from(delay).unwrap_or(u32::MAX), fire))
        });
    }

    /// The timer fired: whatever the clock says, that much time has passed.
    fn fired(&self, deadline: Millis, is_deadline: bool) {
        self.armed.take();
        if is_deadline {
            self.clock.advance_to(deadline);
        }
    }
}

/// `Date.now()`, made to never go backwards.
///
/// `performance.now()` would not need that, but it stands still while some machines sleep, and a
/// sleep is just what the heartbeat must notice.
struct Clock {
    wall: Cell<f64>,
    now: Cell<Millis>,
}

impl Clock {
    fn new() -> Self {
        Self { wall: Cell::new(js_sys::Date::now()), now: Cell::new(Millis(0)) }
    }

    fn now(&self) -> Millis {
        let wall = js_sys::Date::now();
        let passed = Millis::from_f64(wall - self.wall.replace(wall)).unwrap_or_default();
        self.now.set(self.now.get().after(passed));
        self.now.get()
    }

    fn advance_to(&self, time: Millis) {
        let now = self.now();
        self.now.set(now.max(time));
    }
}
