//! Socket.IO packets: one table, used every way.

use socketio_wasm::proto::error::DecodeError::{
    self, IllegalAttachments, IllegalId, TooManyAttachments, UnknownPacketType,
};
use socketio_wasm::proto::socket::packet::PacketType::{
    Ack, BinaryAck, BinaryEvent, Connect, ConnectError, Disconnect, Event,
};
use socketio_wasm::proto::socket::packet::{Header, PacketType};
use socketio_wasm::proto::text::Text;

use crate::any_text::{Utf16, check_header, write};
use crate::test;

const MAX_ATTACHMENTS: u32 = 10;

struct Row(&'static str, Header, &'static str);

/// A packet without the Engine.IO type, its header, its data.
fn row(wire: &'static str, packet_type: PacketType, data: &'static str) -> Row {
    Row(wire, header(packet_type), data)
}

/// Neither attachments nor namespace nor id.
fn header(packet_type: PacketType) -> Header {
    Header { packet_type, attachments: 0, nsp: None, id: None }
}

impl Row {
    fn nsp(mut self, nsp: &str) -> Self {
        let at = self.0.find(nsp).unwrap();
        self.1.nsp = Some(at..at + nsp.len());
        self
    }

    fn id(mut self, id: u64) -> Self {
        self.1.id = Some(id);
        self
    }

    fn attachments(mut self, attachments: u32) -> Self {
        self.1.attachments = attachments;
        self
    }
}

