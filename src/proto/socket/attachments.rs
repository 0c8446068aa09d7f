//! A packet whose binary attachments have not all come yet.
//! Spec: socket.io-protocol v5, "Packet encoding": the attachments follow as binary messages.

use crate::proto::error::DecodeError;

/// Waits for the attachments of a packet. What both are is up to the driver.
#[derive(Debug)]
pub struct Reconstruction<T> {
    partial: Option<(u32, T)>,
    /// Whether a ping came since the last of its messages.
    is_late: bool,
}

impl<T> Default for Reconstruction<T> {
    fn default() -> Self {
        Self { partial: None, is_late: false }
    }
}

impl<T> Reconstruction<T> {
    /// A packet came: given back if it is whole, kept while attachments are due.
    ///
    /// # Errors
    /// [`DecodeError::UnexpectedText`] when those of the packet before are due.
    pub fn packet(&mut self, attachments: u32, packet: T) -> Result<Option<T>, DecodeError> {
        if self.partial.is_some() {
            return Err(DecodeError::UnexpectedText);
        }
        if attachments == 0 {
            return Ok(Some(packet));
        }
        self.partial = Some((attachments, packet));
        Ok(None)
    }

    /// An attachment came, to be added by `add`: the packet is given back with its last one.
    ///
    /// # Errors
    /// [`DecodeError::UnexpectedBinary`] when none is due.
    pub fn attachment(&mut self, add: impl FnOnce(&mut T)) -> Result<Option<T>, DecodeError> {
        let (due, packet) = self.partial.as_mut().ok_or(DecodeError::UnexpectedBinary)?;
        add(packet);
        self.is_late = false;
        *due = due.saturating_sub(1);
        Ok(self.partial.take_if(|(due, _)| *due == 0).map(|(_, packet)| packet))
    }

    /// A ping came. One may get between a packet and its attachments; where the next one comes
    /// before any of them, they never will. Messages keep their order, so that however slow the
    /// network is, an attachment that was sent is there before the pings that were sent later.
    ///
    /// Answers whether that is so: it is as wrong as a packet in the place of an attachment.
    pub fn is_given_up(&mut self) -> bool {
        self.partial.is_some() && core::mem::replace(&mut self.is_late, true)
    }
}
