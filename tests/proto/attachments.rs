//! Events and answers with binary attachments.

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript};
use socketio_wasm::proto::options::TransportKind::WebSocket;

const PARSE_ERROR: [&str; 3] =
    ["close 0", "disconnect /: parse error", "manager close: parse error"];

#[test]
fn an_event_is_delivered_when_all_of_its_attachments_are_there() {
    let mut t = Transcript::connected();
    t.recv(0, r#"452-["a",{},{}]"#).binary(0, "<01>").expect(&[]);
    t.binary(0, "<02>").expect(&[r#"event / ["a",{},{}]<01><02>"#]);
    t.recv(0, r#"42["b"]"#).expect(&[r#"event / ["b"]"#]);
}

#[test]
fn an_event_with_attachments_can_be_answered_and_belong_to_a_namespace() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.recv(0, r#"451-/admin,7["a",{}]"#).binary(0, "<01>");
    t.expect(&[r#"event /admin ["a",{}]<01> ack 7"#]);
}

#[test]
fn an_answer_may_have_attachments() {
    let mut t = Transcript::connected();
    t.recv(0, "461-0[{}]").binary(0, "<01>").expect(&["answer / [{}]<01> ack 0"]);
}

#[test]
fn attachments_come_as_base64_over_long_polling() {
    let mut t = Transcript::polling();
    t.body(0, "452-[\"a\",{},{}]\u{1e}bAQ==\u{1e}6\u{1e}bAg==\u{1e}42[\"b\"]");
    t.expect(&[r#"event / ["a",{},{}]AQ==Ag=="#, r#"event / ["b"]"#, "poll 0"]);
}

#[test]
fn attachments_of_one_event_may_come_by_several_gets() {
    let mut t = Transcript::polling();
    t.body(0, "452-[\"a\",{},{}]\u{1e}bAQ==").expect(&["poll 0"]);
    t.body(0, "bAg==").expect(&[r#"event / ["a",{},{}]AQ==Ag=="#, "poll 0"]);
}

#[test]
fn attachments_may_come_across_an_upgrade() {
    let mut t = Transcript::upgrading();
    t.open(1).recv(1, "3probe").body(0, "452-[\"a\",{},{}]\u{1e}bAQ==").forget();
    t.binary(1, "<02>").expect(&[r#"event / ["a",{},{}]AQ==<02>"#]);
}

#[test]
fn attachments_that_never_come_are_waited_for_until_the_second_ping() {
    let mut t = Transcript::connected();
    t.recv(0, r#"452-["a",{},{}]"#).recv(0, "2").expect(&["manager ping", "0> 3"]);
    t.recv(0, "2").expect(&PARSE_ERROR);
}

#[test]
fn each_attachment_that_comes_gives_the_next_one_as_much_time() {
    let mut t = Transcript::connected();
    t.recv(0, r#"452-["a",{},{}]"#).recv(0, "2").binary(0, "<01>").recv(0, "2").forget();
    t.recv(0, "2").expect(&PARSE_ERROR);
}

#[test]
fn pings_before_a_packet_do_not_shorten_the_wait_for_its_attachments() {
    let mut t = Transcript::connected();
    t.recv(0, r#"451-["a",{}]"#).recv(0, "2").binary(0, "<01>").recv(0, "2").recv(0, "2").forget();
    t.recv(0, r#"451-["b",{}]"#).recv(0, "2").expect(&["manager ping", "0> 3"]);
    t.binary(0, "<02>").expect(&[r#"event / ["b",{}]<02>"#]);
}

#[test]
fn heartbeat_goes_on_between_attachments() {
    let mut t = Transcript::connected();
    t.recv(0, r#"452-["a",{},{}]"#).recv(0, "2").expect(&["manager ping", "0> 3"]);
    t.binary(0, "<01>").recv(0, "2").recv(0, "6").expect(&["manager ping", "0> 3"]);
    t.binary(0, "<02>").expect(&[r#"event / ["a",{},{}]<01><02>"#]);
}

#[test]
fn an_event_with_attachments_may_come_before_connect() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.recv(0, HANDSHAKE).forget();
    t.recv(0, r#"451-["a",{}]"#).binary(0, "<01>").expect(&[r#"event / ["a",{}]<01>"#]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
}

#[test]
fn ten_attachments_are_allowed_and_eleven_are_not() {
    let mut t = Transcript::connected();
    t.recv(0, r#"4510-["a"]"#);
    for n in 0..10 {
        t.expect(&[]);
        t.binary(0, &n.to_string());
    }
    t.expect(&[r#"event / ["a"]0123456789"#]);
    t.recv(0, r#"4511-["a"]"#).expect(&PARSE_ERROR);
}

#[test]
fn misplaced_attachments_and_packets_end_the_connection() {
    let cases: [Step; 6] = [
        // No packet announced it.
        |t| t.binary(0, "<01>"),
        |t| t.recv(0, "bAQ=="),
        |t| t.recv(0, r#"451-["a"]"#).binary(0, "<01>").forget().binary(0, "<02>"),
        // A packet where an attachment is due.
        |t| t.recv(0, r#"451-["a"]"#).recv(0, r#"42["b"]"#),
        |t| t.recv(0, r#"452-["a"]"#).binary(0, "<01>").recv(0, r#"451-["b"]"#),
        |t| t.recv(0, r#"451-["a"]"#).recv(0, r#"42/other,["b"]"#),
    ];
    for case in cases {
        case(&mut Transcript::connected()).expect(&PARSE_ERROR);
    }
}

#[test]
fn attachments_that_are_missing_when_the_connection_is_lost_are_not_waited_for() {
    let mut t = Transcript::connected();
    t.recv(0, r#"451-["a",{}]"#).close(0).advance(1_500).recv(1, HANDSHAKE).forget();
    t.recv(1, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
    t.recv(1, r#"42["b"]"#).expect(&[r#"event / ["b"]"#]);
    t.recv(1, r#"451-["c",{}]"#).disconnect("/").connect("/").recv(2, HANDSHAKE).forget();
    t.recv(2, r#"40{"sid":"z"}"#).expect(&[r#"connect / {"sid":"z"}"#]);
}
