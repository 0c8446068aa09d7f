//! What stands in for the browser's own objects. The server stays the real one.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::page::{Page, call, get, js};

/// A class that the page has instead of the browser's, and all objects that were made of it.
pub(crate) struct StandIn {
    class: JsValue,
}

impl StandIn {
    /// A `WebSocket` that says only what the test says.
    pub(crate) fn silent(page: &Page) -> Self {
        Self::new(page, "WebSocket", SILENT)
    }

    /// The browser's own class; its objects are written down.
    pub(crate) fn recording(page: &Page, name: &str) -> Self {
        let code = "class extends globalThis.NAME {
            constructor(...args) { super(...args); new.target.made.push(this); }
            static made = [];
        }";
        Self::new(page, name, &code.replace("NAME", name))
    }

    /// The browser's own `fetch`; what it is called with is written down.
    pub(crate) fn recording_fetch(page: &Page) -> Self {
        let code = "((fetch, made) => Object.assign((url, init) => {
            made.push({ url, ...init });
            return fetch(url, init);
        }, { made }))(globalThis.fetch, [])";
        Self::new(page, "fetch", code)
    }

    pub(crate) fn new(page: &Page, name: &str, code: &str) -> Self {
        let class = js(code);
        page.set(name, &class);
        Self { class }
    }

    pub(crate) fn made(&self) -> Array {
        get(&self.class, "made").unchecked_into()
    }

    pub(crate) fn count(&self) -> u32 {
        self.made().length()
    }

    pub(crate) fn last(&self) -> JsValue {
        assert!(self.count() > 0, "none was made");
        self.made().get(self.count() - 1)
    }

    /// The newest socket is open.
    pub(crate) fn open(&self) {
        call("socket => socket.open()", &[&self.last()]);
    }

    /// A frame comes: text, or the binary data that an expression in `<>` stands for.
    pub(crate) fn receive(&self, frame: &str) {
        let binary = frame.strip_prefix('<').and_then(|code| code.strip_suffix('>'));
        let data = binary.map_or_else(|| frame.into(), js);
        call("(socket, data) => socket.receive(data)", &[&self.last(), &data]);
    }

    /// The newest socket is open, and so is the main namespace.
    pub(crate) fn connect(&self) {
        self.open();
        self.receive(HANDSHAKE);
        self.receive(r#"40{"sid":"x"}"#);
    }
}

pub(crate) const HANDSHAKE: &str =
    r#"0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#;

const SILENT: &str = r#"class {
    static made = [];
    readyState = 0;
    sent = [];
    constructor(url) { this.url = url; new.target.made.push(this); }
    send(data) { this.sent.push(data); }
    close() { this.readyState = 3; }
    open() { this.readyState = 1; this.onopen?.(new Event("open")); }
    receive(data) { this.onmessage?.(new MessageEvent("message", { data })); }
}"#;
