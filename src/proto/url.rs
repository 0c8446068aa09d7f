//! Which server and namespace an address means.
//!
//! `[scheme:]//authority[/namespace][?query]`, and shorter forms that the page's own address
//! completes. The path of the address is the *namespace*; the HTTP path is an option.

use alloc::string::String;

/// An address, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Whether `https` and `wss` are used.
    pub secure: bool,
    /// Host and port as they were given; whether they make sense, the browser says.
    pub authority: String,
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
    /// There is no host, or host and port are none that a server can have.
    Host,
}

impl UrlError {
    /// A short English text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheme => "the scheme must be http, https, ws or wss",
            Self::Host => "the host or the port is missing or malformed",
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
        let (uri, _) = split(uri, b'#');
        let (uri, query) = split(uri, b'?');
        let (before, after) = split(uri, b'/');
        // A page that came by neither, from a file for one, gets http: as in the reference.
        let mut secure = page_protocol == "https:";
        let rest = match after.strip_prefix('/') {
            Some(rest) if before.is_empty() => rest,
            Some(rest) if before.ends_with(':') => {
                secure = is_secure(before)?;
                rest
            }
            _ => uri,
        };
        let (authority, _) = split(rest, b'/');
        let path = rest.get(authority.len()..).unwrap_or_default();
        // A namespace of the page's own server.
        let is_path = rest.len() == uri.len() && authority.is_empty();
        let authority = if is_path { page_host } else { authority };
        if authority.is_empty() {
            return Err(UrlError::Host);
        }
        let nsp = if path.is_empty() { "/" } else { path };
        Ok(Self { secure, authority: authority.into(), nsp: nsp.into(), query: query.into() })
    }

    /// Scheme, host and port: `http://…` or `https://…`.
    #[must_use]
    pub fn origin(&self) -> String {
        [if self.secure { "https://" } else { "http://" }, &*self.authority].concat()
    }
}

/// What stands before and after the first `byte`, which is ASCII.
fn split(text: &str, byte: u8) -> (&str, &str) {
    let at = text.bytes().position(|other| other == byte).unwrap_or(text.len());
    let after = at.wrapping_add(1);
    (text.get(..at).unwrap_or_default(), text.get(after..).unwrap_or_default())
}

fn is_secure(scheme: &str) -> Result<bool, UrlError> {
    let is = |name| scheme.eq_ignore_ascii_case(name);
    if is("https:") || is("wss:") {
        Ok(true)
    } else if is("http:") || is("ws:") {
        Ok(false)
    } else {
        Err(UrlError::Scheme)
    }
}
