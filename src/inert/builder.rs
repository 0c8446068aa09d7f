//! Options that nobody reads.

use core::time::Duration;

use super::{AuthReply, Id, Socket};
use crate::{BuildError, TransportKind};

#[derive(Debug)]
#[must_use = "nothing happens before `connect`"]
pub struct Builder(pub(super) ());

impl Builder {
    /// What is wrong with the options is found in the browser.
    pub fn build(self) -> Result<Socket, BuildError> {
        Ok(Socket::new(Id::new()))
    }

    pub fn connect(self) -> Result<Socket, BuildError> {
        let socket = self.build()?;
        socket.connect();
        Ok(socket)
    }

    pub fn auth_with(self, _auth: impl Fn(AuthReply) + 'static) -> Self {
        self
    }
}

macro_rules! ignored {
    ($($option:ident($($value:ty),*))*) => {
        impl Builder {
            $(pub fn $option(self, $(_: $value),*) -> Self {
                self
            })*
        }
    };
}

ignored! {
    transports(&[TransportKind])
    upgrade(bool)
    fallback_delay(Duration)
    timeout(Duration)
    reconnection(bool)
    reconnection_attempts(u32)
    reconnection_delay(Duration)
    reconnection_delay_max(Duration)
    randomization_factor(f64)
    reconnect_on_online(bool)
    close_on_offline(bool)
    close_on_pagehide(bool)
    check_on_resume(bool)
    path(&str)
    query(&str, &str)
    extra_header(&str, &str)
    with_credentials(bool)
    request_timeout(Duration)
    protocols(&[&str])
    force_base64(bool)
    max_attachments(u32)
    ack_timeout(Duration)
}
