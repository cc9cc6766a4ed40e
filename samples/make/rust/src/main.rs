//! Records with httpmock (https://docs.rs/httpmock), as a proxy, on the plan that PLAN names.
//!
//! What it records is the path of the stand-in, whose prefix is taken off the paths again.

use httpmock::MockServer;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs, path::Path};

#[derive(Deserialize)]
struct Plan {
    recordings: Vec<Recording>,
}

#[derive(Deserialize)]
struct Recording {
    file: String,
    exchanges: Vec<Exchange>,
}

#[derive(Deserialize)]
struct Exchange {
    method: String,
    base: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: String,
}

fn ask(server: &MockServer, prefix: &str, exchange: &Exchange) -> Result<(), Box<dyn Error>> {
    let url = server.url(format!("{prefix}{}", exchange.path));
    let mut request = ureq::request(&exchange.method, &url);
    for (name, value) in &exchange.headers {
        request = request.set(name, value);
    }
    let answer = if exchange.body.is_empty() { request.call() } else { request.send_string(&exchange.body) };
    match answer {
        Ok(_) | Err(ureq::Error::Status(..)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn record(recording: &Recording) -> Result<(), Box<dyn Error>> {
    let server = MockServer::start();
    let origin = recording.exchanges[0].base.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    server.forward_to(&origin, |rule| {
        rule.filter(|when| {
            when.any_request();
        });
    });
    let recorded = server.record(|rule| {
        rule.record_request_headers(vec!["content-type", "accept-encoding"]).filter(|when| {
            when.any_request();
        });
    });
    let mut prefixes = Vec::new();
    for exchange in &recording.exchanges {
        let prefix = exchange.base[origin.len()..].to_string();
        ask(&server, &prefix, exchange)?;
        prefixes.push(prefix);
    }
    let file = Path::new(&recording.file);
    let made = recorded.save_to(file.parent().ok_or("no folder")?, "sample")?;
    let mut text = fs::read_to_string(&made)?;
    for prefix in prefixes {
        text = text.replace(&format!("path: {prefix}"), "path: ");
    }
    fs::remove_file(&made)?;
    fs::write(file, text)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let plan: Plan = serde_json::from_str(&fs::read_to_string(env::var("PLAN")?)?)?;
    plan.recordings.iter().try_for_each(record)
}
