//! A packet whose binary attachments have not all come yet.
//! Spec: socket.io-protocol v5, "Packet encoding": the attachments follow as binary messages.

use alloc::vec::Vec;

use super::packet::Header;
use crate::proto::error::DecodeError;

/// A packet with its data and all of its attachments.
pub(crate) type Complete<P> = (Header, P, Vec<P>);

/// Puts packets and their attachments together.
#[derive(Debug)]
pub(crate) struct Reconstruction<P> {
    partial: Option<Complete<P>>,
}

impl<P> Reconstruction<P> {
    pub(crate) fn new() -> Self {
        Self { partial: None }
    }

    /// A packet came: the whole, or `None` while attachments are due.
    pub(crate) fn packet(
        &mut self,
        header: Header,
        data: P,
    ) -> Result<Option<Complete<P>>, DecodeError> {
        if self.partial.is_some() {
            return Err(DecodeError::UnexpectedText);
        }
        let is_complete = header.attachments == 0;
        self.partial = Some((header, data, Vec::new()));
        Ok(self.partial.take_if(|_| is_complete))
    }

    /// An attachment came: the whole, or `None` while more are due.
    pub(crate) fn attachment(&mut self, data: P) -> Result<Option<Complete<P>>, DecodeError> {
        let (_, _, attachments) = self.partial.as_mut().ok_or(DecodeError::UnexpectedBinary)?;
        attachments.push(data);
        Ok(self.partial.take_if(|(header, _, attachments)| {
            u32::try_from(attachments.len()) == Ok(header.attachments)
        }))
    }
}
