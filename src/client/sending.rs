//! What is emitted: now, or when there is a connection.

use std::rc::Rc;

use js_sys::Array;

use super::acks::{EmitWithAckRaw, Pending};
use super::namespace::Namespace;
use crate::common::error::{AckError, EmitError};
use crate::proto::manager::Manager;
use crate::proto::socket::packet::PacketType;
use crate::web::{Network, host};

/// A WebSocket that has more bytes than this before it is busy.
const MUCH: f64 = 65536.0;

impl Namespace {
    /// Sends an event: its name and its arguments. One that is volatile is dropped if it can't be
    /// sent at once.
    pub(super) fn emit(&self, args: &Array, is_volatile: bool) -> Result<(), EmitError> {
        self.encode(PacketType::Event, None, args)?;
        if !self.send(is_volatile && !self.is_idle())? && !is_volatile {
            self.space.keep(None);
        }
        Ok(())
    }

    /// Sends an event, and waits for its answer.
    pub(super) fn request(self: &Rc<Self>, args: Result<Array, EmitError>) -> EmitWithAckRaw {
        let (waiting, id) = EmitWithAckRaw::new(self);
        if let Err(error) = args.and_then(|args| self.send_request(&args, id, &waiting)) {
            self.give_up(id, AckError::Emit(error));
        }
        match &self.connection.ack_limit {
            Some(limit) => limit(waiting),
            None => waiting,
        }
    }

    fn send_request(
        &self,
        args: &Array,
        id: usize,
        waiting: &EmitWithAckRaw,
    ) -> Result<(), EmitError> {
        self.encode(PacketType::Event, Some(id as u64), args)?;
        // Before it is sent: the connection may end by that.
        waiting.pending.is_unsent.set(!self.is_connected());
        if !self.send(false)? {
            self.space.keep(Some(id as u64));
        }
        Ok(())
    }

    /// Answers an event of the server.
    pub(super) fn answer(&self, id: u64, args: &Array) -> Result<(), EmitError> {
        self.encode(PacketType::Ack, Some(id), args)?;
        self.send(false).map(drop)
    }

    /// Sends what has waited for the connection, in its order.
    pub(super) fn flush(&self) {
        while self.is_connected()
            && let Some(id) = self.space.unkeep()
        {
            let id = id.and_then(|id| usize::try_from(id).ok());
            match (self.send(false), id) {
                (Ok(_), None) => {}
                (Ok(_), Some(id)) => self.acks.sent(id),
                (Err(error), id) => {
                    host::warn("an event is above the server's maxPayload");
                    if let Some(id) = id {
                        self.give_up(id, AckError::Emit(error));
                    }
                }
            }
        }
    }

    /// Tells the one who waits that there will be no answer.
    pub(super) fn give_up(&self, id: usize, error: AckError) {
        if let Some(pending) = self.withdraw(id) {
            pending.end(Err(error));
        }
    }

    /// Nobody waits any longer.
    pub(super) fn withdraw(&self, id: usize) -> Option<Rc<Pending>> {
        let pending = self.acks.take(id)?;
        if pending.is_unsent.get() {
            self.space.withdraw(Some(id as u64));
        }
        Some(pending)
    }

    fn encode(
        &self,
        packet_type: PacketType,
        id: Option<u64>,
        data: &Array,
    ) -> Result<(), EmitError> {
        // A server that fell silent is noticed before anything is staged: listeners hear of it, and
        // may emit as well.
        let (driver, nsp) = (&self.connection.driver, self.nsp);
        driver.turn(|manager, now| manager.can_send(nsp, now));
        let count = self.stage(packet_type, id, data).map_err(EmitError::Encode)?;
        let Some(count) = count else { return Err(EmitError::ReservedName) };
        let max = self.connection.driver.max_attachments.get();
        if count > max { Err(EmitError::TooManyAttachments { count, max }) } else { Ok(()) }
    }

    /// Sends what was staged; says whether there was a connection. `is_busy`: it isn't, and that is
    /// all.
    fn send(&self, is_busy: bool) -> Result<bool, EmitError> {
        if !self.is_connected() {
            return Ok(false);
        }
        self.check_size()?;
        if !is_busy {
            self.connection.driver.write();
        }
        Ok(true)
    }

    /// A packet for which the server would end the connection is refused.
    fn check_size(&self) -> Result<(), EmitError> {
        let id = self.connection.driver.current();
        match self.network().excess(id) {
            0 => Ok(()),
            size => Err(EmitError::TooLarge { size, max: self.network().max_payload(id) }),
        }
    }

    fn is_idle(&self) -> bool {
        let driver = &self.connection.driver;
        driver.ask(Manager::is_writable) && self.network().amount(driver.current()) <= MUCH
    }

    fn network(&self) -> Network {
        self.connection.driver.network()
    }
}
