//! One address: silence, loops, floods and refusals end in a message within the limit.

use intake::{Input, Item, Options, Reason, Skipped, read};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

/// A server that answers each connection with what `answer` makes of the request's path.
fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut request = [0u8; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..n]).into_owned();
            let path = request.split_whitespace().nth(1).unwrap_or("/");
            let _ = stream.write_all(&answer(path));
        }
    });
    format!("http://{address}/news/1")
}

fn ok(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn fetch(url: &str) -> Result<Item, Skipped> {
    let options = Options { network_time: Duration::from_secs(1), page_bytes: 100_000, ..Options::default() };
    read(&[Input::parse(url)], &options).next().expect("an article or a reason")
}

#[test]
fn a_page_is_fetched_and_the_header_decides_the_encoding() {
    let body = "<title>Talks to be resumed</title><p>The envoy\u{92}s talks in Geneva would be resumed, she said on Monday.</p>";
    let body: Vec<u8> = body.chars().map(|c| c as u8).collect();
    let url = serve(move |_| ok("text/html; charset=windows-1252", &body));
    let article = fetch(&url).expect("an article").article;
    assert_eq!((article.id.as_str(), article.url.as_deref()), (url.as_str(), Some(url.as_str())));
    assert!(article.text.contains("The envoy’s talks"), "{}", article.text);
}

#[test]
fn a_redirect_is_followed_and_the_last_address_kept() {
    let url = serve(|path| match path {
        "/news/1" => {
            b"HTTP/1.1 302 Found\r\nLocation: /news/2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .to_vec()
        }
        _ => ok("text/plain", b"The minister said on Monday that the talks would be resumed."),
    });
    let article = fetch(&url).expect("an article").article;
    assert!(article.url.is_some_and(|url| url.ends_with("/news/2")));
}

#[test]
fn an_address_that_never_answers_costs_the_limit_and_no_more() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let begun = Instant::now();
    let skipped = fetch(&url).expect_err("silence");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(skipped.reason, Reason::NoAnswer(1));
    assert!(
        skipped.to_string().contains("no complete answer within 1 seconds; try again later"),
        "{skipped}"
    );
}

#[test]
fn an_answer_that_drips_is_cut_off_too() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a caller");
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(200));
        }
    });
    let begun = Instant::now();
    assert_eq!(fetch(&url).expect_err("too slow").reason, Reason::NoAnswer(1));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn loops_floods_refusals_and_strange_addresses() {
    let around = serve(|_| {
        b"HTTP/1.1 301 Moved\r\nLocation: /news/1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
    });
    assert_eq!(fetch(&around).expect_err("a loop").reason, Reason::Redirects(5));
    let flood = serve(|_| ok("text/html", &vec![b'a'; 300_000]));
    assert!(fetch(&flood).expect_err("too large").to_string().contains("more than 100000 bytes"));
    let missing =
        serve(|_| b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec());
    assert_eq!(fetch(&missing).expect_err("missing").reason, Reason::Status(404));
    let picture = serve(|_| ok("image/png", b"\x89PNG\r\n\x1a\n\0\0"));
    assert!(fetch(&picture).expect_err("a picture").to_string().contains("a PNG image"));
    let file = serve(|_| {
        b"HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
    });
    assert!(fetch(&file).is_err());
    assert_eq!(fetch("ftp://127.0.0.1/a").expect_err("ftp").reason, Reason::Scheme("ftp".into()));
    assert!(fetch("http://").expect_err("no host").is_usage());
    assert!(
        fetch("http://127.0.0.1:1/").expect_err("nobody there").to_string().contains("cannot be fetched")
    );
}
