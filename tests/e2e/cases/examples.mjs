// The pages of examples/, written in Rust with the crate: counters, the connection's state, and a box that sends.

import assert from "node:assert/strict";
import { By } from "selenium-webdriver";
import { until } from "../wait.mjs";

const names = ["bare", "bare-small", "leptos", "yew", "dioxus"];

const networks = [
  { title: "by WebSocket", query: "", check: byWebSocket },
  { title: "without WebSocket in the browser", query: "?no-websocket", check: byPolling },
];

/** Keeps each text that the page has shown as the connection's state. */
const stateRecorder = `new MutationObserver(() => {
  const text = document.getElementById("state")?.textContent;
  if (text && text !== window.states?.at(-1)) (window.states ??= []).push(text);
}).observe(document, { childList: true, subtree: true, characterData: true });`;

export default function examples(scene) {
  for (const name of names) {
    for (const network of networks) {
      scene(`the example ${name}, ${network.title}: counters both ways, and an answer`, {}, (world) =>
        countAndAsk(world, `/${name}/${network.query}`, network.check),
      );
    }
    const setting = { scripts: [stateRecorder] };
    scene(`the example ${name}: cut off, it says so and comes back`, setting, (world) => cutOff(world, `/${name}/`));
  }
}

async function countAndAsk({ page, proxy, server }, path, check) {
  await page.open(path);
  await page.seeEvent("hello - 3");
  await server.printed("hey { counter: 1 }");
  assert.deepEqual((await page.events()).slice(0, 2), ["connect", "hello - 1"]);
  await shown(page, "state", "connected");
  await send(page, "ça va ?");
  await shown(page, "answer", "ça va ?");
  check(proxy);
}

/** As a user does it. */
async function send({ driver }, text) {
  await driver.findElement(By.css("form input")).sendKeys(text);
  await driver.findElement(By.css("form button")).click();
}

function byWebSocket(proxy) {
  assert.equal(proxy.openWebSockets.length, 1);
  assert.equal(proxy.pollings.length, 0);
}

function byPolling(proxy) {
  assert.equal(proxy.upgrades.length, 0, "a browser without WebSocket has asked for one");
  assert.notEqual(proxy.pollings.length, 0);
}

async function cutOff({ page, proxy, server }, path) {
  await page.open(path);
  await page.seeEvent("hello - 1");
  proxy.cut();
  const connects = async () => (await page.events()).filter((item) => item === "connect");
  await until("connected again", async () => (await connects()).length === 2);
  await shown(page, "state", "connected");
  const events = (await page.events()).filter((item) => !item.startsWith("hello"));
  assert.deepEqual(events, ["connect", "disconnect - transport close", "connect"]);
  const states = await page.run(() => window.states);
  assert.deepEqual(states.slice(-3), ["connected", "reconnecting", "connected"]);
  const said = () => server.output.split("\n").filter((line) => line.startsWith("hey")).length;
  const before = said();
  await until("a hey after the cut", () => said() > before);
}

/** Waits until an element shows a text. */
function shown(page, id, text) {
  const task = (id, text) => document.getElementById(id)?.textContent === text;
  return page.see(`"${text}" as ${id}`, task, id, text);
}
