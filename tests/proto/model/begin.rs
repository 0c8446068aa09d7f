//! Where something interesting begins, and how one gets there.

use socketio_wasm::proto::error::DisconnectReason::TransportError;
use socketio_wasm::proto::output::{NspId, TransportId};

use super::play::Action::{
    self, Authenticate, Command, Fails, GetEnds, Grant, Handshake, Opens, Ping, Pong, PostEnds,
    Sleep, Timer,
};
use super::play::Command::{Close, Connect, Disconnect, Emit};

const NSP: NspId = NspId(0);
const OTHER: NspId = NspId(1);
const FIRST: TransportId = TransportId(0);
const SECOND: TransportId = TransportId(1);

/// The user wants the main namespace, and its `auth` is at hand.
const BEGIN: Action = Command(Connect(NSP));
const AUTH: Action = Authenticate(true);

pub(super) const WEBSOCKET: &[&[Action]] = &[
    &[],
    // Connected, lost again, left.
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP)],
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP), Fails(FIRST, TransportError), Timer],
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP), Command(Disconnect(NSP)), BEGIN],
];

/// The main namespace is connected; a second one was left before the server's answer, which is late.
pub(super) const LATE_ANSWER: &[&[Action]] = &[&[
    BEGIN,
    Handshake(FIRST),
    AUTH,
    Grant(NSP),
    Command(Connect(OTHER)),
    AUTH,
    Command(Disconnect(OTHER)),
    Sleep,
    Ping(FIRST),
]];

pub(super) const POLLING: &[&[Action]] = &[
    &[],
    // Connected, with a POST under way, left while it is.
    &[BEGIN, Handshake(FIRST), AUTH, PostEnds(FIRST), Grant(NSP)],
    &[BEGIN, Handshake(FIRST), AUTH, PostEnds(FIRST), Grant(NSP), Command(Emit(NSP))],
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP), Command(Disconnect(NSP)), BEGIN],
];

pub(super) const FALLBACK: &[&[Action]] = &[
    &[],
    // Both are under way, the second has won, the first has failed.
    &[BEGIN, Timer],
    &[BEGIN, Timer, Handshake(SECOND), AUTH, PostEnds(SECOND), Grant(NSP)],
    &[BEGIN, Fails(FIRST, TransportError), Handshake(SECOND), AUTH, PostEnds(SECOND)],
    // The first has won, and the second still has to say goodbye.
    &[BEGIN, Timer, Handshake(FIRST), AUTH, Grant(NSP)],
];

pub(super) const UPGRADE: &[&[Action]] = &[
    &[],
    // Begun, probed with a POST under way, about to take over, done.
    &[BEGIN, Handshake(FIRST), AUTH, PostEnds(FIRST), Grant(NSP)],
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP), Opens(SECOND)],
    &[BEGIN, Handshake(FIRST), AUTH, PostEnds(FIRST), Grant(NSP), Opens(SECOND), Pong(SECOND)],
    &[
        BEGIN,
        Handshake(FIRST),
        AUTH,
        PostEnds(FIRST),
        Grant(NSP),
        Opens(SECOND),
        Pong(SECOND),
        Command(Emit(NSP)),
        GetEnds(FIRST),
    ],
    // Given up while it was under way, and wanted again.
    &[BEGIN, Handshake(FIRST), AUTH, Grant(NSP), Opens(SECOND), Command(Close), BEGIN],
];
