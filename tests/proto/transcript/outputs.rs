//! What the machine wants done, as lines.

use socketio_wasm::proto::error::ConnectError;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::Candidate;
use socketio_wasm::proto::options::TransportKind::Polling;
use socketio_wasm::proto::output::{Event, NspId, Output, TransportId};
use socketio_wasm::proto::socket::attachments::Reconstruction;
use socketio_wasm::proto::time::Millis;

use super::Transcript;

impl Transcript {
    pub(crate) fn turn(&mut self, input: impl FnOnce(&mut Manager, Millis)) -> &mut Self {
        self.input(input);
        self
    }

    /// An input while outputs are carried out leaves its own to the outer loop.
    pub(super) fn input<R>(&mut self, input: impl FnOnce(&mut Manager, Millis) -> R) -> R {
        let result = input(&mut self.manager, Millis(self.now));
        if !core::mem::replace(&mut self.is_draining, true) {
            while let Some(output) = self.manager.poll_output() {
                self.perform(output);
            }
            self.is_draining = false;
        }
        result
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Open { id, transport, session_of } => self.make(id, transport, session_of),
            Output::Poll(id) => self.say(format!("poll {}", id.0)),
            Output::Send(id, packet) => {
                let was_posting = self.kinds[id.0 as usize] == Polling && !self.posting.insert(id);
                assert!(!was_posting, "two POSTs");
                self.say(format!("{}> {}", id.0, packet.as_str()));
            }
            Output::Write(packet) => self.write_buffer.push(packet.as_str().into()),
            Output::Disconnect(nsp) => self.put("41", nsp, ""),
            Output::Flush(id) => self.flush(id),
            Output::Discard => self.write_buffer.clear(),
            Output::Close(id) => self.say(format!("close {}", id.0)),
            Output::Event(event) => self.event(event),
            Output::Authenticate { nsp, session } => match self.auth {
                Some(auth) => self.answer(nsp, session, auth),
                None => self.say(format!("authenticate {} {session}", self.name(nsp))),
            },
        }
    }

    fn make(&mut self, id: TransportId, transport: Candidate, session_of: Option<TransportId>) {
        assert_eq!(id.0 as usize, self.kinds.len(), "ids are used once");
        self.kinds.push(transport.kind);
        let name = if transport.kind == Polling { "polling" } else { "websocket" };
        let of = session_of.map_or(String::new(), |of| format!(" for {}", of.0));
        self.say(format!("open {name}#{}{of}", id.0));
    }

    fn flush(&mut self, id: TransportId) {
        let packets = core::mem::take(&mut self.write_buffer);
        let is_empty = packets.is_empty();
        for packet in packets {
            self.say(format!("{}> {packet}", id.0));
        }
        if self.kinds[id.0 as usize] != Polling {
            return;
        }
        let is_current = self.manager.is_current(id);
        if is_empty {
            assert!(!is_current, "an empty POST");
            if !self.posting.contains(&id) {
                self.drain(id.0);
            }
            return;
        }
        let was_posting = !self.posting.insert(id);
        assert!(!was_posting || !is_current, "two POSTs");
        self.say(format!("flush {}", id.0));
    }

    pub(super) fn answer(&mut self, nsp: NspId, session: u32, auth: Result<&str, &str>) {
        let is_ok = auth.is_ok();
        if self.input(|manager, now| manager.authenticate(nsp, session, is_ok, now)) {
            match auth {
                Ok(data) => self.write("40", nsp, data),
                Err(error) => self.say(format!("connect_error {}: auth {error}", self.name(nsp))),
            }
        }
    }

    pub(super) fn write(&mut self, packet_type: &str, nsp: NspId, data: &str) {
        self.put(packet_type, nsp, data);
        self.turn(|manager, _| manager.write());
    }

    fn put(&mut self, packet_type: &str, nsp: NspId, data: &str) {
        let nsp = Some(self.name(nsp)).filter(|name| name != "/").map(|name| name + ",");
        self.write_buffer.push([packet_type, &nsp.unwrap_or_default(), data].concat());
    }

    fn event(&mut self, event: Event) {
        let failed = self.failed.as_ref();
        let failed = || failed.expect("what failed is told first");
        let line = match event {
            Event::Opening => {
                self.reconstruction = Reconstruction::default();
                return self.failed = None;
            }
            Event::Failed(error) => return self.failed = Some(self.reason(error)),
            Event::Open(id) => format!("manager open {}", id.0),
            Event::Upgrading(id) => format!("manager upgrading {}", id.0),
            Event::Upgrade(id) => format!("manager upgrade {}", id.0),
            Event::UpgradeError => "manager upgrade_error".into(),
            Event::Ping => "manager ping".into(),
            Event::ConnectError(nsp) => format!("connect_error {}: {}", self.name(nsp), failed()),
            Event::Error => format!("manager error: {}", failed()),
            Event::Close(reason) => format!("manager close: {}", reason.as_str()),
            Event::ReconnectAttempt(n) => format!("manager reconnect_attempt {n}"),
            Event::Reconnect(n) => format!("manager reconnect {n}"),
            Event::ReconnectError => format!("manager reconnect_error: {}", failed()),
            Event::ReconnectFailed => "manager reconnect_failed".into(),
            Event::Disconnect(nsp, reason) => {
                format!("disconnect {}: {}", self.name(nsp), reason.as_str())
            }
        };
        self.say(line);
    }

    pub(super) fn say(&mut self, line: String) {
        let listener = self.listener.take_if(|(when, _)| *when == line);
        self.lines.push(line);
        if let Some((_, listener)) = listener {
            listener(self);
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<NspId> {
        let at = self.names.iter().position(|known| known == name)?;
        at.try_into().ok().map(NspId)
    }

    pub(super) fn name(&self, nsp: NspId) -> String {
        self.names[nsp.0 as usize].clone()
    }

    fn reason(&self, error: ConnectError) -> String {
        match error {
            ConnectError::Transport => self.cause.clone(),
            ConnectError::Timeout => "timeout".into(),
            ConnectError::NoTransport => "no transport".into(),
        }
    }
}
