// Loads the recordings that standard input names, a path a line, with Polly.js, asks for each entry of them again, which
// it has to answer, and saves them as it does, in place.

import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { Polly } from "@pollyjs/core";
import Adapter from "@pollyjs/adapter-node-http";
import Persister from "@pollyjs/persister-fs";

/** Nothing goes out, whatever a recording lacks. */
function lookup(host, _options, done) {
  done(new Error(`${host} was asked for`));
}

function ask({ method, url, postData }) {
  const body = Buffer.from(postData?.text ?? "", postData?.encoding ?? "utf8");
  const { request: start } = url.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const request = start(new URL(url), { method, lookup }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body.length ? body : undefined);
  });
}

/** The bytes of a recorded body: those under a content coding are a list of chunks. */
function bytesOf({ headers, content: { text = "", encoding = "utf8" } }) {
  const coded = headers.some(({ name, value }) => name.toLowerCase() === "content-encoding" && value);
  return coded && text ? Buffer.concat(JSON.parse(text).map((chunk) => Buffer.from(chunk, encoding))) : Buffer.from(text, encoding);
}

async function resave(file) {
  const recordingsDir = fs.mkdtempSync(path.join(os.tmpdir(), "polly-"));
  const polly = new Polly("recording", {
    adapters: [Adapter],
    persister: Persister,
    persisterOptions: { fs: { recordingsDir }, keepUnusedRequests: true },
    mode: "replay",
    recordIfMissing: false,
    matchRequestsBy: { headers: false },
    logLevel: "silent",
  });
  const recording = path.join(recordingsDir, polly.recordingId, "recording.har");
  fs.mkdirSync(path.dirname(recording));
  fs.copyFileSync(file, recording);
  const { entries } = JSON.parse(fs.readFileSync(file, "utf8")).log;
  for (const [index, { request, response }] of entries.entries()) {
    const answer = await ask(request).catch((error) => ({ status: error.message.split("\n")[0], body: Buffer.from("") }));
    if (answer.status !== response.status || !answer.body.equals(bytesOf(response))) {
      console.log(`${file}: entry ${index}: asked for again, it gives ${answer.status}`);
    }
  }
  // With nothing new to record it would not save.
  polly.persister.pending.set(polly.recordingId, { name: polly.recordingName, requests: [] });
  await polly.stop();
  fs.copyFileSync(recording, file);
  fs.rmSync(recordingsDir, { recursive: true });
}

for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) await resave(file);
