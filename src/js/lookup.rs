//! `io()`: from an address and options to a socket, over a connection that is shared if possible.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Error, TypeError};
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::connection::Connection;
use super::options::Options;
use crate::proto::url::{Address, UrlError};
use crate::web::detect::{get, global};

thread_local! {
    /// The connections that later calls of `io()` share, by server and path.
    static CACHE: RefCell<Vec<(String, Rc<Connection>)>> = const { RefCell::new(Vec::new()) };
}

/// The socket for a namespace of a server, connected unless `autoConnect` is false.
///
/// # Errors
/// A `TypeError` that names the option of a wrong type; an `Error` for a malformed address.
#[wasm_bindgen(skip_typescript)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports what is public")]
pub fn io(uri: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    // `io(options)`
    let (uri, options) = if uri.is_object() { (JsValue::UNDEFINED, uri) } else { (uri, options) };
    let address = parse(&uri)?;
    let mut options = Options::new(options);
    let auto_connect = options.boolean("autoConnect", true);
    let auth = options.get("auth");
    let connection = find(&address, &mut options)?;
    let namespace = connection.socket(&address.nsp);
    if let Some(auth) = auth {
        namespace.auth.replace(auth);
    }
    if auto_connect {
        connection.driver.turn(|manager, now| manager.connect(namespace.nsp, now));
    }
    Ok(connection.socket_object(&namespace))
}

fn parse(uri: &JsValue) -> Result<Address, JsValue> {
    let is_missing = uri.is_undefined() || uri.is_null();
    let text = uri.as_string().or_else(|| is_missing.then(String::new));
    let text = text.ok_or_else(|| TypeError::new("socketio-wasm: the URL must be a string"))?;
    let location = global("location");
    let part = |name| get(&location, name).as_string();
    // Outside of pages there is no location, and a full address is needed.
    let (protocol, host) = (part("protocol"), part("host"));
    let protocol = protocol.as_deref().unwrap_or("https:");
    let page = (protocol, host.as_deref().unwrap_or_default());
    let address = Address::parse(&text, Some(page)).and_then(|mut address| {
        // User information goes, the scheme's own port too, and the host is as it is sent.
        let url = Url::new(&address.origin()).map_err(|_| UrlError::Host)?;
        address.authority = url.host();
        Ok(address)
    });
    address.map_err(|error| {
        let message = ["socketio-wasm: invalid URL \"", &text, "\": ", error.as_str()].concat();
        Error::new(&message).into()
    })
}

/// The connection to use: one that is there, unless it has a socket for this namespace already.
///
/// The reference keeps a connection for sharing even when nothing uses it any more, and then makes
/// one that is not shared for each `io()` of the same namespace. Here a new one takes its place,
/// with the options of this call.
fn find(address: &Address, options: &mut Options) -> Result<Rc<Connection>, JsValue> {
    let endpoint = options.endpoint(address);
    let manager_options = options.manager();
    let is_shared = options.boolean("multiplex", true)
        && !options.boolean("forceNew", false)
        && !options.boolean("force new connection", false);
    options.check()?;
    let key = [&*endpoint.origin, &endpoint.path].concat();
    let make = || Connection::new(endpoint, manager_options);
    if !is_shared {
        return Ok(make());
    }
    CACHE.with_borrow_mut(|cache| {
        let Some((_, cached)) = cache.iter_mut().find(|(other, _)| *other == key) else {
            let connection = make();
            cache.push((key, Rc::clone(&connection)));
            return Ok(connection);
        };
        if !cached.has_socket(&address.nsp) {
            return Ok(Rc::clone(cached));
        }
        let connection = make();
        if !cached.is_used() {
            *cached = Rc::clone(&connection);
        }
        Ok(connection)
    })
}
