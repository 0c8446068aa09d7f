//! JSON on JavaScript strings, and binary data in it. All of the crate's JSON is here.
//! Spec: socket.io-protocol v5, "Packet encoding": binary parts leave a placeholder in the JSON.

use js_sys::{Array, ArrayBuffer, Function, JsString, Object, Reflect, TypeError};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::data::{Data, encoded};
use super::detect::get;
use super::error::set;
use crate::proto::engine::Handshake;
use crate::proto::error::DecodeError;
use crate::proto::socket::packet::{PacketType, Shape};
use crate::proto::time::Millis;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn json_parse(text: &JsString) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    fn json_stringify(value: &JsValue) -> Result<JsValue, JsValue>;

    // What the user's data does when it is read may throw: unlike `js_sys`, these catch it.
    #[wasm_bindgen(js_namespace = Object, js_name = values, catch)]
    fn values(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Array, js_name = from, catch)]
    fn array_from(array: &JsValue) -> Result<Array, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    type RegExp;

    #[wasm_bindgen(constructor)]
    fn new(pattern: &str) -> RegExp;

    #[wasm_bindgen(method)]
    fn test(this: &RegExp, text: &JsString) -> bool;
}

thread_local! {
    /// What binary data leaves in JSON: an empty object, or one with indices, or what a `Buffer`
    /// makes of itself.
    static BINARY_TRACES: RegExp = RegExp::new(r#"\{(\}|"0":|"type":"Buffer")"#);
}

/// Deeper than any real data; what nests deeper refers to itself.
const MAX_DEPTH: u32 = 200;

/// `JSON.stringify`.
///
/// # Errors
/// What it throws: a `TypeError` for a BigInt or a value that refers to itself, or whatever a
/// `toJSON` throws.
pub fn stringify(value: &JsValue) -> Result<JsString, JsValue> {
    json_stringify(value).map(JsValue::unchecked_into)
}

/// The data of a packet and its shape; text that is not JSON has the shape that nothing accepts.
pub(crate) fn parse(text: &JsString, packet_type: PacketType) -> (JsValue, Shape) {
    if text.length() == 0 {
        return (JsValue::UNDEFINED, Shape::None);
    }
    json_parse(text).map_or((JsValue::UNDEFINED, Shape::Other), |data| {
        let shape = shape(&data, packet_type);
        (data, shape)
    })
}

fn shape(data: &JsValue, packet_type: PacketType) -> Shape {
    if Array::is_array(data) {
        let name = data.unchecked_ref::<Array>().get(0);
        let is_event = matches!(packet_type, PacketType::Event | PacketType::BinaryEvent)
            && (name.as_f64().is_some() || name.is_string() && !is_reserved(&name));
        return if is_event { Shape::Event } else { Shape::Array };
    }
    if data.is_string() {
        return Shape::String;
    }
    match data.is_object() {
        true if get(data, "sid").is_string() => Shape::Session,
        true => Shape::Object,
        false => Shape::Other,
    }
}

thread_local! {
    static RESERVED: JsValue = json_parse(&RESERVED_NAMES.into()).unwrap_or_default();
}

const RESERVED_NAMES: &str =
    r#"["connect","connect_error","disconnect","disconnecting","newListener","removeListener"]"#;

/// Whether an event of this name belongs to the library and can't be sent or received.
#[must_use]
pub fn is_reserved(name: &JsValue) -> bool {
    RESERVED.with(|reserved| reserved.unchecked_ref::<Array>().includes(name, 0))
}

/// The fields of an open packet; `None` when one is missing or makes no sense.
/// Spec: engine.io-protocol v4, "Handshake".
pub(crate) fn handshake(text: &JsString) -> Option<(Handshake, JsString, Option<u64>)> {
    let data = json_parse(text).ok()?;
    // Zero would be a session that is dead at once.
    let interval =
        |name| get(&data, name).as_f64().filter(|&ms| ms > 0.0).and_then(Millis::from_f64);
    let upgrades = get(&data, "upgrades").dyn_into::<Array>().ok()?;
    let handshake = Handshake {
        websocket: upgrades.includes(&"websocket".into(), 0),
        ping_interval: interval("pingInterval")?,
        ping_timeout: interval("pingTimeout")?,
    };
    let max_payload = get(&data, "maxPayload").as_f64().and_then(Millis::from_f64);
    let sid = get(&data, "sid").dyn_into().ok()?;
    Some((handshake, sid, max_payload.map(|Millis(bytes)| bytes).filter(|&bytes| bytes > 0)))
}

/// Makes the arguments of an event ready to be sent.
///
/// # Errors
/// What the arguments' own code throws; a `TypeError` for what JSON cannot hold, such as a BigInt
/// or a value that refers to itself.
pub fn encode(args: &JsValue) -> Result<Data, JsValue> {
    // To JSON, binary data is an empty object, or one with indices. So nothing has to be walked
    // through that has neither; only large arrays are better seen before they become text.
    if !has_binary_near(args.unchecked_ref()) {
        let json = stringify(args)?;
        if !BINARY_TRACES.with(|traces| traces.test(&json)) {
            return Ok(json.into());
        }
    }
    let attachments = Array::new();
    let tree = extract(args, &attachments, 0)?;
    Ok(encoded(stringify(&tree)?, &attachments))
}

fn is_binary(value: &JsValue) -> bool {
    value.is_object()
        && (ArrayBuffer::is_view(value)
            || value.is_instance_of::<ArrayBuffer>()
            || value.is_instance_of::<Blob>())
}

/// Whether an argument is binary data or holds some directly.
fn has_binary_near(args: &Array) -> bool {
    is_any(args, |arg| {
        is_binary(arg)
            || arg.is_object() && values(arg).is_ok_and(|values| is_any(&values, is_binary))
    })
}

fn is_any(values: &Array, is_it: fn(&JsValue) -> bool) -> bool {
    (0..values.length()).any(|at| is_it(&values.get(at)))
}

/// A copy of `value` with placeholders instead of binary data, which is put into `attachments`.
fn extract(value: &JsValue, attachments: &Array, depth: u32) -> Result<JsValue, JsValue> {
    if !value.is_object() {
        return Ok(value.clone());
    }
    if depth > MAX_DEPTH {
        return Err(TypeError::new("the data nests too deep, or refers to itself").into());
    }
    let depth = depth.saturating_add(1);
    if is_binary(value) {
        return Ok(placeholder(value, attachments));
    }
    if let Ok(to_json) = Reflect::get(value, &"toJSON".into())?.dyn_into::<Function>() {
        return extract(&to_json.call0(value)?, attachments, depth);
    }
    // Unlike assignments, entries make `__proto__` a property like any other.
    let is_array = Array::is_array(value);
    let entries = if is_array { array_from(value) } else { entries(value) }?;
    for at in 0..entries.length() {
        let entry = entries.get(at);
        if is_array {
            entries.set(at, extract(&entry, attachments, depth)?);
        } else {
            let entry: Array = entry.unchecked_into();
            entry.set(1, extract(&entry.get(1), attachments, depth)?);
        }
    }
    if is_array { Ok(entries.into()) } else { Object::from_entries(&entries).map(Into::into) }
}

fn placeholder(value: &JsValue, attachments: &Array) -> JsValue {
    let placeholder = Object::new().into();
    set(&placeholder, "_placeholder", &true.into());
    set(&placeholder, "num", &attachments.length().into());
    attachments.push(value);
    placeholder
}

/// Puts the attachments where their placeholders are.
///
/// # Errors
/// [`DecodeError::IllegalAttachments`] when a placeholder names none of them.
pub(crate) fn reconstruct(data: &JsValue, attachments: &[JsValue]) -> Result<(), DecodeError> {
    // Not by recursion: how deep it nests is up to the server.
    let mut open = Vec::from([data.clone()]);
    while let Some(object) = open.pop() {
        let keys = Object::keys(object.unchecked_ref::<Object>());
        for at in 0..keys.length() {
            let key = keys.get(at);
            let value = Reflect::get(&object, &key).unwrap_or_default();
            if !value.is_object() {
                continue;
            }
            if get(&value, "_placeholder") != JsValue::TRUE {
                open.push(value);
                continue;
            }
            let attachment = index(&get(&value, "num")).and_then(|num| attachments.get(num));
            let attachment = attachment.ok_or(DecodeError::IllegalAttachments)?;
            let _ = Reflect::set(&object, &key, attachment);
        }
    }
    Ok(())
}

/// A number that can be an index.
fn index(number: &JsValue) -> Option<usize> {
    let number = number.as_f64()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (number >= 0.0 && number.trunc() == number).then_some(number as usize)
}
