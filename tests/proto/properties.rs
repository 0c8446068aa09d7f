//! Packets and payloads that nobody thought of, made by chance; what fails is made small.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use socketio_wasm::proto::engine::payload;
use socketio_wasm::proto::socket::attachments::Reconstruction;
use socketio_wasm::proto::socket::packet::Header;
use socketio_wasm::proto::socket::packet::PacketType::{self, BinaryAck, BinaryEvent};

use crate::any_text::{Utf16, check_header, check_payload};

/// The same in every run; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` have it look elsewhere.
pub(crate) fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let rng_seed = match default.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        seed @ RngSeed::Fixed(_) => seed,
    };
    ProptestConfig { rng_seed, failure_persistence: None, ..default }
}

const MAX_ATTACHMENTS: u32 = 10;

/// The first that no JavaScript integer can be told from the next.
const MAX_ID: u64 = 1 << 53;

/// A Socket.IO packet as its sender sees it.
#[derive(Clone, Debug)]
struct Packet {
    digit: u8,
    attachments: u32,
    nsp: Option<String>,
    id: Option<u64>,
    data: String,
    /// There is a comma behind the namespace even if nothing follows.
    comma: bool,
}

fn packet() -> impl Strategy<Value = Packet> {
    let nsp = text().prop_map(|name| format!("/x{}", name.replace(',', "")));
    // What JSON begins with.
    let data = prop_oneof![
        Just(String::new()),
        text().prop_map(|rest| format!("[{rest}")),
        text().prop_map(|rest| format!("{{{rest}")),
        text().prop_map(|rest| format!("\"{rest}")),
    ];
    let (some, id) =
        (proptest::option::of::<BoxedStrategy<String>>, prop_oneof![0..10_u64, 0..MAX_ID]);
    let parts = (
        0..7_u8,
        1..=MAX_ATTACHMENTS,
        some(nsp.boxed()),
        proptest::option::of(id),
        data,
        any::<bool>(),
    );
    parts.prop_map(|(digit, attachments, nsp, id, data, comma)| Packet {
        digit,
        attachments,
        nsp,
        id,
        data,
        comma,
    })
}

/// No separator of payloads; what the protocols are written with is there more often.
fn text() -> impl Strategy<Value = String> {
    let words = "0 1 2 3 4 5 6 9 10 11 b - , / [ ] { } \" : 3probe probe 51- 42[ 40/a,".split(' ');
    let word = prop_oneof![
        2 => proptest::sample::select(words.collect::<Vec<_>>()).prop_map(str::to_owned),
        1 => proptest::char::any().prop_map(String::from),
    ];
    vec(word, 0..8).prop_map(|words| words.concat().replace(payload::SEPARATOR, ""))
}

impl Packet {
    fn is_binary(&self) -> bool {
        self.digit >= 5
    }

    fn wire(&self) -> String {
        let attachments = self.is_binary().then(|| format!("{}-", self.attachments));
        let comma = if self.comma || self.id.is_some() || !self.data.is_empty() { "," } else { "" };
        let nsp = self.nsp.as_ref().map(|nsp| format!("{nsp}{comma}"));
        let id = self.id.map(|id| id.to_string());
        let parts = [attachments, nsp, id].map(Option::unwrap_or_default).concat();
        format!("{}{parts}{}", self.digit, self.data)
    }

    /// What was read at `range` of a text is this packet.
    fn check(&self, header: &Header, data: &str, nsp: Option<&str>) {
        let is_type = |packet_type| header.packet_type == packet_type;
        assert_eq!(self.digit, TYPES.into_iter().position(is_type).unwrap() as u8);
        assert_eq!(header.attachments, if self.is_binary() { self.attachments } else { 0 });
        assert_eq!(header.id, self.id);
        assert_eq!((nsp, data), (self.nsp.as_deref(), &*self.data));
    }
}

const TYPES: [PacketType; 7] = [
    PacketType::Connect,
    PacketType::Disconnect,
    PacketType::Event,
    PacketType::Ack,
    PacketType::ConnectError,
    BinaryEvent,
    BinaryAck,
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_packet_is_read_as_it_was_written(packet in packet()) {
        let wire = packet.wire();
        let range = 0..wire.len();
        let (header, at) = Header::decode(wire.as_str(), &range, MAX_ATTACHMENTS).unwrap();
        packet.check(&header, &wire[at..], header.nsp.clone().map(|nsp| &wire[nsp]));
        check_header(&wire, MAX_ATTACHMENTS);
    }

    #[test]
    fn packets_in_a_payload_are_those_that_were_put_in(packets in vec(packet(), 1..6)) {
        let message = |packet: &Packet| format!("4{}", packet.wire());
        let messages: Vec<String> = packets.iter().map(message).collect();
        let body = messages.join(payload::SEPARATOR);
        let ranges: Vec<_> = payload::split(body.as_str()).collect();
        prop_assert_eq!(ranges.len(), packets.len());
        for (packet, range) in packets.iter().zip(ranges) {
            let of = range.start + 1..range.end;
            let (header, at) = Header::decode(body.as_str(), &of, MAX_ATTACHMENTS).unwrap();
            packet.check(&header, &body[at..range.end], header.nsp.clone().map(|nsp| &body[nsp]));
        }
        check_payload(&body);
    }

    #[test]
    fn what_is_too_much_is_refused(count in 0..40_u64, max in 0..30_u32, id in 0..MAX_ID * 2) {
        let wire = format!("5{count}-{id}[]");
        let header = Header::decode(wire.as_str(), &(0..wire.len()), max);
        let is_good = count > 0 && count <= max.into() && id < MAX_ID;
        prop_assert_eq!(header.is_ok(), is_good, "{}", wire);
    }

    #[test]
    fn a_payload_is_taken_apart_as_it_was_put_together(parts in vec(text(), 1..6)) {
        let body = parts.join(payload::SEPARATOR);
        let found: Vec<&str> = payload::split(body.as_str()).map(|range| &body[range]).collect();
        prop_assert_eq!(found, parts);
        check_payload(&body);
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in prop_oneof![".*", text()],
        max_attachments in any::<u32>(),
    ) {
        check_header(&text, max_attachments);
        check_payload(&text);
    }

    #[test]
    fn any_javascript_string_is_read_or_refused(
        units in vec(any::<u16>(), 0..40),
        from in 0..40_usize,
    ) {
        let text = Utf16(units);
        let range = from.min(text.0.len())..text.0.len();
        if let Ok((header, at)) = Header::decode(&text, &range, MAX_ATTACHMENTS) {
            prop_assert!(range.start < at && at <= range.end);
            prop_assert!(header.nsp.is_none_or(|nsp| range.start < nsp.start && nsp.end <= at));
        }
        let end = text.0.len();
        prop_assert!(payload::split(&text).all(|part| part.start <= part.end && part.end <= end));
    }

    #[test]
    fn packets_come_with_all_their_attachments_and_no_others(counts in vec(0..5_u32, 0..20)) {
        let mut waiting = Reconstruction::default();
        for (at, &count) in counts.iter().enumerate() {
            prop_assert_eq!(waiting.attachment(|_| {}).is_err(), true, "nobody has announced it");
            let mut whole = waiting.packet(count, (at, Vec::new())).unwrap();
            for attachment in 0..count {
                prop_assert_eq!(&whole, &None);
                prop_assert!(waiting.packet(0, (at, Vec::new())).is_err(), "another one is due");
                whole = waiting.attachment(|(_, all)| all.push(attachment)).unwrap();
            }
            prop_assert_eq!(whole, Some((at, (0..count).collect::<Vec<_>>())));
        }
    }
}
