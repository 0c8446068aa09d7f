//! What JavaScript has of a namespace, by number: for those who have JavaScript's values at hand.

use wasm_bindgen::prelude::*;

use super::Network;
use super::host::Handler;
use crate::proto::output::NspId;

#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeSpace)]
    fn make_space(network: u32, nsp: u32) -> u32;

    #[wasm_bindgen(js_name = endSpace)]
    fn end_space(space: u32);

    #[wasm_bindgen(catch, js_name = stagePacket)]
    fn stage_packet(space: u32, packet_type: u8, id: f64, data: &JsValue) -> Result<i32, JsValue>;

    fn asked(space: u32, is_refused: bool);

    fn grant(space: u32) -> bool;

    #[wasm_bindgen(js_name = idOf)]
    fn id_of(space: u32) -> Option<String>;

    fn keep(space: u32, id: f64);

    fn unkeep(space: u32) -> f64;

    fn withdraw(space: u32, id: f64);

    fn defer(space: u32, id: f64);

    fn next(space: u32) -> f64;

    #[wasm_bindgen(js_name = forgetEvents)]
    fn forget_events(space: u32);

    #[wasm_bindgen(js_name = addListener)]
    fn add_listener(space: u32, key: &JsValue, listener: &Handler);

    #[wasm_bindgen(js_name = removeListener)]
    fn remove_listener(space: u32, key: &JsValue, listener: &Handler);

    fn notify(space: u32, key: u32);

    #[wasm_bindgen(js_name = callForEvent)]
    fn call_for_event(space: u32, wants_answer: bool);
}

/// A namespace of a connection, for as long as it has a handle. Each is explained in `host.js`.
pub(crate) struct Space(u32);

/// The id of an answer, or none.
pub(crate) type Id = Option<u64>;

/// As JavaScript has it.
#[expect(clippy::cast_precision_loss, reason = "none is above the largest exact integer")]
fn number(id: Id) -> f64 {
    id.map_or(-1.0, |id| id as f64)
}

/// There is something, and its id; or there is nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is what was kept")]
fn taken(id: f64) -> Option<Id> {
    (id >= -1.0).then(|| (id >= 0.0).then_some(id as u64))
}

impl Space {
    pub(crate) fn new(Network(network): Network, NspId(nsp): NspId) -> Self {
        Self(make_space(network, nsp))
    }

    /// A Socket.IO packet is the next to be sent; tells how many attachments it has, or nothing if
    /// the event's name is reserved.
    pub(crate) fn stage(
        &self,
        packet_type: u8,
        id: Id,
        data: &JsValue,
    ) -> Result<Option<u32>, JsValue> {
        let count = stage_packet(self.0, packet_type, number(id), data)?;
        Ok(u32::try_from(count).ok())
    }

    /// The session that was there before is asked for, or was refused: then it still is there.
    pub(crate) fn asked(&self, is_refused: bool) {
        asked(self.0, is_refused);
    }

    pub(crate) fn grant(&self) -> bool {
        grant(self.0)
    }

    /// The server's id for the namespace.
    pub(crate) fn id(&self) -> Option<String> {
        id_of(self.0)
    }

    /// What was staged waits for a connection.
    pub(crate) fn keep(&self, id: Id) {
        keep(self.0, number(id));
    }

    /// The first that waits is staged.
    pub(crate) fn unkeep(&self) -> Option<Id> {
        taken(unkeep(self.0))
    }

    /// The one with this id does not wait any more.
    pub(crate) fn withdraw(&self, id: Id) {
        withdraw(self.0, number(id));
    }

    /// The event that came waits until the server has granted the namespace.
    pub(crate) fn defer(&self, id: Id) {
        defer(self.0, number(id));
    }

    /// The first of these has come.
    pub(crate) fn next(&self) -> Option<Id> {
        taken(next(self.0))
    }

    pub(crate) fn forget_events(&self) {
        forget_events(self.0);
    }

    pub(crate) fn add_listener(&self, key: &JsValue, listener: &Handler) {
        add_listener(self.0, key, listener);
    }

    pub(crate) fn remove_listener(&self, key: &JsValue, listener: &Handler) {
        remove_listener(self.0, key, listener);
    }

    pub(crate) fn notify(&self, key: u32) {
        notify(self.0, key);
    }

    /// The event that came is told.
    pub(crate) fn call_for_event(&self, wants_answer: bool) {
        call_for_event(self.0, wants_answer);
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        end_space(self.0);
    }
}
