//! What the manager does when its connection comes, goes, or does not come.

use super::{Manager, State};
use crate::proto::engine::Change;
use crate::proto::error::{ConnectError, DisconnectReason};
use crate::proto::output::Event;
use crate::proto::socket::Socket;
use crate::proto::time::Millis;

impl Manager {
    pub(super) fn apply(&mut self, change: Option<Change>, now: Millis) {
        match change {
            None => {}
            Some(Change::Opened) => self.opened(now),
            Some(Change::Failed(error)) => self.fail(error, now),
            Some(Change::Closed(reason)) => self.end(reason, now),
        }
    }

    /// Starts an attempt to connect.
    pub(super) fn begin(&mut self, now: Millis) {
        self.tell_reconnect_error();
        self.state = State::Opening { deadline: now.after(self.options.timeout) };
        self.tell(Event::Opening);
        self.engine.open(&self.options, self.polling_first, now, &mut self.out);
    }

    /// The connection is there: every namespace that is wanted can be connected.
    fn opened(&mut self, now: Millis) {
        self.state = State::Open;
        self.retrying = true;
        let attempts = core::mem::take(&mut self.backoff).attempts;
        if core::mem::take(&mut self.reconnecting) {
            self.tell(Event::Reconnect(attempts));
        }
        for socket in &mut self.sockets {
            socket.start(now, &mut self.out);
        }
    }

    /// The attempt failed.
    pub(super) fn fail(&mut self, error: ConnectError, now: Millis) {
        self.engine.close(now, &mut self.out);
        self.state = if self.retrying { State::Ended { at: now } } else { State::Closed };
        self.has_failed = core::mem::take(&mut self.reconnecting);
        self.tell_failure(error);
        self.tell(Event::Error);
    }

    /// The connection is gone.
    pub(super) fn end(&mut self, reason: DisconnectReason, now: Millis) {
        let error = match reason {
            DisconnectReason::ForcedClose => None,
            DisconnectReason::PingTimeout => Some(ConnectError::Timeout),
            _ => Some(ConnectError::Transport),
        };
        // It changes what is known of the end: only where somebody waits.
        if let Some(error) = error
            && self.sockets.iter().any(Socket::is_waiting)
        {
            self.tell_failure(error);
        }
        self.leave(reason);
        self.state = State::Ended { at: now };
    }

    /// The reference tells this after `reconnect_failed`, too.
    pub(super) fn tell_reconnect_error(&mut self) {
        if core::mem::take(&mut self.has_failed) {
            self.tell(Event::ReconnectError);
        }
    }

    /// Tells every namespace that is wanted and not connected yet why it won't be.
    fn tell_failure(&mut self, error: ConnectError) {
        self.tell(Event::Failed(error));
        for socket in &self.sockets {
            if socket.is_waiting() {
                self.out.tell(Event::ConnectError(socket.nsp));
            }
        }
    }

    /// Tells everybody that the connection is gone.
    pub(super) fn leave(&mut self, reason: DisconnectReason) {
        self.reset();
        self.paused_until = Millis::NEVER;
        for socket in &mut self.sockets {
            if socket.unlink() {
                self.out.tell(Event::Disconnect(socket.nsp, reason));
            }
        }
        self.tell(Event::Close(reason));
    }

    /// Closes the connection, or stops trying to get one, when no namespace is wanted any more.
    pub(super) fn close_if_unused(&mut self, now: Millis) {
        // None is connected then: each connected one is active.
        if !self.sockets.iter().any(|socket| socket.active) {
            self.close(now);
        }
    }

    pub(super) fn reset(&mut self) {
        self.state = State::Closed;
        self.reconnecting = false;
        self.backoff = Default::default();
    }

    /// Plans the next attempt, if there is to be one.
    pub(super) fn plan(&mut self, now: Millis) {
        self.state = State::Closed;
        if !self.options.reconnection {
            return;
        }
        let allowed = self.options.reconnection_attempts;
        if allowed > 0 && self.backoff.attempts >= allowed {
            self.backoff = Default::default();
            self.tell(Event::ReconnectFailed);
            return;
        }
        let jitter = self.jitter();
        let delay = self.backoff.next(&self.options, jitter);
        self.state = State::Waiting { until: now.after(delay) };
    }

    /// The planned attempt is due.
    pub(super) fn attempt(&mut self, now: Millis) {
        self.reconnecting = true;
        self.state = State::Announced { at: now };
        self.tell(Event::ReconnectAttempt(self.backoff.attempts));
    }

    pub(super) fn tell(&mut self, event: Event) {
        self.out.tell(event);
    }

    /// A number in `0..1`. The generator is Marsaglia's xorshift64 ("Xorshift RNGs", 2003).
    fn jitter(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        #[expect(clippy::cast_precision_loss)]
        let jitter = (self.random >> 11) as f64 / (1_u64 << 53) as f64;
        jitter
    }
}
