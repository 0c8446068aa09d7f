//! What holds of every text, whoever thinks it up: the tables of these tests, chance or the fuzzer.

use core::ops::Range;

use socketio_wasm::proto::engine::packet::{PacketType as EngineType, is_probe};
use socketio_wasm::proto::engine::payload;
use socketio_wasm::proto::error::DecodeError;
use socketio_wasm::proto::socket::packet::Header;
use socketio_wasm::proto::socket::packet::PacketType::{
    Ack, BinaryAck, BinaryEvent, Connect, ConnectError, Disconnect, Event,
};
use socketio_wasm::proto::text::Text;

/// A JavaScript string.
pub(crate) struct Utf16(pub(crate) Vec<u16>);

impl Utf16 {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.encode_utf16().collect())
    }

    fn part(&self, range: Range<usize>) -> String {
        String::from_utf16_lossy(&self.0[range])
    }
}

impl Text for Utf16 {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        self.0.get(at).copied()
    }

    fn find(&self, unit: &str, from: usize) -> Option<usize> {
        let unit = unit.encode_utf16().next()?;
        (from..self.len()).find(|&at| self.0[at] == unit)
    }
}

/// A header as text; its namespace is a part of `text`.
pub(crate) fn write(text: &str, header: &Header) -> String {
    let digit = match header.packet_type {
        Connect => "0",
        Disconnect => "1",
        Event => "2",
        Ack => "3",
        ConnectError => "4",
        BinaryEvent => "5",
        BinaryAck => "6",
    };
    let is_binary = matches!(header.packet_type, BinaryEvent | BinaryAck);
    let attachments = is_binary.then(|| format!("{}-", header.attachments));
    let nsp = header.nsp.clone().map(|nsp| format!("{},", &text[nsp]));
    let id = header.id.map(|id| id.to_string());
    [digit, &attachments.unwrap_or_default(), &nsp.unwrap_or_default(), &id.unwrap_or_default()]
        .concat()
}

fn decode<T: Text + ?Sized>(text: &T, max: u32) -> Result<(Header, usize), DecodeError> {
    Header::decode(text, &(0..text.len()), max)
}

/// Whatever could be read can be written again, and then means the same.
pub(crate) fn check_header(text: &str, max_attachments: u32) {
    let decoded = decode(text, max_attachments);
    check_as_utf16(text, max_attachments, &decoded);
    let Ok((header, data_at)) = decoded else { return };
    let is_binary = matches!(header.packet_type, BinaryEvent | BinaryAck);
    assert_eq!(header.packet_type.is_binary(), is_binary);
    assert_eq!(header.attachments > 0, is_binary, "{text:?}");
    assert!(header.attachments <= max_attachments, "{text:?}");
    let head = write(text, &header);
    let (again, end) = decode(head.as_str(), max_attachments).unwrap();
    assert_eq!(end, head.len(), "{text:?}");
    let same = Header { nsp: again.nsp.clone(), ..header.clone() };
    assert_eq!(again, same, "{text:?}");
    let is_closed = header.nsp.as_ref().is_none_or(|nsp| nsp.end < data_at);
    assert_eq!(again.nsp.map(|nsp| &head[nsp]), header.nsp.map(|nsp| &text[nsp]), "{text:?}");
    // A number with zeros in front and `/,` are read but not written like that, which is shorter; a
    // comma that was missing is written.
    if is_closed && head.len() == data_at {
        assert_eq!(head, text[..data_at]);
    }
}

/// A JavaScript string says the same as its bytes in UTF-8, at other places.
fn check_as_utf16(text: &str, max: u32, bytes: &Result<(Header, usize), DecodeError>) {
    let utf16 = Utf16::new(text);
    let in_bytes = bytes.clone().map(|(header, data_at)| {
        let nsp = header.nsp.clone().map(|nsp| text[nsp].to_owned());
        (Header { nsp: None, ..header }, nsp, text[data_at..].to_owned())
    });
    let in_units = decode(&utf16, max).map(|(header, data_at)| {
        let nsp = header.nsp.clone().map(|nsp| utf16.part(nsp));
        (Header { nsp: None, ..header }, nsp, utf16.part(data_at..utf16.len()))
    });
    assert_eq!(in_units, in_bytes, "{text:?}");
}

/// Every part of a payload is found, and joined they are the payload again.
pub(crate) fn check_payload(text: &str) {
    let parts: Vec<&str> = payload::split(text).map(|range| &text[range]).collect();
    assert!(parts.iter().all(|part| !part.contains(payload::SEPARATOR)), "{text:?}");
    assert_eq!(parts.join(payload::SEPARATOR), text);
    let utf16 = Utf16::new(text);
    let in_units: Vec<String> = payload::split(&utf16).map(|range| utf16.part(range)).collect();
    assert_eq!(in_units, parts);
    for range in payload::split(text) {
        check_packet(text, &range);
    }
}

/// A packet in a payload means what it would mean alone.
fn check_packet(text: &str, range: &Range<usize>) {
    let packet = &text[range.clone()];
    let alone = 0..packet.len();
    let packet_type = EngineType::decode(text, range);
    assert_eq!(packet_type, EngineType::decode(packet, &alone), "{text:?}");
    assert_eq!(packet_type.is_ok(), packet.starts_with(['0', '1', '2', '3', '4', '5', '6', 'b']));
    // What is asked of a packet that is known to begin with a 3.
    assert_eq!(is_probe(text, range), packet.get(1..) == Some("probe"), "{text:?}");
    if packet_type == Ok(EngineType::Message) {
        let shifted = |(mut header, at): (Header, usize)| {
            header.nsp = header.nsp.map(|nsp| nsp.start - range.start..nsp.end - range.start);
            (header, at - range.start)
        };
        let in_payload = Header::decode(text, &(range.start + 1..range.end), 10).map(shifted);
        assert_eq!(in_payload, Header::decode(packet, &(1..packet.len()), 10), "{text:?}");
    }
}
