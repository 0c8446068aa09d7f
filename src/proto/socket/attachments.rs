//! A packet whose binary attachments have not all come yet.
//! Spec: socket.io-protocol v5, "Packet encoding": the attachments follow as binary messages.

use crate::proto::error::DecodeError;

/// Waits for the attachments of a packet. What both are is up to the driver.
#[derive(Debug)]
pub struct Reconstruction<T> {
    partial: Option<(u32, T)>,
}

impl<T> Default for Reconstruction<T> {
    fn default() -> Self {
        Self { partial: None }
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
        *due = due.saturating_sub(1);
        Ok(self.partial.take_if(|(due, _)| *due == 0).map(|(_, packet)| packet))
    }
}
