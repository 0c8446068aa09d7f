//! What is taken for the data of a packet, and what for a handshake.

use wasm_bindgen_test::wasm_bindgen_test as test;

use super::host;
use super::page::{js, show};

/// Packets' data, and the types of packets that may have it.
const DATA: [(&str, &str); 18] = [
    ("undefined", "014"),
    ("null", ""),
    ("1", ""),
    ("true", ""),
    ("'text'", "4"),
    ("{}", "04"),
    ("{ sid: 'x' }", "04"),
    ("[]", "36"),
    ("[null]", "36"),
    ("[true]", "36"),
    ("[{}]", "36"),
    ("[[]]", "36"),
    ("['a']", "2356"),
    ("['']", "2356"),
    ("[1]", "2356"),
    ("['__proto__']", "2356"),
    ("['connect']", "36"),
    ("['newListener', 1]", "36"),
];

#[test]
fn each_type_of_packet_has_its_data() {
    for (code, expected) in DATA {
        let data = js(&format!("({code})"));
        let types: String =
            (0..7).filter(|&of| host::check(&data, of)).map(|of| of.to_string()).collect();
        assert_eq!(types, expected, "{code}");
    }
}

const EVENT: u8 = 2;
const CONNECT: u8 = 0;

#[test]
fn data_is_a_part_of_a_text() {
    for (text, from, to, packet_type, expected) in [
        (r#"42["a",1]"#, 2, 9, EVENT, r#"["a",1]"#),
        ("2\u{1e}42[\"😀\"]\u{1e}2", 4, 10, EVENT, r#"["😀"]"#),
        (r#"42["a"]x"#, 2, 8, EVENT, "null"),
        (r#"42["a""#, 2, 6, EVENT, "null"),
        ("42", 2, 2, EVENT, "null"),
        ("40", 2, 2, CONNECT, "undefined"),
        ("40null", 2, 6, CONNECT, "null"),
        (r#"42["a",{"__proto__":1}]"#, 2, 23, EVENT, r#"["a",{"__proto__":1}]"#),
    ] {
        let data = host::parse(text, from, to, packet_type);
        assert_eq!(show(&data), expected, "{text}");
    }
}

#[test]
fn names_of_the_library_are_its_own() {
    for name in
        ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]
    {
        assert!(host::is_reserved(&name.into()), "{name}");
    }
    for code in ["'message'", "'Connect'", "'__proto__'", "''", "'connect_'", "1", "'xconnect'"] {
        assert!(!host::is_reserved(&js(code)), "{code}");
    }
}

#[test]
fn handshake_has_a_session_and_intervals() {
    let good = r#"{"sid":"s","upgrades":[],"pingInterval":1,"pingTimeout":1}"#;
    assert_eq!(show(&host::handshake(good)), good);
    let more =
        r#"{"sid":"s","upgrades":["x"],"pingInterval":1,"pingTimeout":1,"maxPayload":9,"x":1}"#;
    assert_eq!(show(&host::handshake(more)), more);
    for (part, instead) in [
        (r#""sid":"s""#, r#""sid":1"#),
        (r#""sid":"s","#, ""),
        (r#""upgrades":[]"#, r#""upgrades":"websocket""#),
        (r#""upgrades":[],"#, ""),
        (r#""pingInterval":1"#, r#""pingInterval":0"#),
        (r#""pingInterval":1"#, r#""pingInterval":-1"#),
        (r#""pingInterval":1"#, r#""pingInterval":null"#),
        (r#""pingInterval":1,"#, ""),
        (r#""pingTimeout":1"#, r#""pingTimeout":0"#),
        (r#","pingTimeout":1"#, ""),
        ("}", ""),
        (good, ""),
        (good, "null"),
        (good, "[]"),
        (good, "1"),
    ] {
        let text = good.replace(part, instead);
        assert!(host::handshake(&text).is_undefined(), "{text}");
    }
}
