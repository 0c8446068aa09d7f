//! Which server, path and namespace an address means.
//!
//! `[scheme:]//[userinfo@]host[:port][/namespace][?query]`, and shorter forms that the page's own
//! address completes. The path of the address is the *namespace*; the HTTP path is an option.

use alloc::string::String;

/// An address, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Whether `https` and `wss` are used.
    pub secure: bool,
    /// Host and, if it isn't the scheme's own, `:port`. An IPv6 address is in brackets.
    pub host: String,
    /// The namespace; `/` where the address names none.
    pub nsp: String,
    /// The query without `?`; empty where there is none.
    pub query: String,
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// The scheme is none of `http`, `https`, `ws`, `wss`.
    Scheme,
    /// There is no host, or it has characters that no host has.
    Host,
    /// The port is not a number from 1 to 65535.
    Port,
}

impl UrlError {
    /// A short English text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheme => "the scheme must be http, https, ws or wss",
            Self::Host => "the host is missing or malformed",
            Self::Port => "the port must be a number from 1 to 65535",
        }
    }
}

impl Address {
    /// Takes `uri` apart.
    ///
    /// `page` is the protocol (`https:`) and host with port of the page, which complete an address
    /// that begins with `/` (host) or `//`, or has no scheme (protocol).
    ///
    /// # Errors
    /// [`UrlError`], when no server can be meant by it.
    pub fn parse(uri: &str, page: Option<(&str, &str)>) -> Result<Self, UrlError> {
        let (page_protocol, page_host) = page.unwrap_or(("https:", ""));
        let uri = uri.split('#').next().unwrap_or(uri);
        let (uri, query) = uri.split_once('?').unwrap_or((uri, ""));
        let (secure, rest) = match uri.split_once("://").filter(|(scheme, _)| !scheme.contains('/'))
        {
            Some((scheme, rest)) => (is_secure(scheme)?, Some(rest)),
            // A page that came by neither, from a file for one, gets http: as in the reference.
            None => (page_protocol == "https:", uri.strip_prefix("//")),
        };
        let (host, path) = match rest {
            Some(rest) => split_path(rest),
            // A namespace of the page's own server.
            None if uri.is_empty() || uri.starts_with('/') => (page_host, uri),
            None => split_path(uri),
        };
        let nsp = if path.is_empty() { "/" } else { path };
        Ok(Self { secure, host: authority(host, secure)?, nsp: nsp.into(), query: query.into() })
    }

    /// The origin with this scheme's letters in front: `http`, or `ws`.
    #[must_use]
    pub fn origin(&self, scheme: &str) -> String {
        let mut origin = String::from(scheme);
        origin.push_str(if self.secure { "s://" } else { "://" });
        origin.push_str(&self.host);
        origin
    }
}

fn is_secure(scheme: &str) -> Result<bool, UrlError> {
    if ["https", "wss"].iter().any(|secure| scheme.eq_ignore_ascii_case(secure)) {
        return Ok(true);
    }
    let plain = ["http", "ws"].iter().any(|plain| scheme.eq_ignore_ascii_case(plain));
    if plain { Ok(false) } else { Err(UrlError::Scheme) }
}

fn split_path(rest: &str) -> (&str, &str) {
    rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""))
}

/// The host with its port, without user information and without the scheme's own port.
fn authority(host: &str, secure: bool) -> Result<String, UrlError> {
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name_end = host.rfind(']').map_or(0, |bracket| bracket.saturating_add(1));
    let (bracketed, rest) = host.split_at_checked(name_end).ok_or(UrlError::Host)?;
    let (name, port) = match rest.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (rest, None),
    };
    let is_host = |name: &str| {
        !name.is_empty()
            && !name.contains(|c: char| c.is_whitespace() || "<>\\^`{|}[]%".contains(c))
    };
    let ipv6 = bracketed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_ipv6 = name.is_empty() && ipv6.is_some_and(is_ipv6_address);
    if !is_ipv6 && (!bracketed.is_empty() || !is_host(name)) {
        return Err(UrlError::Host);
    }
    let mut authority = String::from(if is_ipv6 { bracketed } else { name });
    if let Some(port) = port.filter(|port| !port.is_empty()) {
        let is_decimal = port.bytes().all(|byte| byte.is_ascii_digit());
        let number = port.parse::<u16>().ok().filter(|&number| is_decimal && number > 0);
        if number.ok_or(UrlError::Port)? != if secure { 443 } else { 80 } {
            authority.push(':');
            authority.push_str(port.trim_start_matches('0'));
        }
    }
    Ok(authority)
}

/// Tells it from a name; whether the numbers are right, the browser says.
fn is_ipv6_address(text: &str) -> bool {
    text.contains(':') && text.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
}
