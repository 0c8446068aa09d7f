//! Engine.IO packets and long-polling payloads.

use socketio_wasm::proto::engine::Packet;
use socketio_wasm::proto::engine::packet::{PacketType, is_probe};
use socketio_wasm::proto::engine::payload::split;
use socketio_wasm::proto::error::DecodeError::UnknownEnginePacket;

use crate::any_text::{Utf16, check_payload};
use crate::test;

#[test]
fn the_first_unit_is_the_type_of_a_packet() {
    let types = [
        ('0', PacketType::Open),
        ('1', PacketType::Close),
        ('2', PacketType::Ping),
        ('3', PacketType::Pong),
        ('4', PacketType::Message),
        ('5', PacketType::Upgrade),
        ('6', PacketType::Noop),
        ('b', PacketType::Base64),
    ];
    // The last are the types above with a bit more.
    for unit in (0..=0x17f).chain(0x0430..=0x0436).filter_map(char::from_u32) {
        let found = types.iter().find(|(typed, _)| *typed == unit);
        let expected = found.map(|&(_, packet_type)| packet_type).ok_or(UnknownEnginePacket);
        let text = format!("x\u{1e}{unit}ata");
        let utf16 = Utf16::new(&text);
        assert_eq!(PacketType::decode(&utf16, &(2..6)), expected, "{text:?}");
        assert_eq!(PacketType::decode(text.as_str(), &(2..text.len())), expected, "{text:?}");
    }
}

#[test]
fn an_empty_packet_has_no_type_even_if_others_follow() {
    assert_eq!(PacketType::decode("", &(0..0)), Err(UnknownEnginePacket));
    assert_eq!(PacketType::decode("4a", &(0..0)), Err(UnknownEnginePacket));
    assert_eq!(PacketType::decode("4a", &(2..2)), Err(UnknownEnginePacket));
}

#[test]
fn only_3probe_answers_a_probe() {
    assert!(is_probe("3probe", &(0..6)));
    assert!(is_probe(&Utf16::new("3probe"), &(0..6)));
    assert!(is_probe("6\u{1e}3probe\u{1e}6", &(2..8)));
    for text in ["3", "", "3prob", "3probes", "3Probe", "3 probe", "3xxxxx", "3probf", "3qrobe"] {
        assert!(!is_probe(text, &(0..text.len())), "{text}");
    }
    assert!(!is_probe("3probe", &(0..5)), "the rest belongs to another packet");
}

#[test]
fn payloads_are_split_at_every_separator_and_nowhere_else() {
    let table: [(&str, &[&str]); 8] = [
        ("", &[""]),
        ("6", &["6"]),
        ("42[\"a\"]\u{1e}2\u{1e}bAQI=", &["42[\"a\"]", "2", "bAQI="]),
        ("4a\u{1e}", &["4a", ""]),
        ("\u{1e}4a", &["", "4a"]),
        ("\u{1e}\u{1e}", &["", "", ""]),
        ("4\\u001e\n\u{1f}", &["4\\u001e\n\u{1f}"]),
        ("4größe\u{1e}4😀", &["4größe", "4😀"]),
    ];
    for (payload, packets) in table {
        let found: Vec<&str> = split(payload).map(|range| &payload[range]).collect();
        assert_eq!(found, packets);
        check_payload(payload);
    }
}

#[test]
fn the_machines_own_packets_are_what_the_specification_says() {
    let packets = [Packet::Close, Packet::Probe, Packet::Pong, Packet::Upgrade];
    assert_eq!(packets.map(Packet::as_str), ["1", "2probe", "3", "5"]);
    assert_eq!(packets.map(|packet| packet as u8), [1, 2, 3, 5], "what a driver goes by");
}
