//! Which server and namespace an address means.

use socketio_wasm::proto::url::{Address, UrlError};

use crate::test;

const PAGE: Option<(&str, &str)> = Some(("https:", "page.example:8443"));

#[test]
fn addresses_with_a_scheme_stand_for_themselves() {
    for (uri, origin, nsp, query) in [
        ("http://localhost:3000", "http://localhost:3000", "/", ""),
        ("http://localhost:3000/", "http://localhost:3000", "/", ""),
        ("https://example.com/admin", "https://example.com", "/admin", ""),
        ("https://example.com/admin/users", "https://example.com", "/admin/users", ""),
        ("ws://example.com", "http://example.com", "/", ""),
        ("wss://example.com/a", "https://example.com", "/a", ""),
        ("HTTPS://example.com", "https://example.com", "/", ""),
        // Host and port are left to the browser.
        ("http://example.com:80", "http://example.com:80", "/", ""),
        ("http://[::1]:3000/a", "http://[::1]:3000", "/a", ""),
        ("http://bücher.example", "http://bücher.example", "/", ""),
        ("http://user:pass@example.com:81/a", "http://user:pass@example.com:81", "/a", ""),
        ("http://example.com?a=1&b=2", "http://example.com", "/", "a=1&b=2"),
        ("http://example.com/a?b=c=d?e", "http://example.com", "/a", "b=c=d?e"),
        ("http://example.com/a?to=http://b/c:d@e", "http://example.com", "/a", "to=http://b/c:d@e"),
        ("http://example.com/a?", "http://example.com", "/a", ""),
        ("http://example.com/a?b#c?d", "http://example.com", "/a", "b"),
        ("http://example.com/a#b", "http://example.com", "/a", ""),
        ("http://example.com#b/c", "http://example.com", "/", ""),
        ("http://example.com/a@b:c", "http://example.com", "/a@b:c", ""),
    ] {
        let address = Address::parse(uri, PAGE).expect(uri);
        assert_eq!((address.origin().as_str(), &*address.nsp), (origin, nsp), "{uri}");
        assert_eq!(address.query, query, "{uri}");
        assert_eq!(Address::parse(uri, None), Ok(address), "{uri} needs no page");
    }
}

#[test]
fn the_page_completes_shorter_addresses() {
    let https = ("https:", "page.example:8443");
    let http = ("http:", "page.example:80");
    for (uri, page, origin, nsp) in [
        ("", https, "https://page.example:8443", "/"),
        ("", http, "http://page.example:80", "/"),
        ("/", https, "https://page.example:8443", "/"),
        ("/admin", https, "https://page.example:8443", "/admin"),
        ("/admin?x=1", http, "http://page.example:80", "/admin"),
        ("?x=1", http, "http://page.example:80", "/"),
        ("/a://b", https, "https://page.example:8443", "/a://b"),
        ("//example.com", https, "https://example.com", "/"),
        ("//example.com:81/a", http, "http://example.com:81", "/a"),
        ("//[::1]:3000", http, "http://[::1]:3000", "/"),
        ("localhost:3000", http, "http://localhost:3000", "/"),
        ("localhost:3000/a", https, "https://localhost:3000", "/a"),
        ("localhost/a://b", https, "https://localhost", "/a://b"),
        ("example.com:443", https, "https://example.com:443", "/"),
        ("localhost", http, "http://localhost", "/"),
        ("[::1]:3000/a", http, "http://[::1]:3000", "/a"),
    ] {
        let address = Address::parse(uri, Some(page)).expect(uri);
        assert_eq!((address.origin().as_str(), &*address.nsp), (origin, nsp), "{uri}");
    }
}

#[test]
fn without_a_page_https_is_assumed() {
    let origin = |uri| Address::parse(uri, None).map(|address| address.origin());
    assert_eq!(origin("localhost:3000").as_deref(), Ok("https://localhost:3000"));
    assert_eq!(origin("//localhost").as_deref(), Ok("https://localhost"));
    assert_eq!(origin("/admin"), Err(UrlError::Host));
    assert_eq!(origin(""), Err(UrlError::Host));
}

#[test]
fn pages_that_did_not_come_by_http_can_name_a_server_without_a_scheme() {
    for protocol in ["file:", "chrome-extension:", "tauri:"] {
        let origin = |uri| Address::parse(uri, Some((protocol, ""))).map(|at| at.origin());
        assert_eq!(origin("localhost:3000").as_deref(), Ok("http://localhost:3000"));
        assert_eq!(origin("https://localhost").as_deref(), Ok("https://localhost"));
        assert_eq!(origin("/admin"), Err(UrlError::Host), "{protocol} has no server");
    }
}

#[test]
fn malformed_addresses_are_refused_for_what_is_wrong_with_them() {
    for (uri, error) in [
        ("ftp://example.com", UrlError::Scheme),
        ("://example.com", UrlError::Scheme),
        ("httpss://example.com", UrlError::Scheme),
        (" http://example.com", UrlError::Scheme),
        ("blob:http://example.com", UrlError::Scheme),
        ("http://", UrlError::Host),
        ("http:///admin", UrlError::Host),
        ("http://?a=b", UrlError::Host),
        ("//", UrlError::Host),
    ] {
        assert_eq!(Address::parse(uri, PAGE), Err(error), "{uri}");
        assert!(!error.as_str().is_empty());
    }
}

#[test]
fn addresses_damaged_anywhere_are_read_or_refused() {
    let uri = "https://user@[::1]:3000/admin?a=1#b";
    for at in 0..uri.len() {
        for unit in "/:@[]?#%0 a\u{0}ß😀".chars() {
            let damaged = format!("{}{unit}{}", &uri[..at], &uri[at + 1..]);
            if let Ok(address) = Address::parse(&damaged, None) {
                assert!(address.nsp.starts_with('/'), "{damaged}");
                assert!(!address.authority.is_empty(), "{damaged}");
            }
        }
        let _ = Address::parse(&uri[..at], PAGE);
    }
}
