//! What is emitted: now, or when there is a connection.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::acks::{EmitWithAckRaw, Pending};
use super::error::{AckError, EmitError};
use super::namespace::Namespace;
use crate::proto::manager::Manager;
use crate::proto::options::TransportKind;
use crate::proto::socket::packet::PacketType;
use crate::web::host;

/// A WebSocket that has more bytes than this before it is busy.
const MUCH: f64 = 65536.0;

/// What waits for a connection.
pub(super) struct Unsent {
    frames: Array,
    /// If somebody waits for its answer.
    id: Option<usize>,
}

impl Namespace {
    /// Sends an event: its name and its arguments. One that is volatile is dropped if it can't be
    /// sent at once.
    pub(super) fn emit(&self, args: &Array, is_volatile: bool) -> Result<(), EmitError> {
        let frames = self.encode(PacketType::Event, &JsValue::UNDEFINED, args)?;
        let is_sent = self.send(&frames, is_volatile && !self.is_idle())?;
        if !is_sent && !is_volatile {
            self.unsent.with(|unsent| unsent.push(Unsent { frames, id: None }));
        }
        Ok(())
    }

    /// Sends an event, and waits for its answer.
    pub(super) fn request(self: &Rc<Self>, args: Result<Array, EmitError>) -> EmitWithAckRaw {
        let (waiting, id) = EmitWithAckRaw::new(self);
        match args.and_then(|args| self.send_request(&args, id)) {
            Ok(is_sent) => waiting.pending.is_unsent.set(!is_sent),
            Err(error) => self.give_up(id, AckError::Emit(error)),
        }
        match self.connection.ack_timeout {
            Some(timeout) => waiting.timeout(timeout),
            None => waiting,
        }
    }

    fn send_request(&self, args: &Array, id: usize) -> Result<bool, EmitError> {
        let frames = self.encode(PacketType::Event, &id.into(), args)?;
        let is_sent = self.send(&frames, false)?;
        if !is_sent {
            self.unsent.with(|unsent| unsent.push(Unsent { frames, id: Some(id) }));
        }
        Ok(is_sent)
    }

    /// Answers an event of the server.
    pub(super) fn answer(&self, id: &JsValue, args: &Array) -> Result<(), EmitError> {
        let frames = self.encode(PacketType::Ack, id, args)?;
        self.send(&frames, false).map(drop)
    }

    /// Sends what has waited for the connection, in its order.
    pub(super) fn flush(&self) {
        for unsent in self.unsent.take() {
            match self.send(&unsent.frames, false) {
                Ok(true) => {
                    if let Some(id) = unsent.id {
                        self.acks.sent(id);
                    }
                }
                Ok(false) => self.unsent.with(|all| all.push(unsent)),
                Err(error) => {
                    host::warn("an event is above the server's maxPayload");
                    if let Some(id) = unsent.id {
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
            self.unsent.with(|unsent| unsent.retain(|unsent| unsent.id != Some(id)));
        }
        Some(pending)
    }

    fn encode(
        &self,
        packet_type: PacketType,
        id: &JsValue,
        data: &Array,
    ) -> Result<Array, EmitError> {
        if packet_type == PacketType::Event && host::is_reserved(&data.get(0)) {
            return Err(EmitError::ReservedName);
        }
        let frames = self.frames(packet_type, id, data).map_err(EmitError::Encode)?;
        let count = frames.length().saturating_sub(1);
        let max = self.connection.driver.max_attachments.get();
        if count > max { Err(EmitError::TooManyAttachments { count, max }) } else { Ok(frames) }
    }

    /// Sends a packet; says whether there was a connection. `is_busy`: it isn't, and that is all.
    fn send(&self, frames: &Array, is_busy: bool) -> Result<bool, EmitError> {
        if !self.is_connected() {
            return Ok(false);
        }
        self.check_size(frames)?;
        let driver = &self.connection.driver;
        if is_busy || !driver.send(self.nsp, &frames.get(0)) {
            return Ok(is_busy);
        }
        (1..frames.length()).for_each(|at| driver.write(&frames.get(at)));
        Ok(true)
    }

    /// A packet for which the server would end the connection is refused.
    fn check_size(&self, frames: &Array) -> Result<(), EmitError> {
        let max = self.connection.max_payload.get();
        if max == 0 || self.connection.transport() != Some(TransportKind::Polling) {
            return Ok(());
        }
        for at in 0..frames.length() {
            let size = host::byte_length(&frames.get(at)) as u32;
            if size > max {
                return Err(EmitError::TooLarge { size, max });
            }
        }
        Ok(())
    }

    fn is_idle(&self) -> bool {
        let driver = &self.connection.driver;
        driver.ask(Manager::is_writable) && driver.buffered_amount() <= MUCH
    }
}
