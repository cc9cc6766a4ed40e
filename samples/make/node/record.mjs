// Records with nock (https://github.com/nock/nock) and with Polly.js (https://netflix.github.io/pollyjs), each in a
// process of its own, on the plan that PLAN names.
//
// The recorders' own hooks replace the stand-in's address by the one to be recorded, and dates and durations by fixed ones.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const DATE = "2025-01-01T00:00:00.000Z";

function ask({ method, base, path: rest, headers, body }) {
  const url = new URL(base + rest);
  const size = body ? { "Content-Length": String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: { ...headers, ...size } }, (response) => {
      response.on("data", () => {});
      response.on("end", resolve);
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body || undefined);
  });
}

/** The URL to be recorded in the place of the stand-in's. */
function meant(recording, url) {
  const found = recording.exchanges.find(({ base }) => url.startsWith(base));
  return found ? found.origin + url.slice(found.base.length) : url;
}

async function withNock(recording) {
  const { default: nock } = await import("nock");
  nock.back.fixtures = path.dirname(recording.file);
  nock.back.setMode("update");
  const afterRecord = (outputs) =>
    outputs.map((output) => {
      const url = new URL(meant(recording, output.scope + output.path));
      const reqheaders = { ...output.reqheaders, host: url.host };
      return { ...output, scope: `${url.origin}:443`, path: url.pathname + url.search, reqheaders };
    });
  const options = { afterRecord, recorder: { enable_reqheaders_recording: true } };
  const { nockDone } = await nock.back(path.basename(recording.file), options);
  for (const exchange of recording.exchanges) await ask(exchange);
  await nockDone();
}

async function withPolly(recording) {
  const { Polly } = await import("@pollyjs/core");
  const { default: Adapter } = await import("@pollyjs/adapter-node-http");
  const { default: Persister } = await import("@pollyjs/persister-fs");
  const folder = fs.mkdtempSync(path.join(path.dirname(recording.file), "polly-"));
  const polly = new Polly("sample", {
    adapters: [Adapter],
    persister: Persister,
    persisterOptions: { fs: { recordingsDir: folder } },
    recordIfMissing: true,
    recordFailedRequests: true,
    matchRequestsBy: { url: (url) => meant(recording, url), headers: false },
    logLevel: "silent",
  });
  polly.server.any().on("beforePersist", (_request, entry) => {
    entry.request.url = meant(recording, entry.request.url);
    entry.request.headers.find(({ name }) => name === "host").value = new URL(entry.request.url).host;
    entry.startedDateTime = DATE;
    entry.time = 120;
    entry.timings.wait = 120;
  });
  for (const exchange of recording.exchanges) await ask(exchange);
  await polly.stop();
  const [name] = fs.readdirSync(folder);
  fs.renameSync(path.join(folder, name, "recording.har"), recording.file);
  fs.rmSync(folder, { recursive: true });
}

const plan = JSON.parse(fs.readFileSync(process.env.PLAN, "utf8"));
if (process.argv[2] === undefined) {
  // Both recorders change how Node.js asks, so no two recordings are made in one process.
  for (const index of plan.recordings.keys()) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(index)], { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  const recording = plan.recordings[Number(process.argv[2])];
  await { nock: withNock, polly: withPolly }[recording.variant](recording);
}