fn rows() -> Vec<Row> {
    vec![
        row("0", Connect, ""),
        row(r#"0{"sid":"x"}"#, Connect, r#"{"sid":"x"}"#),
        row("0/admin,", Connect, "").nsp("/admin"),
        row(r#"0/admin,{"token":"1"}"#, Connect, r#"{"token":"1"}"#).nsp("/admin"),
        row("0/admin?x=1&y=2,{}", Connect, "{}").nsp("/admin?x=1&y=2"),
        row("1", Disconnect, ""),
        row("1/admin,", Disconnect, "").nsp("/admin"),
        row(r#"2["a"]"#, Event, r#"["a"]"#),
        row(r#"2["a,b",{"c":"/d,"}]"#, Event, r#"["a,b",{"c":"/d,"}]"#),
        row(r#"2/admin,["a"]"#, Event, r#"["a"]"#).nsp("/admin"),
        row(r#"20["a"]"#, Event, r#"["a"]"#).id(0),
        row(r#"213["a"]"#, Event, r#"["a"]"#).id(13),
        row(r#"2/admin/a-b,1["a"]"#, Event, r#"["a"]"#).nsp("/admin/a-b").id(1),
        row(r#"2/7,1["a"]"#, Event, r#"["a"]"#).nsp("/7").id(1),
        row(r#"29007199254740991["a"]"#, Event, r#"["a"]"#).id((1 << 53) - 1),
        row("30[]", Ack, "[]").id(0),
        row(r#"3/admin,456["a",2]"#, Ack, r#"["a",2]"#).nsp("/admin").id(456),
        row(r#"4"no""#, ConnectError, r#""no""#),
        row(r#"4{"message":"no"}"#, ConnectError, r#"{"message":"no"}"#),
        row(r#"4/admin,{"message":"no"}"#, ConnectError, r#"{"message":"no"}"#).nsp("/admin"),
        row(r#"51-["a",{}]"#, BinaryEvent, r#"["a",{}]"#).attachments(1),
        row(r#"510-/admin,7["a"]"#, BinaryEvent, r#"["a"]"#).attachments(10).nsp("/admin").id(7),
        row(r#"51-12["a"]"#, BinaryEvent, r#"["a"]"#).attachments(1).id(12),
        row("61-456[{}]", BinaryAck, "[{}]").attachments(1).id(456),
        row("62-/admin,0[{},{}]", BinaryAck, "[{},{}]").attachments(2).nsp("/admin").id(0),
    ]
}

fn decode<T: Text + ?Sized>(text: &T) -> Result<(Header, usize), DecodeError> {
    Header::decode(text, &(0..text.len()), MAX_ATTACHMENTS)
}

#[test]
fn packets_are_read_as_the_specification_says() {
    for Row(wire, header, data) in rows() {
        assert_eq!(write(wire, &header) + data, wire, "the table is right");
        let expected = Ok((header, wire.len() - data.len()));
        assert_eq!(decode(wire), expected, "{wire}");
        assert_eq!(decode(&Utf16::new(wire)), expected, "{wire} as UTF-16");
    }
}

#[test]
fn packets_in_the_middle_of_a_payload_are_read_to_their_end_and_no_further() {
    for Row(wire, mut header, data) in rows() {
        header.nsp = header.nsp.map(|nsp| nsp.start + 3..nsp.end + 3);
        for behind in ["\u{1e}2/other,9[\"x\"]", ",", "7", "-", "/x,"] {
            let payload = format!("6\u{1e}4{wire}{behind}");
            let range = 3..3 + wire.len();
            let data_at = range.end - data.len();
            let decoded = Header::decode(payload.as_str(), &range, MAX_ATTACHMENTS);
            assert_eq!(decoded, Ok((header.clone(), data_at)), "{payload:?}");
        }
    }
    let header = Header { nsp: Some(1..7), ..header(Connect) };
    for unfinished in ["0/admin\u{1e}42[\"a\",1]", "0/admin,{}"] {
        let decoded = Header::decode(unfinished, &(0..7), MAX_ATTACHMENTS);
        assert_eq!(decoded, Ok((header.clone(), 7)), "{unfinished}");
    }
}

#[test]
fn packets_that_were_cut_off_are_read_or_refused() {
    for Row(wire, ..) in rows() {
        for end in 0..=wire.len() {
            check_header(&wire[..end], MAX_ATTACHMENTS);
        }
    }
}

#[test]
fn packets_with_any_unit_changed_removed_or_added_are_read_or_refused() {
    let units = "0123456789-,/[]{}\":? \u{0}\u{1e}az\u{7f}";
    for Row(wire, ..) in rows() {
        for at in 0..wire.len() {
            let (before, rest) = wire.split_at(at);
            check_header(&format!("{before}{}", &rest[1..]), MAX_ATTACHMENTS);
            for unit in units.chars() {
                check_header(&format!("{before}{unit}{}", &rest[1..]), MAX_ATTACHMENTS);
                check_header(&format!("{before}{unit}{rest}"), MAX_ATTACHMENTS);
            }
        }
    }
}

#[test]
fn units_beyond_ascii_are_never_taken_for_ascii() {
    for Row(wire, header, data) in rows() {
        let data_at = wire.len() - data.len();
        let is_name = |at| header.nsp.as_ref().is_some_and(|nsp| at > nsp.start && at < nsp.end);
        for at in (0..data_at).filter(|&at| !is_name(at)) {
            let with = |unit| {
                let mut text = Utf16::new(wire);
                text.0[at] = unit;
                decode(&text)
            };
            let found = with(0x4e00);
            assert_ne!(found, Ok((header.clone(), data_at)), "{wire} at {at}");
            // The low byte is that of the unit it replaces; a surrogate has no partner.
            for high in [0x0100, 0xd800, 0xff00] {
                let low = Utf16::new(wire).0[at];
                assert_eq!(with(high | low), found, "{wire} at {at}");
            }
        }
    }
}

#[test]
fn namespaces_may_have_any_characters() {
    let wire = "2/größe/😀,[\"a\"]";
    let header = |nsp| Header { nsp: Some(nsp), ..header(Event) };
    assert_eq!(decode(&Utf16::new(wire)), Ok((header(1..10), 11)));
    assert_eq!(decode(wire), Ok((header(1..14), 15)), "the same in bytes");
}

#[test]
fn other_spellings_of_the_main_namespace_and_of_numbers_are_understood() {
    let event = |id| Header { id, ..header(Event) };
    assert_eq!(decode(r#"2/,["a"]"#), Ok((event(None), 3)));
    assert_eq!(decode(r#"2/,1["a"]"#), Ok((event(Some(1)), 4)));
    assert_eq!(decode(r#"2007["a"]"#), Ok((event(Some(7)), 4)));
    assert_eq!(decode("0/"), Ok((header(Connect), 2)));
}

#[test]
fn malformed_packets_are_refused_for_what_is_wrong_with_them() {
    for (wire, error) in [
        ("", UnknownPacketType),
        ("7", UnknownPacketType),
        (r#"9["a"]"#, UnknownPacketType),
        ("x", UnknownPacketType),
        (r#"["a"]"#, UnknownPacketType),
        (" 2[]", UnknownPacketType),
        ("5", IllegalAttachments),
        ("5a-", IllegalAttachments),
        ("5-", IllegalAttachments),
        ("51", IllegalAttachments),
        (r#"51["a"]"#, IllegalAttachments),
        (r#"51,-["a"]"#, IllegalAttachments),
        (r#"5["a"]"#, IllegalAttachments),
        (r#"50-["a"]"#, IllegalAttachments),
        (r#"500-["a"]"#, IllegalAttachments),
        (r#"5/admin,1-["a"]"#, IllegalAttachments),
        ("6", IllegalAttachments),
        ("60-1[]", IllegalAttachments),
        ("599999999999999999999", IllegalAttachments),
        (r#"511-["a"]"#, TooManyAttachments),
        ("611-1[]", TooManyAttachments),
        ("54294967297-[]", TooManyAttachments),
        ("599999999999999999999-[]", TooManyAttachments),
        (r#"29007199254740992["a"]"#, IllegalId),
        (r#"2/admin,9007199254740992["a"]"#, IllegalId),
        ("318446744073709551616[]", IllegalId),
        ("3431234567890123456789012345678901234567890[]", IllegalId),
        ("61-99999999999999999999[]", IllegalId),
    ] {
        assert_eq!(decode(wire), Err(error), "{wire}");
        assert_eq!(decode(&Utf16::new(wire)), Err(error), "{wire} as UTF-16");
    }
}

#[test]
fn the_number_of_attachments_allowed_is_the_users_choice() {
    let count = |wire: &str, max| {
        Header::decode(wire, &(0..wire.len()), max).map(|(header, _)| header.attachments)
    };
    assert_eq!(count("51-[]", 0), Err(TooManyAttachments));
    assert_eq!(count("511-[]", 11), Ok(11));
    assert_eq!(count("512-[]", 11), Err(TooManyAttachments));
    assert_eq!(count("54294967295-[]", u32::MAX), Ok(u32::MAX));
    assert_eq!(count("54294967296-[]", u32::MAX), Err(TooManyAttachments));
}
